-- An order is found by how its number begins, byte by byte, whatever the database's collation is.
create index orders_number_begins on public.orders (boutique_id, number collate "C");
