-- What a boutique sells is remembered for its reader, the newest thousand pieces of it, and asked for
-- once a minute: without this the whole shop was read and sorted for them.
create index products_newest on public.products (boutique_id, created_at desc) where active;
