-- What a boutique's people do with their pieces: find them, be told of few, end a size, see who
-- moved the stock.

-- Few are left: by the piece's own number, else the boutique's. The number in force stands beside the
-- stock, so that an index knows what is low.
alter table public.boutiques
  add column low_stock_at smallint not null default 2 check (low_stock_at between 0 and 1000);
alter table public.products
  add column low_stock_at smallint check (low_stock_at between 0 and 1000);  -- null: the boutique's
alter table public.product_variants
  add column low_at smallint not null default 2,
  -- A colour and size that is not made any more: its ledger and orders stay. It has no stock, and
  -- what comes back of it is on sale again.
  add column retired boolean not null default false,
  add constraint product_variants_retired_are_gone check (not retired or quantity = 0),
  -- The first of its piece: of a piece that is sold out this one is, which an index can begin with.
  add column leads boolean not null default false;
alter table public.product_variants
  add column low boolean generated always as (not retired and quantity - reserved <= low_at) stored;
update public.product_variants v set leads = true
from (
  select distinct on (boutique_id, product_id) boutique_id, id from public.product_variants
  order by boutique_id, product_id, id
) firsts
where v.boutique_id = firsts.boutique_id and v.id = firsts.id;

drop index public.product_variants_low;
create index product_variants_low on public.product_variants (boutique_id, product_id) where low;
create index product_variants_first_gone on public.product_variants (boutique_id, product_id)
  where leads and available <= 0;

create function private.place_variant() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  select coalesce(p.low_stock_at, b.low_stock_at),
    not exists (select from public.product_variants v
      where v.boutique_id = new.boutique_id and v.product_id = new.product_id)
  into new.low_at, new.leads
  from public.products p join public.boutiques b on b.id = p.boutique_id
  where p.boutique_id = new.boutique_id and p.id = new.product_id;
  -- A product that is not there is the foreign key's to refuse.
  new.low_at := coalesce(new.low_at, 2);
  new.leads := coalesce(new.leads, true);
  return new;
end $$;
create trigger product_variants_place before insert on public.product_variants
  for each row execute function private.place_variant();

