-- Who imports a list of what is there sees in it what is nearly gone: a count of hundreds of sizes
-- is not hundreds of alerts. What runs low by a sale afterwards is one again, once it was refilled.
create or replace function private.tell_of_low_stock() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  had integer := old.quantity - old.reserved;
  has integer := new.quantity - new.reserved;
begin
  if new.low_told and new.quantity > old.quantity and has > new.low_at then
    new.low_told := false;
  elsif not new.low_told and not new.retired and has < had and has <= new.low_at then
    new.low_told := true;
    if coalesce(current_setting('app.counting', true), '') <> '' then
      return new;
    end if;
    perform private.tell(p.boutique_id, 'stock_low', null, null, p.id,
      jsonb_build_object('variant_id', new.id, 'available', greatest(has, 0)))
    from public.products p
    where p.boutique_id = new.boutique_id and p.id = new.product_id and p.active;
  end if;
  return new;
end $$;
