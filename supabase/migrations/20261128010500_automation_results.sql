-- What came of an automation's message: how far it came, an answer, a stop, a sale. Triggers write
-- it, as for campaigns. An answer, a stop and an order belong to one message: of a campaign and an
-- automation, the one that touched her last.

-- The tokens and the contact of a send are to be accounted for (`campaigns/automations/statuses`):
-- it arrived, or did not.
alter table public.automation_sends add column owed boolean not null default false;
create index automation_sends_owed on public.automation_sends (boutique_id, id) where owed;
create index automation_sends_touch on public.automation_sends (boutique_id, customer_id, sent_at)
  where sent_at is not null;

-- Codes of a WhatsApp message in whose place an SMS goes; `campaigns/automations/fallback_codes.py`
-- says why each is one.
create function private.automation_fallback_codes() returns text[]
language sql immutable set search_path = '' as $$
  select array['131026', '131047', '63003', '63016', '63024', 'no_whatsapp', 'outside_window',
    'channel_paused']
$$;

create function private.automation_send_of(_reference text) returns uuid
language sql immutable set search_path = '' as $$
  select case when _reference ~ '^automation:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then substr(_reference, 12)::uuid end
$$;

-- Note what was told of a send's message, in whatever order and however often: what arrived has
-- arrived, and only the current try can fail.
create function private.tell_automation_send(_boutique uuid, _send uuid, _message uuid,
  _status text, _code text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  heard timestamptz := clock_timestamp();
  arrived boolean := _status in ('delivered', 'read');
  its public.automation_sends;
begin
  select * into its from public.automation_sends s
  where s.boutique_id = _boutique and s.id = _send for no key update;
  if not found then
    return;
  end if;
  if _status in ('queued', 'sending') then  -- a first try, or another after one that failed
    if its.state in ('queued', 'failed') and its.message_id is distinct from _message then
      update public.automation_sends s set state = 'queued', error_code = null,
        message_id = _message, owed = false
      where s.boutique_id = _boutique and s.id = _send;
      delete from public.automation_fallbacks_due d
      where d.boutique_id = _boutique and d.send_id = _send;
    end if;
  elsif _status = 'failed' then
    if its.state in ('queued', 'sent') and coalesce(its.message_id, _message) = _message then
      update public.automation_sends s set error_code = _code,
        -- She wanted nothing any more before it left: that is no failure.
        state = case when its.sent_at is null and _code in ('opted_out', 'no_consent')
          then 'cancelled' else 'failed' end
      where s.boutique_id = _boutique and s.id = _send;
      if its.channel = 'whatsapp' and _code = any (private.automation_fallback_codes()) then
        insert into public.automation_fallbacks_due (boutique_id, send_id)
        values (_boutique, _send) on conflict do nothing;
      end if;
    end if;
  elsif arrived or its.state in ('queued', 'cancelled') or its.sent_at is null then
    update public.automation_sends s set
      sent_at = coalesce(s.sent_at, heard),
      delivered_at = case when arrived then coalesce(s.delivered_at, heard) else s.delivered_at end,
      read_at = case when _status = 'read' then coalesce(s.read_at, heard) else s.read_at end,
      state = case when s.read_at is not null or _status = 'read' then 'read'
        when s.delivered_at is not null or arrived then 'delivered'
        when s.state = 'failed' then 'failed' else 'sent' end,
      error_code = case when arrived or s.state = 'cancelled' then null else s.error_code end
    where s.boutique_id = _boutique and s.id = _send;
    if arrived then
      delete from public.automation_fallbacks_due d
      where d.boutique_id = _boutique and d.send_id = _send;
    end if;
  end if;
end $$;

create function private.note_automation_status() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell_automation_send(new.boutique_id, private.automation_send_of(new.reference),
    new.id, new.status::text, new.error_code);
  return null;
end $$;
-- A webhook's own word: a message's row stays `failed` whatever comes after, but she has it.
create function private.note_told_automation(_message uuid, _status text, _code text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  its public.messages;
begin
  select * into its from public.messages m
  where m.boutique_id = private.current_boutique() and m.id = _message and m.direction = 'out';
  perform private.tell_automation_send(its.boutique_id, private.automation_send_of(its.reference),
    its.id, _status, _code);
end $$;
revoke execute on function private.note_told_automation(uuid, text, text) from public;
grant execute on function private.note_told_automation(uuid, text, text) to boutique_agent;

create trigger messages_carry_an_automation after insert or update of status on public.messages
  for each row when (new.direction = 'out' and new.reference like 'automation:%')
  execute function private.note_automation_status();

-- Whoever ends a send, its tokens and its contact are accounted for.
create function private.owe_for_automation_send() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.state in ('delivered', 'read') and old.state not in ('delivered', 'read')
    or new.state in ('failed', 'cancelled') and old.state not in ('failed', 'cancelled') then
    new.owed := true;
  end if;
  return new;
end $$;
create trigger automation_sends_owe before update of state on public.automation_sends
  for each row execute function private.owe_for_automation_send();

-- The last message of a campaign or an automation that was accepted for her in the span before
-- `_at`: one of the two ids.
create function private.last_touch(_boutique uuid, _customer uuid, _at timestamptz,
  _within interval) returns table (recipient_id uuid, send_id uuid)
language sql stable security definer set search_path = '' as $$
  select t.recipient_id, t.send_id from (
    (select r.id as recipient_id, null::uuid as send_id, r.accepted_at as at
     from public.campaign_recipients r
     where r.boutique_id = _boutique and r.customer_id = _customer
       and r.accepted_at <= _at and r.accepted_at > _at - _within
     order by r.accepted_at desc limit 1)
    union all
    (select null, s.id, s.sent_at from public.automation_sends s
     where s.boutique_id = _boutique and s.customer_id = _customer
       and s.sent_at <= _at and s.sent_at > _at - _within
     order by s.sent_at desc limit 1)
  ) t order by t.at desc limit 1
$$;

create function private.note_reply() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  touched record;
begin
  -- The message she replies to by name, else the last that reached her.
  select m.campaign_recipient_id as recipient_id, private.automation_send_of(m.reference) as send_id
  into touched from public.messages m
  where new.reply_to is not null and m.boutique_id = new.boutique_id
    and m.provider_id = new.reply_to;
  if coalesce(touched.recipient_id, touched.send_id) is null then
    select t.recipient_id, t.send_id into touched from private.last_touch(new.boutique_id,
      (select v.customer_id from public.conversations v
       where v.boutique_id = new.boutique_id and v.id = new.conversation_id),
      new.created_at, interval '3 days') t;
  end if;
  update public.campaign_recipients r set replied_at = new.created_at
  where r.boutique_id = new.boutique_id and r.replied_at is null and r.id = touched.recipient_id;
  update public.automation_sends s set replied_at = new.created_at
  where s.boutique_id = new.boutique_id and s.replied_at is null and s.id = touched.send_id;
  return null;
end $$;
drop trigger messages_answer_a_campaign on public.messages;
drop function private.note_campaign_reply();
create trigger messages_answer_what_was_sent after insert on public.messages
  for each row when (new.direction = 'in' and new.author = 'customer'
    and new.conversation_id is not null)
  execute function private.note_reply();

create function private.note_stop() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  touched record;
begin
  select t.recipient_id, t.send_id into touched from private.last_touch(new.boutique_id,
    new.customer_id, new.created_at, interval '3 days') t;
  update public.campaign_recipients r set opted_out_at = new.created_at
  where r.boutique_id = new.boutique_id and r.opted_out_at is null
    and r.id = touched.recipient_id;
  update public.automation_sends s set opted_out_at = new.created_at
  where s.boutique_id = new.boutique_id and s.opted_out_at is null and s.id = touched.send_id;
  return null;
end $$;
drop trigger consents_end_a_campaign on public.consents;
drop function private.note_campaign_stop();
drop function private.last_campaign_touch(uuid, uuid, timestamptz, interval);
create trigger consents_end_what_was_sent after insert on public.consents
  for each row when (not new.granted) execute function private.note_stop();

-- A paid order is the sale of the message whose link it came by; else of the last one, of a
-- campaign or an automation, that she opened (in five days) or answered (in three).
create or replace function private.note_campaign_sale() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  paid timestamptz := coalesce(new.paid_at, now());
  touched record;
begin
  if exists (select from public.campaign_conversions c
      where c.boutique_id = new.boutique_id and c.order_id = new.id)
    or exists (select from public.automation_conversions c
      where c.boutique_id = new.boutique_id and c.order_id = new.id) then
    return null;
  end if;
  select null::uuid as recipient_id, s.id as send_id, s.rule_id as of_id, 'link' as came_by
  into touched from public.automation_sends s
  where s.boutique_id = new.boutique_id and s.code = new.utm_message_id;
  if not found then
    select t.recipient_id, t.send_id, t.of_id, t.came_by into touched
    from private.touches(new.boutique_id, new.customer_id, paid) t order by t.at desc limit 1;
    if not found then
      return null;
    end if;
  end if;
  if touched.recipient_id is not null then
    insert into public.campaign_conversions (boutique_id, order_id, campaign_id, recipient_id,
      came_by, amount_minor, currency, converted_at)
    values (new.boutique_id, new.id, touched.of_id, touched.recipient_id, touched.came_by,
      greatest(new.total_minor - new.refunded_minor, 0), new.currency, paid);
    update public.campaign_recipients r set converted_at = paid
    where r.boutique_id = new.boutique_id and r.id = touched.recipient_id
      and r.converted_at is null;
  else
    insert into public.automation_conversions (boutique_id, order_id, send_id, rule_id, came_by,
      amount_minor, currency, converted_at)
    values (new.boutique_id, new.id, touched.send_id, touched.of_id, touched.came_by,
      greatest(new.total_minor - new.refunded_minor, 0), new.currency, paid);
    update public.automation_sends s set converted_at = paid
    where s.boutique_id = new.boutique_id and s.id = touched.send_id and s.converted_at is null;
  end if;
  return null;
end $$;

-- How messages touched her before she paid; `of_id` is the campaign or the rule.
create function private.touches(_boutique uuid, _customer uuid, _paid timestamptz)
returns table (recipient_id uuid, send_id uuid, of_id uuid, came_by text, at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.id, null::uuid, r.campaign_id, 'click', o.opened_at
  from public.campaign_recipients r
  join public.catalog_links l on l.boutique_id = r.boutique_id and l.recipient_id = r.id
  join public.catalog_link_opens o on o.boutique_id = l.boutique_id and o.slug = l.slug
    and o.opened_by = 'person'
  where r.boutique_id = _boutique and r.customer_id = _customer
    and o.opened_at <= _paid and o.opened_at > _paid - interval '5 days'
  union all
  select r.id, null, r.campaign_id, 'reply', r.replied_at
  from public.campaign_recipients r
  where r.boutique_id = _boutique and r.customer_id = _customer
    and r.replied_at <= _paid and r.replied_at > _paid - interval '3 days'
  union all
  select null, s.id, s.rule_id, 'click', c.opened_at
  from public.automation_sends s
  join public.automation_clicks c on c.boutique_id = s.boutique_id and c.send_id = s.id
    and c.opened_by = 'person'
  where s.boutique_id = _boutique and s.customer_id = _customer
    and c.opened_at <= _paid and c.opened_at > _paid - interval '5 days'
  union all
  select null, s.id, s.rule_id, 'reply', s.replied_at
  from public.automation_sends s
  where s.boutique_id = _boutique and s.customer_id = _customer
    and s.replied_at <= _paid and s.replied_at > _paid - interval '3 days'
$$;

-- Money that went back is no revenue, and an order that went back wholly is no sale.
create function private.correct_automation_sale() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  kept boolean := new.refund_status <> 'all' and new.fulfilment_status <> 'returned';
begin
  update public.automation_conversions c set
    amount_minor = greatest(new.total_minor - new.refunded_minor, 0),
    reversed_at = case when kept then null else coalesce(c.reversed_at, now()) end
  where c.boutique_id = new.boutique_id and c.order_id = new.id;
  if found then
    update public.automation_sends s set converted_at = (
      select min(c.converted_at) from public.automation_conversions c
      where c.boutique_id = s.boutique_id and c.send_id = s.id and c.reversed_at is null)
    where s.boutique_id = new.boutique_id and s.id = (
      select c.send_id from public.automation_conversions c
      where c.boutique_id = new.boutique_id and c.order_id = new.id);
  end if;
  return null;
end $$;
create trigger orders_take_back_an_automations_sale
  after update of refunded_minor, refund_status, fulfilment_status on public.orders
  for each row when (new.payment_status = 'paid' and (
    old.refunded_minor is distinct from new.refunded_minor
    or old.refund_status is distinct from new.refund_status
    or old.fulfilment_status is distinct from new.fulfilment_status))
  execute function private.correct_automation_sale();

revoke execute on function private.tell_automation_send(uuid, uuid, uuid, text, text),
  private.last_touch(uuid, uuid, timestamptz, interval),
  private.touches(uuid, uuid, timestamptz) from public;
