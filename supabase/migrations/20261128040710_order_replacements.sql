-- An agent asks what came of a shopper's order, which the chat may have replaced: from an order to
-- the one in its place without reading all of the boutique's.
-- waives require-concurrent-index-creation: where there are many orders, it is built `concurrently` by hand before.
create index if not exists orders_replacements on public.orders (boutique_id, replaces_id)
  where replaces_id is not null;
