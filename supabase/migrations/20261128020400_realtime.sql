-- What an owner's own tools may follow live, by Supabase Realtime or by logical replication: that
-- something happened, and that a message came, went or arrived. The dashboard has its own stream.
--
-- Realtime shows a row to whom the table's policies show it, and a column to whom it is granted; it
-- reads no column lists. So a table is published only if members may read every column of it. The
-- lists keep what customers write, and which browser was whose, from every other subscriber.

do $$
begin
  -- Supabase brings the publication, and a plain PostgreSQL gets one.
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
end $$;

-- The lists have the primary keys, since changes and deletions name a row by its key.
alter table public.domain_events replica identity default;
alter table public.messages replica identity default;
alter publication supabase_realtime add table
  public.domain_events (boutique_id, transaction_id, id, kind, customer_id, conversation_id,
    subject_id, payload, occurred_at),
  public.messages (boutique_id, id, conversation_id, direction, author, status, seq, created_at);
