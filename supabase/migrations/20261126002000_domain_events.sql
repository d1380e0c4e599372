-- What happened in a boutique, told in the transaction that did it: for live pages, automations
-- and figures. Triggers write most of it, so that no room can do a thing and forget to tell it.
--
-- No foreign key but the boutique's: what happened stays true after the customer or the piece is
-- gone, and an id alone names nobody.

create table public.domain_events (
  boutique_id uuid not null references public.boutiques on delete cascade,
  -- A consumer reads by this number first. Ids are given before the commit, so an event with a lower
  -- id may appear after one with a higher; but below the oldest transaction under way, none comes.
  -- It counts within one server: after a dump is restored into another, set it to 0 in both tables
  -- and let consumers begin anew.
  transaction_id xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  kind text not null check (kind in (
    'cart_changed', 'cart_abandoned', 'order_placed', 'order_paid', 'order_cancelled',
    'order_dispatched', 'order_delivered', 'order_returned', 'payment_failed',
    'payment_in_review', 'price_dropped', 'back_in_stock'
  )),
  customer_id uuid,  -- as of then: two customers may since have become one
  conversation_id uuid,
  subject_id uuid not null,  -- the cart, order or product it happened to, as its kind says
  payload jsonb not null default '{}',  -- `domain/domain_events.py` has the fields of each kind
  occurred_at timestamptz not null default clock_timestamp(),
  primary key (boutique_id, transaction_id, id)
);
create index domain_events_of_a_kind on public.domain_events (boutique_id, kind, occurred_at);

create trigger domain_events_append_only before update on public.domain_events
  for each row execute function private.forbid_change();
create trigger domain_events_never_emptied before truncate on public.domain_events
  for each statement execute function private.forbid_change();

alter table public.domain_events enable row level security;
revoke all on public.domain_events from anon, authenticated, service_role;
grant select, insert on public.domain_events to boutique_agent, service_role;
grant select on public.domain_events to authenticated;
create policy "The assistant works with its own boutique's domain events"
  on public.domain_events for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's domain events"
  on public.domain_events for select to authenticated
  using (boutique_id in (select private.my_boutiques()));

-- A message in or out is no second row: `messages` itself is read in the same way.
alter table public.messages
  add column transaction_id xid8 not null default pg_current_xact_id();
create index messages_written on public.messages (boutique_id, transaction_id, seq);

-- Whoever may change an order may not therefore make up events: these functions write them with
-- their owner's rights, about the row they were called for.
create function private.tell(
  boutique uuid, kind text, customer uuid, conversation uuid, subject uuid, payload jsonb
) returns void language sql set search_path = '' as $$
  insert into public.domain_events
    (boutique_id, kind, customer_id, conversation_id, subject_id, payload)
  values (boutique, kind, customer, conversation, subject, payload)
$$;

create function private.tell_of_cart() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  pieces integer;
  over boolean := new.status = 'abandoned' and old.status = 'active';
begin
  if new.version = old.version and not over then return null; end if;
  select coalesce(sum(i.quantity), 0) into pieces from public.cart_items i
  where i.boutique_id = new.boutique_id and i.cart_id = new.id;
  if not over then
    perform private.tell(new.boutique_id, 'cart_changed', new.customer_id, null, new.id,
      jsonb_build_object('version', new.version, 'pieces', pieces));
  elsif pieces > 0 and old.expires_at <= now() then
    perform private.tell(new.boutique_id, 'cart_abandoned', new.customer_id, null, new.id,
      jsonb_build_object('pieces', pieces));
  elsif pieces > 0 then  -- given up in so many words, or its pieces moved to another cart
    perform private.tell(new.boutique_id, 'cart_changed', new.customer_id, null, new.id,
      jsonb_build_object('version', new.version, 'pieces', 0));
  end if;
  return null;
end $$;
create trigger carts_tell after update of version, status on public.carts
  for each row execute function private.tell_of_cart();

create function private.tell_of_order() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  money jsonb := jsonb_build_object(
    'number', new.number, 'total_minor', new.total_minor, 'currency', new.currency);
  told text;
