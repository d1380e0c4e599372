-- What came in for an order is all that its provider reported, also where a person has since ended
-- the review of it: a second payment is given back out of both, not out of the first.
create or replace function private.received_for_order(boutique uuid, wanted uuid) returns bigint
language sql stable set search_path = '' as $$
  select coalesce(nullif(sum(case p.status when 'succeeded'
      then coalesce(p.received_minor, p.amount_minor) else coalesce(p.received_minor, 0) end), 0),
    case o.payment_status when 'paid' then o.total_minor else 0 end)::bigint
  from public.orders o
  left join public.payments p on p.boutique_id = o.boutique_id and p.order_id = o.id
  where o.boutique_id = boutique and o.id = wanted
  group by o.boutique_id, o.id
$$;
