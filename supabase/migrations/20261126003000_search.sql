-- Finding pieces without reading the whole shop: what is left of each variant is kept, and the
-- words of each boutique's pieces have an index of their own.

-- What open orders reserve, counted along. A reservation counts while it is `held`, also past its
-- end: whoever ends it gives the units back. An order still sums the rows themselves, under a lock.
alter table public.product_variants
  add column reserved integer not null default 0 check (reserved >= 0);

-- The variants are locked in the order in which placing an order locks them.
create function private.count_reservations() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  changes jsonb;
begin
  if tg_op = 'INSERT' then
    select jsonb_agg(c) into changes from (
      select boutique_id, variant_id, sum(quantity) as units from came where status = 'held'
      group by 1, 2) c;
  elsif tg_op = 'DELETE' then
    select jsonb_agg(c) into changes from (
      select boutique_id, variant_id, -sum(quantity) as units from went where status = 'held'
      group by 1, 2) c;
  else
    select jsonb_agg(c) into changes from (
      select boutique_id, variant_id, sum(units) as units from (
        select boutique_id, variant_id, quantity as units from came where status = 'held'
        union all
        select boutique_id, variant_id, -quantity from went where status = 'held') both_sides
      group by 1, 2 having sum(units) <> 0) c;
  end if;
  if changes is null then return null; end if;
  perform from public.product_variants v
    join jsonb_to_recordset(changes) c (boutique_id uuid, variant_id uuid)
      on v.boutique_id = c.boutique_id and v.id = c.variant_id
    order by v.id for no key update of v;
  update public.product_variants v set reserved = v.reserved + c.units
  from jsonb_to_recordset(changes) c (boutique_id uuid, variant_id uuid, units integer)
  where v.boutique_id = c.boutique_id and v.id = c.variant_id;
  return null;
end $$;
create trigger stock_reservations_come after insert on public.stock_reservations
  referencing new table as came
  for each statement execute function private.count_reservations();
create trigger stock_reservations_change after update on public.stock_reservations
  referencing old table as went new table as came
  for each statement execute function private.count_reservations();
create trigger stock_reservations_go after delete on public.stock_reservations
  referencing old table as went
  for each statement execute function private.count_reservations();

update public.product_variants v set reserved = held.units
from (
  select boutique_id, variant_id, sum(quantity) as units from public.stock_reservations
  where status = 'held' group by 1, 2
) held
where v.boutique_id = held.boutique_id and v.id = held.variant_id;

alter table public.product_variants
  add column available integer generated always as (quantity - reserved) stored;

-- What can be had, and which piece a picture shows, without reading the rows themselves.
create index product_variants_available on public.product_variants (boutique_id, product_id)
  include (colour, size, price_minor) where available > 0;
create index product_images_shown on public.product_images (boutique_id, id)
  include (product_id, colour);

-- The cheapest first, of one kind or of all.
create index products_by_price on public.products (boutique_id, price_minor, id) where active;
create index products_of_a_kind on public.products (boutique_id, category, price_minor, id)
  where active;

-- An index of words alone holds every boutique's pieces under each word, so it grows with the
-- others' shops. Here each word is the boutique's own.
create function private.own_words(boutique_id uuid, words text[]) returns text[]
language sql immutable parallel safe cost 1000 set search_path = '' as $$
  select array(select boutique_id::text || ' ' || word from unnest(words) word)
$$;
create index products_own_words on public.products
  using gin (private.own_words(boutique_id, tsvector_to_array(search))) with (fastupdate = off);
drop index public.products_search;  -- no role behind the walls could use it

-- Row level security lets an index be used only by operators that cannot leak, and none of those
-- on arrays or words is marked so. The view holds to the boutique by its own condition instead;
-- it reads with its owner's rights, as the policies of `products` do not reach it.
create view private.own_products as
  select boutique_id, id, name, category, pattern, embroidery, occasions, price_minor, active,
    search, created_at
  from public.products where boutique_id = (select private.current_boutique());
revoke all on private.own_products from public;
grant select on private.own_products to boutique_agent;
-- Whoever writes a product writes the index.
grant execute on function private.own_words(uuid, text[])
  to boutique_agent, service_role, boutique_owner;