begin
  if tg_op = 'INSERT' then
    perform private.tell(new.boutique_id, 'order_placed', new.customer_id, new.conversation_id,
      new.id, money || jsonb_build_object('replaces_id', new.replaces_id));
  end if;
  -- Before an insert there is no old row, so its columns are null.
  if new.payment_status = 'paid' and old.payment_status is distinct from 'paid' then
    perform private.tell(new.boutique_id, 'order_paid', new.customer_id, new.conversation_id,
      new.id, money);
  elsif new.payment_status = 'needs_review'
    and old.payment_status is distinct from 'needs_review' then
    perform private.tell(new.boutique_id, 'payment_in_review', new.customer_id,
      new.conversation_id, new.id, money || jsonb_build_object('reason', new.review_reason));
  end if;
  if new.status = 'cancelled' and old.status is distinct from 'cancelled' then
    perform private.tell(new.boutique_id, 'order_cancelled', new.customer_id,
      new.conversation_id, new.id, money);
  end if;
  if new.fulfilment_status is distinct from old.fulfilment_status then
    told := case new.fulfilment_status when 'dispatched' then 'order_dispatched'
      when 'delivered' then 'order_delivered' when 'returned' then 'order_returned' end;
    if told is not null then
      perform private.tell(new.boutique_id, told, new.customer_id, new.conversation_id,
        new.id, money);
    end if;
  end if;
  return null;
end $$;
create trigger orders_tell
  after insert or update of status, payment_status, fulfilment_status on public.orders
  for each row execute function private.tell_of_order();

create function private.tell_of_payment() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(o.boutique_id, 'payment_failed', o.customer_id, o.conversation_id, o.id,
    jsonb_build_object('number', o.number, 'attempt', new.attempt,
      'amount_minor', new.amount_minor, 'result_code', new.result_code))
  from public.orders o where o.boutique_id = new.boutique_id and o.id = new.order_id;
  return null;
end $$;
create trigger payments_tell after update of status on public.payments
  for each row when (new.status = 'failed' and old.status <> 'failed')
  execute function private.tell_of_payment();

-- A product's price is told when some variant is sold at it.
create function private.tell_of_product() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (
    select from public.product_variants v
    where v.boutique_id = new.boutique_id and v.product_id = new.id and v.price_minor is null
  ) then
    perform private.tell(new.boutique_id, 'price_dropped', null, null, new.id,
      jsonb_build_object('variant_id', null, 'was_minor', old.price_minor,
        'now_minor', new.price_minor));
  end if;
  return null;
end $$;
create trigger products_tell after update of price_minor on public.products
  for each row when (new.price_minor < old.price_minor and new.active)
  execute function private.tell_of_product();

create function private.tell_of_variant() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(p.boutique_id, 'price_dropped', null, null, p.id,
    jsonb_build_object('variant_id', new.id,
      'was_minor', coalesce(old.price_minor, p.price_minor),
      'now_minor', coalesce(new.price_minor, p.price_minor)))
  from public.products p
  where p.boutique_id = new.boutique_id and p.id = new.product_id and p.active
    and coalesce(new.price_minor, p.price_minor) < coalesce(old.price_minor, p.price_minor);
  return null;
end $$;
create trigger product_variants_tell after update of price_minor on public.product_variants
  for each row when (new.price_minor is distinct from old.price_minor)
  execute function private.tell_of_variant();

-- What comes in the first time was never out of stock.
create or replace function private.apply_stock_movement() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  moved public.product_variants;
begin
  update public.product_variants set quantity = quantity + new.delta
  where boutique_id = new.boutique_id and id = new.variant_id returning * into moved;
  if moved.quantity > 0 and moved.quantity <= new.delta and new.reason <> 'opening' then
    perform private.tell(moved.boutique_id, 'back_in_stock', null, null, moved.product_id,
      jsonb_build_object('variant_id', moved.id, 'quantity', moved.quantity));
  end if;
  return new;
end $$;
