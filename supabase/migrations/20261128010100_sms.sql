-- SMS as a channel: who carries it, who may get it, and which channel a customer prefers.
alter table public.provider_credentials drop constraint provider_credentials_provider_check;
alter table public.provider_credentials add constraint provider_credentials_provider_check
  check (provider in ('twilio', 'meta', 'twilio_sms', 'africastalking', 'paylink', 'daraja'));
alter table public.messages drop constraint messages_channel_check;
alter table public.messages add constraint messages_provider_check
  check (provider in ('twilio', 'meta', 'twilio_sms', 'africastalking'));
-- A channel and who carries it belong together.
alter table public.messages add constraint messages_carried
  check ((channel = 'sms') = (provider in ('twilio_sms', 'africastalking')));
alter table public.webhook_events drop constraint webhook_events_provider_check;
alter table public.webhook_events add constraint webhook_events_provider_check
  check (provider in ('twilio', 'meta', 'twilio_sms', 'africastalking', 'paylink', 'daraja'));

-- A boutique has one sender of SMS at most.
create unique index provider_credentials_one_sms on public.provider_credentials (boutique_id)
  where provider in ('twilio_sms', 'africastalking') and active;
-- An SMS to a number finds its boutique; sender names are not unique, and nobody can answer them.
-- Africa's Talking calls an address of the boutique's own.
create unique index provider_credentials_sms_number
  on public.provider_credentials (provider, account)
  where provider = 'twilio_sms' and account like '+%';

-- 'sms': may be written by SMS at all. Marketing by SMS needs 'marketing' beside it.
alter table public.consents drop constraint consents_purpose_check;
alter table public.consents add constraint consents_purpose_check
  check (purpose in ('assistant', 'marketing', 'sms'));
alter table public.customers
  add column preferred_channel text check (preferred_channel in ('whatsapp', 'sms'));  -- null: whatsapp
alter table private.remembered_stops drop constraint if exists remembered_stops_purpose_check;
alter table private.remembered_stops add constraint remembered_stops_purpose_check
  check (purpose in ('assistant', 'marketing', 'sms'));
