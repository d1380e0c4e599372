-- Messages are read in the order they were written in, and a correction or a deletion speaks of
-- an earlier one, which may be delivered after it.
alter table public.messages
  add column sent_at timestamptz,  -- by the provider's clock, in whole seconds; null: not told
  add column changes text;  -- provider id of the message this one corrects or deletes
create index messages_changes on public.messages (boutique_id, changes)
  where changes is not null;
