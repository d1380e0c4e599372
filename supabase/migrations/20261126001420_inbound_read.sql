-- Twilio posts a message once. Until when its list of messages was read for what did not arrive.
alter table public.provider_credentials add column inbound_read_until timestamptz;
