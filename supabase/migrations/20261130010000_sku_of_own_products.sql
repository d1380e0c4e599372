-- Equally ranked pieces of one age, as those of a file imported at once, are listed by their SKU:
-- by their random ids they would stand in another order after each import.
create or replace view private.own_products as
  select boutique_id, id, name, category, pattern, embroidery, occasions, price_minor, active,
    search, created_at, sku
  from public.products where boutique_id = (select private.current_boutique());
