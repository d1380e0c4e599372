-- The message with which the owner moved stock. One message moves a variant once, however often its
-- job runs.
alter table public.stock_movements add column owner_message_id uuid;
create unique index stock_movements_of_an_owner on public.stock_movements
  (boutique_id, owner_message_id, variant_id) where owner_message_id is not null;
