-- Who has bought a piece waits for it no more, in whichever size she took it.
create function private.bought_is_not_waited_for() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.stock_waits w set ended_at = now()
  where w.boutique_id = new.boutique_id and w.customer_id = new.customer_id
    and w.ended_at is null and exists (
      select from public.order_items i
      where i.boutique_id = new.boutique_id and i.order_id = new.id
        and i.product_id = w.product_id);
  return null;
end $$;
create trigger orders_end_waits after update of payment_status on public.orders
  for each row when (new.payment_status = 'paid' and old.payment_status <> 'paid')
  execute function private.bought_is_not_waited_for();
