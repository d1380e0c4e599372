-- Why an event could not be handled, masked, and when a platform admin said that nothing is to be
-- done about it.
alter table public.conversation_events
  add column last_error text,
  add column dismissed_at timestamptz;
create index conversation_events_dead_newest on public.conversation_events (id desc)
  where dead_letter and dismissed_at is null;
-- Messages of ours that did not arrive: the platform's page reads the newest.
create index messages_failed_newest on public.messages (updated_at desc, id desc)
  where status = 'failed' and direction = 'out' and campaign_recipient_id is null;
