-- How often a turn over this event failed, and whether it was left to a person at last.
alter table public.conversation_events
  add column failures smallint not null default 0,
  add column given_up boolean not null default false;
