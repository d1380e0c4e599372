-- An order goes out in one or in several parts. What went is written down and never changed; the
-- order's own column says whether all of it went.

alter table public.orders drop constraint orders_fulfilment_status_check;
alter table public.orders add constraint orders_fulfilment_status_check check (fulfilment_status in
  ('unfulfilled', 'partly_dispatched', 'dispatched', 'delivered', 'returned'));

create table public.dispatches (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  order_id uuid not null,
  -- The order's first, second, … A tap names the number it means, so a second tap adds nothing.
  number smallint not null check (number > 0),
  completes boolean not null,  -- whether nothing is left to send after it
  sent_by text not null,  -- as in the audit log
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, order_id, number),
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id)
);
create table public.dispatch_items (
  boutique_id uuid not null,
  dispatch_id uuid not null,
  order_item_id bigint not null,
  quantity integer not null check (quantity > 0),
  primary key (boutique_id, dispatch_id, order_item_id),
  foreign key (boutique_id, dispatch_id) references public.dispatches (boutique_id, id),
  foreign key (boutique_id, order_item_id) references public.order_items (boutique_id, id)
);
create index dispatch_items_item on public.dispatch_items (boutique_id, order_item_id);

-- Money that went back to the customer.
create table public.refunds (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  order_id uuid not null,
  number smallint not null check (number > 0),  -- as a dispatch's
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  reason text not null check (reason in (
    'too_small', 'too_large', 'not_as_shown', 'faulty', 'late', 'never_arrived', 'changed_mind',
    'out_of_stock', 'paid_twice', 'goodwill', 'other'
  )),
  words text not null default '',
  method text not null check (method in ('mpesa', 'cash', 'bank')),
  reference text check (reference <> ''),
  refunded_by text not null,  -- as in the audit log
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, order_id, number),
  unique (boutique_id, method, reference),  -- the same money is not written down twice
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id),
  check (method = 'cash' or reference is not null)
);
create index refunds_newest on public.refunds (boutique_id, created_at desc);
create table public.refund_items (
  boutique_id uuid not null,
  refund_id uuid not null,
  order_item_id bigint not null,
  quantity integer not null check (quantity > 0),
  restocked integer not null check (restocked between 0 and quantity),  -- back on the shelf
  unsent integer not null check (unsent between 0 and quantity),  -- those that had not gone out
  primary key (boutique_id, refund_id, order_item_id),
  foreign key (boutique_id, refund_id) references public.refunds (boutique_id, id),
  foreign key (boutique_id, order_item_id) references public.order_items (boutique_id, id)
);
create index refund_items_item on public.refund_items (boutique_id, order_item_id);

alter table public.orders
  add column refunded_minor bigint not null default 0 check (refunded_minor >= 0),
  add column refund_status text not null default 'none'
    check (refund_status in ('none', 'part', 'all'));

-- A refund puts a piece back on the shelf once.
alter table public.stock_movements add column refund_id uuid,
  add foreign key (boutique_id, refund_id) references public.refunds (boutique_id, id);
create unique index stock_movements_of_a_refund on public.stock_movements
  (boutique_id, refund_id, variant_id) where refund_id is not null;

do $$
declare
  one text;
