-- What an order says of its delivery, and which order it takes the place of.

alter table public.orders
  -- The order that was changed after it was placed: it was ended, and this one holds the change.
  add column replaces_id uuid check (replaces_id <> id),
  add column note text,  -- for whoever packs or delivers, in the customer's words
  add column zone text,  -- name of the delivery zone; null and no fee: the shop confirms the fee
  add foreign key (boutique_id, replaces_id) references public.orders (boutique_id, id);