-- Locked in the order in which placing an order locks them. Nobody's edit of each: no actor. Set and
-- put back by hand, since no role but a superuser may attach `set app.actor` to a function; what is
-- set in a transaction that fails is undone with it.
create function private.apply_low_stock(boutique uuid, product uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  actor text := coalesce(current_setting('app.actor', true), '');
  via text := coalesce(current_setting('app.via', true), '');
begin
  perform set_config('app.actor', '', true), set_config('app.via', '', true);
  perform from public.product_variants v
  where v.boutique_id = boutique and (product is null or v.product_id = product)
  order by v.id for no key update;
  update public.product_variants v set low_at = coalesce(p.low_stock_at, b.low_stock_at)
  from public.products p join public.boutiques b on b.id = p.boutique_id
  where v.boutique_id = boutique and (product is null or v.product_id = product)
    and p.boutique_id = v.boutique_id and p.id = v.product_id
    and v.low_at <> coalesce(p.low_stock_at, b.low_stock_at);
  perform set_config('app.actor', actor, true), set_config('app.via', via, true);
end $$;
create function private.low_stock_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'boutiques' then
    perform private.apply_low_stock(new.id, null);
  else
    perform private.apply_low_stock(new.boutique_id, new.id);
  end if;
  return null;
end $$;
create trigger boutiques_low_stock after update of low_stock_at on public.boutiques
  for each row when (new.low_stock_at is distinct from old.low_stock_at)
  execute function private.low_stock_changed();
create trigger products_low_stock after update of low_stock_at on public.products
  for each row when (new.low_stock_at is distinct from old.low_stock_at)
  execute function private.low_stock_changed();

-- The words by which its people find a piece: those of its name, kind and colours, of which each
-- begins a word, and any part of its SKU. Names are Swahili and English, so nothing is stemmed. Each
-- word is the boutique's own, so that the index does not grow with the other boutiques.
alter table public.products add column found_by tsvector not null default '';
create function private.words_to_find(boutique_id uuid, texts text[], sku text) returns tsvector
language sql immutable parallel safe set search_path = '' as $$
  select array_to_tsvector(array(
    select boutique_id::text || ' ' || word from (
      select regexp_split_to_table(lower(array_to_string(texts, ' ')), '[^[:alnum:]]+')
      union
      select substr(lower(sku), n) from generate_series(1, length(sku)) n
      where substr(sku, n, 1) ~ '[[:alnum:]]'
    ) words (word)
    where word <> ''))
$$;
create or replace function private.index_product() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.updated_at := now();
  new.search :=
    setweight(to_tsvector('english', new.name), 'A')
    || setweight(to_tsvector('english', new.category || ' ' || new.pattern
         || case when new.embroidery then ' embroidered embroidery' else '' end
         || ' ' || array_to_string(new.occasions, ' ')), 'B')
    || setweight(to_tsvector('english', new.description), 'D');
  new.found_by := private.words_to_find(new.boutique_id, array[new.name, new.category] || array(
    select distinct v.colour from public.product_variants v
    where v.boutique_id = new.boutique_id and v.product_id = new.id), new.sku);
  return new;
end $$;
-- A colour that the piece had not yet.
create function private.index_colour() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor text := coalesce(current_setting('app.actor', true), '');
  via text := coalesce(current_setting('app.via', true), '');
begin
  if tg_op = 'INSERT' and exists (
    select from public.product_variants v where v.boutique_id = new.boutique_id
      and v.product_id = new.product_id and v.colour = new.colour and v.id <> new.id
  ) then
    return null;
  end if;
  perform set_config('app.actor', '', true), set_config('app.via', '', true);
  update public.products set name = name
  where boutique_id = new.boutique_id and id = new.product_id;
  perform set_config('app.actor', actor, true), set_config('app.via', via, true);
  return null;
end $$;
create trigger product_variants_colour after insert or update of colour on public.product_variants
  for each row execute function private.index_colour();
update public.products p set found_by = private.words_to_find(p.boutique_id,
  array[p.name, p.category] || array(
    select distinct v.colour from public.product_variants v
    where v.boutique_id = p.boutique_id and v.product_id = p.id), p.sku);
create index products_found_by on public.products using gin (found_by) with (fastupdate = off);

-- `@@` is not marked as one that cannot leak, so that row level security keeps it from the index. The
-- view holds to the boutique by its own condition, and is for whoever has been found to be a member.
create view private.found_products as
  select boutique_id, id, sku, name, category, price_minor, active, created_at, found_by
  from public.products
  where boutique_id = (select private.current_boutique());
revoke all on private.found_products from public;
grant select on private.found_products to boutique_agent, boutique_staff;

-- Who moved the stock, and why. What was before is nobody's.
alter table public.stock_movements add column moved_by text;
alter table public.stock_movements
  alter column moved_by set default private.current_actor(),
  drop constraint stock_movements_reason_check,
  add constraint stock_movements_reason_check
    check (reason in ('opening', 'restock', 'sale', 'return', 'adjustment', 'damaged'));
create index stock_movements_of_a_variant on public.stock_movements
  (boutique_id, variant_id, id desc);

-- What comes in the first time was never out of stock.
create or replace function private.apply_stock_movement() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  moved public.product_variants;
begin
  update public.product_variants
  set quantity = quantity + new.delta, retired = retired and quantity + new.delta = 0
  where boutique_id = new.boutique_id and id = new.variant_id returning * into moved;
  if moved.quantity > 0 and moved.quantity <= new.delta and new.reason <> 'opening' then
    perform private.tell(moved.boutique_id, 'back_in_stock', null, null, moved.product_id,
      jsonb_build_object('variant_id', moved.id, 'quantity', moved.quantity));
  end if;
  return new;
end $$;

-- Owners keep all of this.
grant update (low_stock_at) on public.boutiques to boutique_owner;
grant insert (low_stock_at), update (low_stock_at) on public.products to boutique_owner;
grant update (retired) on public.product_variants to boutique_owner;
grant update (retired) on public.product_variants to boutique_agent;
create or replace function private.audit_member() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  it jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  changed jsonb;
begin
  if tg_op = 'UPDATE' then
    select jsonb_agg(n.key order by n.key) into changed
    from jsonb_each(it) n
    where n.value is distinct from to_jsonb(old) -> n.key
      and n.key not in ('updated_at', 'search', 'found_by', 'low');
    if changed is null then return null; end if;
  end if;
  insert into public.audit_log (boutique_id, actor, action, subject, details) values (
    coalesce(it ->> 'boutique_id', it ->> 'id')::uuid, private.current_actor(),
    tg_table_name || '_' || lower(tg_op),
    case tg_table_name when 'orders' then 'order:' || (it ->> 'number')
      else tg_table_name || ':' || coalesce(it ->> 'id', it ->> 'user_id') end,
    case when changed is null then '{}' else jsonb_build_object('columns', changed) end);
  return null;
end $$;
