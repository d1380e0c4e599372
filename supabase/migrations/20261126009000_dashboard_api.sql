-- What the API of a boutique's people needs.

-- A creating call that is sent twice (a lost answer, a second tap) is carried out once: its answer is
-- kept under the key that the caller gave it, in the transaction that did the work.
create table public.idempotency_keys (
  boutique_id uuid not null references public.boutiques on delete cascade,
  user_id uuid not null,
  key text not null check (length(key) between 1 and 200),
  request bytea not null,  -- SHA-256 of the operation and of what was sent
  answer jsonb not null,
  created_at timestamptz not null default now(),
  primary key (boutique_id, user_id, key)
);
create index idempotency_keys_age on public.idempotency_keys (created_at);
alter table public.idempotency_keys enable row level security;
revoke all on public.idempotency_keys from anon, authenticated, service_role;
grant select, insert, update, delete on public.idempotency_keys to boutique_agent, service_role;
grant select, insert (boutique_id, user_id, key, request, answer),
  update (request, answer, created_at) on public.idempotency_keys to boutique_staff;
create policy "The assistant keeps its own boutique's idempotency keys"
  on public.idempotency_keys for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members keep the keys of their own calls" on public.idempotency_keys
  for all to boutique_staff
  using (boutique_id in (select private.my_boutiques())
    and user_id = (select private.my_user_id()))
  with check (boutique_id in (select private.my_boutiques())
    and user_id = (select private.my_user_id()));

-- How far the shop's people have read a conversation, on whichever device.
alter table public.conversations add column staff_read_seq bigint not null default 0;
grant update (staff_read_seq) on public.conversations to boutique_staff;
create index conversations_latest on public.conversations
  (boutique_id, (greatest(last_inbound_at, created_at)) desc, id desc);
create index conversations_with_people on public.conversations
  (boutique_id, (greatest(last_inbound_at, created_at)) desc, id desc)
  where handed_off_at is not null;

-- Lists of orders, newest first, of each kind that waits for somebody.
create index orders_newest on public.orders (boutique_id, created_at desc, id desc);
create index orders_to_send on public.orders (boutique_id, created_at desc, id desc)
  where payment_status = 'paid' and fulfilment_status = 'unfulfilled' and status = 'confirmed';
create index orders_on_the_way on public.orders (boutique_id, created_at desc, id desc)
  where fulfilment_status = 'dispatched';
create index orders_to_review on public.orders (boutique_id, created_at desc, id desc)
  where (payment_status = 'needs_review' or (payment_status = 'paid'
    and review_reason in ('oversold', 'second_receipt', 'wrong_amount')));
create index orders_paid on public.orders (boutique_id, paid_at) include (total_minor)
  where payment_status = 'paid';
-- An order's timeline.
create index domain_events_subject on public.domain_events (boutique_id, subject_id);
create index audit_log_subject on public.audit_log (boutique_id, subject);
-- Pieces, newest first, archived ones too; and what is nearly gone.
create index products_in_order on public.products (boutique_id, created_at desc, id desc);
create index product_variants_low on public.product_variants (boutique_id, product_id)
  where available <= 2;
create index requests_newest on public.requests (boutique_id, status, created_at desc, id desc);

-- Sold in the shop: the ledger moves the stock at once, so that the assistant never sells it too.
create table public.counter_sales (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  variant_id uuid not null,
  -- A snapshot, as an order's items are.
  name text not null,
  colour text not null,
  size text not null,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  currency char(3) not null,
  paid_by text not null check (paid_by in ('cash', 'mpesa', 'credit')),
  sold_by uuid not null,  -- the member
  created_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by uuid,
  primary key (boutique_id, id),
  foreign key (boutique_id, variant_id) references public.product_variants (boutique_id, id)
    on delete cascade,
  check ((undone_at is null) = (undone_by is null))
);
create index counter_sales_newest on public.counter_sales (boutique_id, created_at desc, id desc);
create index counter_sales_variant on public.counter_sales (boutique_id, variant_id);
create trigger counter_sales_by_a_member after insert or update or delete on public.counter_sales
  for each row when (current_setting('app.actor', true) <> '')
  execute function private.audit_member();

alter table public.stock_movements add column counter_sale_id uuid,
  add foreign key (boutique_id, counter_sale_id) references public.counter_sales (boutique_id, id)
    on delete cascade;
-- A sale moves the stock once, and its undoing once.
create unique index stock_movements_of_a_counter_sale on public.stock_movements
  (boutique_id, counter_sale_id, reason) where counter_sale_id is not null;

-- API keys: a digest, never the key. A key works in the name of the owner who made it, so it ends
-- with that person's membership.
create table public.api_keys (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  begins_with text not null,
  digest bytea not null,
  may_write boolean not null,
  created_by uuid not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (boutique_id, id),
  unique (boutique_id, digest)
);
create index api_keys_digest on public.api_keys (digest);
create trigger api_keys_by_a_member after insert or update or delete on public.api_keys
  for each row when (current_setting('app.actor', true) <> '')
  execute function private.audit_member();

do $$
declare
  one text;
begin
  foreach one in array array['counter_sales', 'api_keys'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
-- Stock is moved by a tool with the assistant's rights, after a member was found to be one.
grant select, insert, update on public.counter_sales to boutique_agent;
grant select on public.counter_sales to authenticated, boutique_staff;
create policy "Members read their boutique's counter sales" on public.counter_sales
  for select to authenticated, boutique_staff
  using (boutique_id in (select private.my_boutiques()));
-- Owners alone make keys and end them, and nobody reads a digest.
grant select (boutique_id, id, name, begins_with, may_write, created_at, last_used_at, revoked_at),
  insert (boutique_id, name, begins_with, digest, may_write, created_by), update (revoked_at)
  on public.api_keys to boutique_owner;
create policy "Owners see their boutique's API keys" on public.api_keys
  for select to boutique_owner using (boutique_id in (select private.owned_boutiques()));
create policy "Owners make API keys in their own name" on public.api_keys
  for insert to boutique_owner
  with check (boutique_id in (select private.owned_boutiques())
    and created_by = (select private.my_user_id()));
create policy "Owners revoke API keys" on public.api_keys
  for update to boutique_owner using (boutique_id in (select private.owned_boutiques()));

-- A page that is open is woken when something happens, and when its reader is removed. A
-- notification carries the boutique's id and nothing else; the stream reads with its own rights.
create function private.wake_streams() returns trigger language plpgsql as $$
begin
  perform pg_notify('dukani_events', boutique::text)
  from (select distinct boutique_id as boutique from changed) of;
  return null;
end $$;
create trigger domain_events_wake after insert on public.domain_events
  referencing new table as changed
  for each statement execute function private.wake_streams();
create trigger messages_wake after insert on public.messages
  referencing new table as changed
  for each statement execute function private.wake_streams();
create trigger boutique_members_wake_changed after update on public.boutique_members
  referencing new table as changed
  for each statement execute function private.wake_streams();
create trigger boutique_members_wake_removed after delete on public.boutique_members
  referencing old table as changed
  for each statement execute function private.wake_streams();
