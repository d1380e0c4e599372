-- How often a turn over this event was broken off by something that usually passes: a connection
-- lost, a deadlock. What comes with the same event every time is no accident.
alter table public.conversation_events add column interruptions smallint not null default 0;
