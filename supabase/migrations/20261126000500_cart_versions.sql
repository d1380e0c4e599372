-- A cart is the draft order a conversation edits: its lines keep their places, and every change
-- of them makes it a later version.
alter table public.carts add column version integer not null default 0;
alter table public.cart_items add column position integer not null default 0;
