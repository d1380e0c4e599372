-- Selling through other systems: links to pay a cart by, reminders of carts that were left, and which
-- pieces are bought by the same people.

-- A link to pay one customer's cart. Only a digest of its token is kept.
create table public.cart_links (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  token_digest bytea not null unique check (octet_length(token_digest) = 32),
  customer_id uuid not null,
  cart_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  order_id uuid,  -- the order that was placed by it, which the page then tells of
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, cart_id) references public.carts (boutique_id, id) on delete cascade,
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id)
);
create index cart_links_customer on public.cart_links (boutique_id, customer_id);
create index cart_links_cart on public.cart_links (boutique_id, cart_id);

-- A reminder of a cart that was left: one for each state of the cart.
create table public.cart_reminders (
  boutique_id uuid not null,
  cart_id uuid not null,
  cart_version integer not null,
  message_id uuid not null,
  sent_by uuid,  -- the member who asked for it
  created_at timestamptz not null default now(),
  primary key (boutique_id, cart_id, cart_version),
  foreign key (boutique_id, cart_id) references public.carts (boutique_id, id) on delete cascade
);
create index cart_reminders_newest on public.cart_reminders (boutique_id, created_at desc);

-- How strongly buyers of one piece buy another, both ways; fitted anew each night.
create table public.product_pairs (
  boutique_id uuid not null,
  product_id uuid not null,
  other_id uuid not null check (other_id <> product_id),
  buyers integer not null check (buyers > 0),  -- of both
  strength real not null check (strength > 0 and strength <= 1),
  primary key (boutique_id, product_id, other_id),
  foreign key (boutique_id, product_id) references public.products (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, other_id) references public.products (boutique_id, id)
    on delete cascade
);
create index product_pairs_other on public.product_pairs (boutique_id, other_id);

create index carts_left on public.carts (boutique_id, updated_at desc, id desc)
  where status in ('active', 'abandoned');

do $$
declare
  one text;
begin
  foreach one in array array['cart_links', 'cart_reminders', 'product_pairs'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format(
      'grant select, insert, update, delete on public.%I to service_role, boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
  -- The digests of links are nobody's to read.
  foreach one in array array['cart_reminders', 'product_pairs'] loop
    execute format('grant select on public.%I to boutique_staff', one);
    execute format('create policy %I on public.%I for select to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
