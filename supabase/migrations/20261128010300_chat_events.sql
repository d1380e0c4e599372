-- What the chat tells: a piece put into the cart, a cart that was left, a piece that is there again,
-- and what a customer agreed to or stopped.

do $$
declare
  held text := pg_get_constraintdef(oid) from pg_constraint
    where conrelid = 'public.domain_events'::regclass and conname = 'domain_events_kind_check';
begin
  alter table public.domain_events drop constraint domain_events_kind_check;
  execute 'alter table public.domain_events add constraint domain_events_kind_check '
    || regexp_replace(held, '^CHECK \((.*)\)$', 'check (kind in (''consent_changed'') or \1)');
end $$;

-- A line that is new or grows. A cart whose order failed is not open while lines move into it, and
-- a cart that comes back as it was has `app.as_it_was`.
create function private.tell_of_cart_item() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  more integer := new.quantity - case tg_op when 'UPDATE' then old.quantity else 0 end;
begin
  if more <= 0 or coalesce(current_setting('app.as_it_was', true), '') <> '' then return null; end if;
  perform private.tell(c.boutique_id, 'add_to_cart', c.customer_id, null, p.id,
    jsonb_build_object('sku', p.sku, 'variant_id', v.id, 'quantity', more))
  from public.carts c
  join public.product_variants v on v.boutique_id = c.boutique_id and v.id = new.variant_id
  join public.products p on p.boutique_id = v.boutique_id and p.id = v.product_id
  where c.boutique_id = new.boutique_id and c.id = new.cart_id and c.status = 'active';
  return null;
end $$;
create trigger cart_items_tell after insert or update of quantity on public.cart_items
  for each row execute function private.tell_of_cart_item();

-- When a cart counts as left is kept beside it, so that the clock reads those that are due and no
-- others: an index of when carts changed would hold every shop's of the last days.
alter table public.carts
  add column left_at timestamptz,
  add column shown_version integer not null default 0;  -- the last whose total she was shown
alter table public.window_carts add column left_at timestamptz;  -- null: nobody knows whose it is
update public.carts c set left_at = c.updated_at + b.cart_left_after
from public.boutiques b where b.id = c.boutique_id and c.status = 'active';
drop index public.carts_left_untold;
create index carts_left_untold on public.carts (left_at)
  where status = 'active' and told_version < version;
drop index public.window_carts_left_untold;
create index window_carts_left_untold on public.window_carts (left_at)
  where ended_at is null and told_version < version;

-- Notes about a cart do not change it.
create function private.touch_cart() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.updated_at = old.updated_at then
    new.updated_at := now();
  end if;
  new.left_at := new.updated_at + (
    select b.cart_left_after from public.boutiques b where b.id = new.boutique_id);
  return new;
end $$;
drop trigger carts_touch on public.carts;
create trigger carts_touch
  before insert or update of status, expires_at, version, customer_id, updated_at on public.carts
  for each row execute function private.touch_cart();

create function private.touch_window_cart() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.left_at := (
    select new.changed_at + b.cart_left_after
    from public.visitor_customers j join public.boutiques b on b.id = j.boutique_id
    where j.boutique_id = new.boutique_id and j.anonymous_id = new.anonymous_id);
  return new;
end $$;
create trigger window_carts_touch
  before insert or update of version, changed_at on public.window_carts
  for each row execute function private.touch_window_cart();

-- Once a visitor says who she is, the cart she left is hers.
create function private.visitor_joined() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.window_carts w set left_at = w.changed_at + b.cart_left_after
  from public.boutiques b
  where b.id = new.boutique_id and w.boutique_id = new.boutique_id
    and w.anonymous_id = new.anonymous_id and w.ended_at is null;
  return null;
end $$;
create trigger visitor_customers_joined after insert on public.visitor_customers
  for each row execute function private.visitor_joined();

-- Another time counts for the carts that wait already.
create function private.cart_left_after_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.carts c set left_at = c.updated_at + new.cart_left_after
  where c.boutique_id = new.id and c.status = 'active' and c.told_version < c.version;
  update public.window_carts w set left_at = w.changed_at + new.cart_left_after
  where w.boutique_id = new.id and w.ended_at is null and w.told_version < w.version
    and w.left_at is not null;
  return null;
end $$;
create trigger boutiques_cart_left_after after update of cart_left_after on public.boutiques
  for each row when (new.cart_left_after <> old.cart_left_after)
  execute function private.cart_left_after_changed();
grant update (cart_left_after) on public.boutiques to boutique_owner;

-- A cart that expires was left long before; it is told here if nobody told it.
create or replace function private.tell_of_cart() returns trigger
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
  elsif pieces > 0 and old.expires_at <= now() and new.told_version < new.version then
    perform private.tell(new.boutique_id, 'cart_abandoned', new.customer_id, null, new.id,
      jsonb_build_object('pieces', pieces, 'of', 'cart', 'version', new.version));
    update public.carts c set told_version = c.version
    where c.boutique_id = new.boutique_id and c.id = new.id;
  elsif pieces > 0 then  -- given up in so many words, or its pieces moved to another cart
    perform private.tell(new.boutique_id, 'cart_changed', new.customer_id, null, new.id,
      jsonb_build_object('version', new.version, 'pieces', 0));
  end if;
  return null;
end $$;

-- Sold out is what nobody can have, held for an order or gone; so a reservation that ends brings a
-- piece back as a delivery does. It is asked at commit: within a transaction units come and go.
create or replace function private.apply_stock_movement() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.product_variants
  set quantity = quantity + new.delta, retired = retired and quantity + new.delta = 0
  where boutique_id = new.boutique_id and id = new.variant_id;
  return new;
end $$;

create function private.tell_of_restock() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(v.boutique_id, 'back_in_stock', null, null, v.product_id,
    jsonb_build_object('variant_id', v.id, 'quantity', v.available))
  from public.product_variants v
  join public.products p on p.boutique_id = v.boutique_id and p.id = v.product_id
  where v.boutique_id = new.boutique_id and v.id = new.id
    and v.available > 0 and not v.retired and p.active
    -- What comes in the first time was never out of stock.
    and (new.quantity = old.quantity or exists (
      select from public.stock_movements m where m.boutique_id = v.boutique_id
        and m.variant_id = v.id and m.reason <> 'opening'))
    and not exists (select from public.domain_events e where e.boutique_id = v.boutique_id
      and e.transaction_id = pg_current_xact_id() and e.kind = 'back_in_stock'
      and e.payload ->> 'variant_id' = v.id::text);
  return null;
end $$;
create constraint trigger product_variants_back after update on public.product_variants
  deferrable initially deferred
  for each row when (old.available <= 0 and new.available > 0)
  execute function private.tell_of_restock();
