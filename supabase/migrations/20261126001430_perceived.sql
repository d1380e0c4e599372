-- What a mind read in a message or saw in its photos, between the turn's transactions: a turn that
-- is tried again does not ask the mind again. Forgotten when the turn is done.
alter table public.messages add column perceived jsonb;
