-- A channel is how a customer is reached, a provider is who carries it. Both were called channel.
alter table boutiques rename column channel to whatsapp_provider;
alter table conversations rename column channel to provider;
alter table messages rename column channel to provider;

alter table conversations
  add column channel text not null default 'whatsapp' check (channel in ('whatsapp', 'sms'));
alter table messages
  add column channel text not null default 'whatsapp' check (channel in ('whatsapp', 'sms'));
grant insert (channel) on messages to boutique_staff, boutique_owner;
