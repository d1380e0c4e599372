-- What came of a campaign's message: an answer, a stop, a sale. Triggers write it, in the
-- transaction that did it, so that no room can take an order and forget where it came from.

-- The last message of a campaign that was accepted for her in the span before `_at`.
create function private.last_campaign_touch(_boutique uuid, _customer uuid, _at timestamptz,
  _within interval) returns uuid
language sql stable security definer set search_path = '' as $$
  select r.id from public.campaign_recipients r
  where r.boutique_id = _boutique and r.customer_id = _customer
    and r.accepted_at <= _at and r.accepted_at > _at - _within
  order by r.accepted_at desc limit 1
$$;
revoke execute on function private.last_campaign_touch(uuid, uuid, timestamptz, interval)
  from public;

create function private.note_campaign_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.campaign_recipients r set replied_at = new.created_at
  where r.boutique_id = new.boutique_id and r.replied_at is null and r.id = coalesce(
    -- The message she replies to by name, else the last that reached her.
    (select m.campaign_recipient_id from public.messages m
     where new.reply_to is not null and m.boutique_id = new.boutique_id
       and m.provider_id = new.reply_to),
    private.last_campaign_touch(new.boutique_id,
      (select v.customer_id from public.conversations v
       where v.boutique_id = new.boutique_id and v.id = new.conversation_id),
      new.created_at, interval '3 days'));
  return null;
end $$;
create trigger messages_answer_a_campaign after insert on public.messages
  for each row when (new.direction = 'in' and new.author = 'customer'
    and new.conversation_id is not null)
  execute function private.note_campaign_reply();

create function private.note_campaign_stop() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.campaign_recipients r set opted_out_at = new.created_at
  where r.boutique_id = new.boutique_id and r.opted_out_at is null
    and r.id = private.last_campaign_touch(new.boutique_id, new.customer_id, new.created_at,
      interval '3 days');
  return null;
end $$;
create trigger consents_end_a_campaign after insert on public.consents
  for each row when (not new.granted) execute function private.note_campaign_stop();

-- A paid order is the sale of the last campaign she opened (in five days) or answered (in three).
create function private.note_campaign_sale() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  paid timestamptz := coalesce(new.paid_at, now());
  touched record;
begin
  select * into touched from (
    select r.id, r.campaign_id, o.opened_at as at, 'click' as came_by
    from public.campaign_recipients r
    join public.catalog_links l on l.boutique_id = r.boutique_id and l.recipient_id = r.id
    join public.catalog_link_opens o on o.boutique_id = l.boutique_id and o.slug = l.slug
      and o.opened_by = 'person'
    where r.boutique_id = new.boutique_id and r.customer_id = new.customer_id
      and o.opened_at <= paid and o.opened_at > paid - interval '5 days'
    union all
    select r.id, r.campaign_id, r.replied_at, 'reply'
    from public.campaign_recipients r
    where r.boutique_id = new.boutique_id and r.customer_id = new.customer_id
      and r.replied_at <= paid and r.replied_at > paid - interval '3 days'
  ) touches order by at desc limit 1;
  if not found then
    return null;
  end if;
  insert into public.campaign_conversions (boutique_id, order_id, campaign_id, recipient_id,
    came_by, amount_minor, currency, converted_at)
  values (new.boutique_id, new.id, touched.campaign_id, touched.id, touched.came_by,
    new.total_minor - new.refunded_minor, new.currency, paid)
  on conflict do nothing;
  update public.campaign_recipients r set converted_at = paid
  where r.boutique_id = new.boutique_id and r.id = touched.id and r.converted_at is null;
  return null;
end $$;
create trigger orders_come_of_a_campaign after update of payment_status on public.orders
  for each row when (old.payment_status <> 'paid' and new.payment_status = 'paid')
  execute function private.note_campaign_sale();
create trigger orders_come_of_a_campaign_at_once after insert on public.orders
  for each row when (new.payment_status = 'paid') execute function private.note_campaign_sale();

-- Money that went back is no revenue, and an order that went back wholly is no sale.
create function private.correct_campaign_sale() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  kept boolean := new.refund_status <> 'all' and new.fulfilment_status <> 'returned';
begin
  update public.campaign_conversions s set
    amount_minor = greatest(new.total_minor - new.refunded_minor, 0),
    reversed_at = case when kept then null else coalesce(s.reversed_at, now()) end
  where s.boutique_id = new.boutique_id and s.order_id = new.id;
  if found then
    update public.campaign_recipients r set converted_at = (
      select min(s.converted_at) from public.campaign_conversions s
      where s.boutique_id = r.boutique_id and s.recipient_id = r.id and s.reversed_at is null)
    where r.boutique_id = new.boutique_id and r.id = (
      select s.recipient_id from public.campaign_conversions s
      where s.boutique_id = new.boutique_id and s.order_id = new.id);
  end if;
  return null;
end $$;
create trigger orders_take_back_a_sale
  after update of refunded_minor, refund_status, fulfilment_status on public.orders
  for each row when (new.payment_status = 'paid' and (
    old.refunded_minor is distinct from new.refunded_minor
    or old.refund_status is distinct from new.refund_status
    or old.fulfilment_status is distinct from new.fulfilment_status))
  execute function private.correct_campaign_sale();
create index campaign_conversions_of_a_recipient on public.campaign_conversions
  (boutique_id, recipient_id);
