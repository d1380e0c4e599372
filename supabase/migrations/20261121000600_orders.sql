-- Carts, orders, payments and the stock they hold and move.

create table public.carts (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  status text not null default 'active'
    check (status in ('active', 'checkout', 'converted', 'abandoned')),
  expires_at timestamptz not null default now() + interval '7 days',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create unique index carts_one_open on public.carts (boutique_id, customer_id)
  where status = 'active';
create index carts_expiry on public.carts (expires_at) where status = 'active';
create trigger carts_touch before update on public.carts
  for each row execute function private.touch();

create table public.cart_items (
  boutique_id uuid not null,
  id bigint generated always as identity,
  cart_id uuid not null,
  variant_id uuid not null,
  quantity integer not null check (quantity between 1 and 99),
  added_price_minor bigint not null check (added_price_minor > 0),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, cart_id, variant_id),
  foreign key (boutique_id, cart_id) references public.carts (boutique_id, id) on delete cascade,
  foreign key (boutique_id, variant_id) references public.product_variants (boutique_id, id)
    on delete cascade
);

create table public.orders (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  number text not null check (length(number) between 4 and 12),
  customer_id uuid not null,
  conversation_id uuid,
  cart_id uuid,
  status text not null default 'open' check (status in ('open', 'confirmed', 'cancelled')),
  payment_status text not null default 'unpaid'
    check (payment_status in ('unpaid', 'pending', 'failed', 'paid', 'needs_review')),
  fulfilment_status text not null default 'unfulfilled'
    check (fulfilment_status in ('unfulfilled', 'dispatched', 'delivered', 'returned')),
  currency char(3) not null,
  items_minor bigint not null check (items_minor > 0),
  delivery_minor bigint not null default 0 check (delivery_minor >= 0),
  total_minor bigint generated always as (items_minor + delivery_minor) stored,
  address text not null,
  latitude double precision,
  longitude double precision,
  review_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  paid_at timestamptz,
  primary key (boutique_id, id),
  unique (boutique_id, number),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id),
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id),
  foreign key (boutique_id, cart_id) references public.carts (boutique_id, id)
);
create index orders_customer on public.orders (boutique_id, customer_id, created_at desc);
-- A cart becomes one order at a time: placing it twice finds the first.
create unique index orders_one_live_per_cart on public.orders (boutique_id, cart_id)
  where status <> 'cancelled';
create trigger orders_touch before update on public.orders
  for each row execute function private.touch();

-- A snapshot: later changes to the product leave what was sold as it was.
create table public.order_items (
  boutique_id uuid not null,
  id bigint generated always as identity,
  order_id uuid not null,
  product_id uuid,
  variant_id uuid,
  sku text not null,
  name text not null,
  category text not null,
  colour text not null,
  size text not null,
  unit_price_minor bigint not null check (unit_price_minor > 0),
  quantity integer not null check (quantity > 0),
  primary key (boutique_id, id),
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id) on delete cascade
);
create index order_items_order on public.order_items (boutique_id, order_id);

create table public.payments (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  order_id uuid not null,
  attempt smallint not null check (attempt > 0),
  provider text not null check (provider in ('paylink', 'daraja', 'manual')),
  phone text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  amount_minor bigint not null check (amount_minor > 0),
  -- requested → sending → pending → succeeded | failed; needs_review asks for a person
  status text not null default 'requested' check (status in
    ('requested', 'sending', 'pending', 'succeeded', 'failed', 'needs_review')),
  callback_token text not null unique,
  merchant_request_id text,
  checkout_request_id text unique,
  receipt text,
  received_minor bigint,
  result_code text,
  result_text text,
  review_reason text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  resolved_at timestamptz,
  primary key (boutique_id, id),
  unique (boutique_id, receipt),
  unique (boutique_id, order_id, attempt),
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id)
);
create unique index payments_one_in_flight on public.payments (boutique_id, order_id)
  where status in ('requested', 'sending', 'pending');

create table public.stock_reservations (
  boutique_id uuid not null,
  id bigint generated always as identity,
  order_id uuid not null,
  variant_id uuid not null,
  quantity integer not null check (quantity > 0),
  status text not null default 'held' check (status in ('held', 'sold', 'released')),
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id),
  foreign key (boutique_id, variant_id) references public.product_variants (boutique_id, id)
    on delete cascade
);
create index stock_reservations_held on public.stock_reservations (boutique_id, variant_id)
  where status = 'held';
create unique index stock_reservations_once on public.stock_reservations
  (boutique_id, order_id, variant_id) where status = 'held';

create table public.stock_movements (
  boutique_id uuid not null,
  id bigint generated always as identity,
  variant_id uuid not null,
  delta integer not null check (delta <> 0),
  reason text not null check (reason in ('opening', 'restock', 'sale', 'return', 'adjustment')),
  order_id uuid,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, variant_id) references public.product_variants (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id)
);
-- An order's sale of a variant is written once, whatever repeats.
create unique index stock_movements_sold_once on public.stock_movements
  (boutique_id, order_id, variant_id) where reason = 'sale';

-- The ledger moves the stock: a movement that would take it below zero is refused whole.
create function private.apply_stock_movement() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.product_variants set quantity = quantity + new.delta
  where boutique_id = new.boutique_id and id = new.variant_id;
  return new;
end $$;
create trigger stock_movements_apply after insert on public.stock_movements
  for each row execute function private.apply_stock_movement();
create trigger stock_movements_append_only before update on public.stock_movements
  for each row execute function private.forbid_change();

create table public.audit_log (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id bigint generated always as identity,
  actor text not null,  -- assistant, customer, staff, provider, system
  action text not null,
  subject text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  primary key (boutique_id, id)
);
create index audit_log_recent on public.audit_log (boutique_id, id desc);
create trigger audit_log_append_only before update on public.audit_log
  for each row execute function private.forbid_change();