begin
  foreach one in array array['dispatches', 'dispatch_items', 'refunds', 'refund_items'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert on public.%I to boutique_agent, service_role', one);
    execute format('grant select on public.%I to authenticated, boutique_staff', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to authenticated, boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
    execute format('create trigger %I before update on public.%I
      for each row execute function private.forbid_change()', one || '_append_only', one);
    execute format('create trigger %I before truncate on public.%I
      for each statement execute function private.forbid_change()', one || '_never_emptied', one);
  end loop;
end $$;

-- What came in for an order: the money of its payments; of one that was marked paid without a
-- payment, its total. It reads with its caller's rights.
create function private.received_for_order(boutique uuid, wanted uuid) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(nullif(sum(case p.status when 'succeeded'
      then coalesce(p.received_minor, p.amount_minor)
      when 'needs_review' then coalesce(p.received_minor, 0) else 0 end), 0),
    case o.payment_status when 'paid' then o.total_minor else 0 end)::bigint
  from public.orders o
  left join public.payments p on p.boutique_id = o.boutique_id and p.order_id = o.id
  where o.boutique_id = boutique and o.id = wanted
  group by o.boutique_id, o.id
$$;

-- Never more than came in, whoever writes the row; the order keeps the sum.
create function private.apply_refund() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  received bigint;
  refunded bigint;
begin
  perform from public.orders where boutique_id = new.boutique_id and id = new.order_id
    for no key update;
  received := private.received_for_order(new.boutique_id, new.order_id);
  select sum(r.amount_minor) into refunded from public.refunds r
  where r.boutique_id = new.boutique_id and r.order_id = new.order_id;
  if refunded > received then
    raise exception 'no more is refunded than came in' using errcode = 'check_violation',
      constraint = 'refunds_no_more_than_received';
  end if;
  update public.orders set refunded_minor = refunded,
    refund_status = case when refund_status = 'all' or refunded = received then 'all'
      else 'part' end
  where boutique_id = new.boutique_id and id = new.order_id;
  return null;
end $$;
create trigger refunds_apply after insert on public.refunds
  for each row execute function private.apply_refund();

-- Of each piece no more goes out, or is refunded, than was ordered; and it is the order's piece.
create function private.hold_to_the_order() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  it public.order_items;
  sent bigint;
  refunded bigint;
  unsent bigint;
begin
  select i.* into it from public.order_items i
  where i.boutique_id = new.boutique_id and i.id = new.order_item_id for no key update;
  if tg_table_name = 'dispatch_items' then
    perform from public.dispatches d where d.boutique_id = new.boutique_id
      and d.id = new.dispatch_id and d.order_id = it.order_id;
  else
    perform from public.refunds r where r.boutique_id = new.boutique_id
      and r.id = new.refund_id and r.order_id = it.order_id;
  end if;
  if not found then
    raise exception 'a piece of another order' using errcode = 'check_violation',
      constraint = 'pieces_of_the_order';
  end if;
  select coalesce(sum(d.quantity), 0) into sent from public.dispatch_items d
  where d.boutique_id = new.boutique_id and d.order_item_id = it.id;
  select coalesce(sum(r.quantity), 0), coalesce(sum(r.unsent), 0) into refunded, unsent
  from public.refund_items r where r.boutique_id = new.boutique_id and r.order_item_id = it.id;
  if sent + unsent > it.quantity or refunded > it.quantity then
    raise exception 'no more than was ordered' using errcode = 'check_violation',
      constraint = 'no_more_than_ordered';
  end if;
  return null;
end $$;
create trigger dispatch_items_hold after insert on public.dispatch_items
  for each row execute function private.hold_to_the_order();
create trigger refund_items_hold after insert on public.refund_items
  for each row execute function private.hold_to_the_order();

-- Told as it happens.
-- The check is extended by what it holds, since other kinds may have joined it meanwhile.
do $$
declare
  held text := pg_get_constraintdef(oid) from pg_constraint
    where conrelid = 'public.domain_events'::regclass and conname = 'domain_events_kind_check';
begin
  alter table public.domain_events drop constraint domain_events_kind_check;
  execute 'alter table public.domain_events add constraint domain_events_kind_check ' || replace(
    held, 'ARRAY[', 'ARRAY[''order_partly_dispatched''::text, ''order_refunded''::text, ');
end $$;
create function private.tell_of_dispatch() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(o.boutique_id, 'order_partly_dispatched', o.customer_id,
    o.conversation_id, o.id, jsonb_build_object('number', o.number,
      'total_minor', o.total_minor, 'currency', o.currency, 'part', new.number))
  from public.orders o where o.boutique_id = new.boutique_id and o.id = new.order_id;
  return null;
end $$;
create trigger dispatches_tell after insert on public.dispatches
  for each row when (not new.completes) execute function private.tell_of_dispatch();
create function private.tell_of_refund() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(o.boutique_id, 'order_refunded', o.customer_id, o.conversation_id, o.id,
    jsonb_build_object('number', o.number, 'total_minor', o.total_minor, 'currency', o.currency,
      'amount_minor', new.amount_minor, 'reason', new.reason))
  from public.orders o where o.boutique_id = new.boutique_id and o.id = new.order_id;
  return null;
end $$;
create trigger refunds_tell after insert on public.refunds
  for each row execute function private.tell_of_refund();
revoke execute on function private.received_for_order(uuid, uuid), private.apply_refund(),
  private.hold_to_the_order(), private.tell_of_dispatch(), private.tell_of_refund() from public;
grant execute on function private.received_for_order(uuid, uuid)
  to boutique_agent, boutique_staff, service_role;

-- Who did what to an order is shown by name, after a member acted too: the function asks for the
-- person's own membership, so it tells the assistant nothing.
grant execute on function private.my_colleagues() to boutique_agent;

-- A refund, a cancelling by the shop and a payment that was looked for in vain are told to the
-- customer by the conversation's turn, as sending and arriving are.
do $$
declare
  held text := pg_get_constraintdef(oid) from pg_constraint
    where conrelid = 'public.conversation_events'::regclass
      and conname = 'conversation_events_kind_check';
begin
  alter table public.conversation_events drop constraint conversation_events_kind_check;
  execute 'alter table public.conversation_events add constraint conversation_events_kind_check '
    || replace(held, 'ARRAY[', 'ARRAY[''order_news''::text, ');
end $$;

-- The lists: an order that went in part is still to be sent, and on the way; one whose money went
-- back is neither.
drop index public.orders_to_send;
create index orders_to_send on public.orders (boutique_id, created_at desc, id desc)
  where payment_status = 'paid' and fulfilment_status in ('unfulfilled', 'partly_dispatched')
    and status = 'confirmed' and refund_status <> 'all';
drop index public.orders_on_the_way;
create index orders_on_the_way on public.orders (boutique_id, created_at desc, id desc)
  where fulfilment_status in ('partly_dispatched', 'dispatched') and refund_status <> 'all';
create index orders_refunded on public.orders (boutique_id, created_at desc, id desc)
  where refund_status <> 'none';
create index orders_open on public.orders (boutique_id, created_at desc, id desc)
  where status = 'open';
create index orders_cancelled on public.orders (boutique_id, created_at desc, id desc)
  where status = 'cancelled' and refund_status <> 'all';
-- The messages about an order: its timeline.
create index messages_reference on public.messages (boutique_id, reference)
  where reference is not null;
