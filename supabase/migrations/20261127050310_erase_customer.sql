-- Erasing one customer: what is of her alone goes; orders, payments and ledgers stay as the tax
-- records they are, without whose they were.

-- A stop outlives the erasure, as a keyed hash of the number it was said from. The key is each
-- boutique's own, and no role reads either.
create table private.erasure_keys (
  boutique_id uuid primary key references public.boutiques on delete cascade,
  key bytea not null default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
create table private.remembered_stops (
  boutique_id uuid not null references public.boutiques on delete cascade,
  digest bytea not null,
  purpose text not null check (purpose in ('assistant', 'marketing')),
  primary key (boutique_id, digest, purpose)
);
alter table private.erasure_keys enable row level security;
alter table private.remembered_stops enable row level security;
revoke all on private.erasure_keys, private.remembered_stops
  from public, anon, authenticated, service_role;

create function private.digest_of(_boutique uuid, _identity text) returns bytea
language sql stable set search_path = '' as $$
  select sha256(k.key || sha256(k.key || convert_to(_identity, 'UTF8')))
  from private.erasure_keys k where k.boutique_id = _boutique
$$;
revoke all on function private.digest_of(uuid, text) from public;

create function private.recall_stops() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  with said as (
    delete from private.remembered_stops s
    where s.boutique_id = new.boutique_id and s.digest in (
      private.digest_of(new.boutique_id, new.phone),
      private.digest_of(new.boutique_id, new.wa_user_id))
    returning s.purpose
  )
  insert into public.consents (boutique_id, customer_id, purpose, granted, source)
  select distinct new.boutique_id, new.id, said.purpose, false, 'before_erasure' from said;
  return null;
end $$;
create trigger customers_recall_stops after insert on public.customers
  for each row execute function private.recall_stops();
create trigger customers_recall_stops_of_a_number after update on public.customers
  for each row when (new.phone is not null and new.phone is distinct from old.phone)
  execute function private.recall_stops();

-- Append-only tables let one thing pass: the function below, which alone runs as their owner.
create or replace function private.forbid_change() returns trigger language plpgsql as $$
begin
  if tg_level = 'ROW' and current_setting('app.erasing', true) = 'on' and current_user = (
    select pg_catalog.pg_get_userbyid(p.proowner) from pg_catalog.pg_proc p
    where p.oid = 'private.erase_customer(uuid)'::regprocedure)
  then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

-- Returns the files that are to be removed, and how many rows of each table went or were kept.
create function private.erase_customer(_customer uuid) returns jsonb
language plpgsql security definer set search_path = '' as $$
declare
  _boutique uuid := private.current_boutique();
  her uuid[];  -- she, and the rows that were merged into her
  chats uuid[];
  bought uuid[];
  baskets uuid[];
  letters uuid[];
  sent uuid[];
  names text[];  -- every identity that she wrote from
  called text[];
  files text[];
  gone jsonb := '{}';
  kept jsonb;
  n bigint;
begin
  if _boutique is null or not exists (
    select from public.customers where boutique_id = _boutique and id = _customer)
  then
    return null;
  end if;
  with recursive rows_of_hers as (
    select _customer as id
    union
    select c.id from public.customers c, rows_of_hers h
    where c.boutique_id = _boutique and c.wa_user_id = 'merged:' || h.id || ':' || c.id
  )
  select array_agg(id) into her from rows_of_hers;
  perform from public.customers where boutique_id = _boutique and id = any (her)
    order by id for update;
  select coalesce(array_agg(id order by id), '{}') into chats from public.conversations
    where boutique_id = _boutique and customer_id = any (her);
  -- A turn under way ends first.
  perform pg_advisory_xact_lock(hashtextextended(id::text, 0)) from unnest(chats) id;
  perform set_config('app.erasing', 'on', true);

  select coalesce(array_agg(distinct name), '{}') into names from (
    select unnest(array[phone, wa_user_id]) from public.customers
      where boutique_id = _boutique and id = any (her)
    union select name from public.former_names
      where boutique_id = _boutique and customer_id = any (her)
    union select identity from public.campaign_recipients
      where boutique_id = _boutique and customer_id = any (her)
  ) known (name)
  where name is not null and name !~ '^(merged|former|erased):';
  select coalesce(array_agg(distinct lower(name)), '{}') into called from public.customers
    where boutique_id = _boutique and id = any (her) and length(name) > 1;
  select coalesce(array_agg(id), '{}') into bought from public.orders
    where boutique_id = _boutique and customer_id = any (her);
  select coalesce(array_agg(id), '{}') into baskets from public.carts
    where boutique_id = _boutique and customer_id = any (her);
  select coalesce(array_agg(id), '{}') into sent from public.campaign_recipients
    where boutique_id = _boutique and customer_id = any (her);
  -- Hers, and what the owner was told of her.
  select coalesce(array_agg(m.id), '{}') into letters from public.messages m
    where m.boutique_id = _boutique and (m.conversation_id = any (chats)
      or m.recipient = any (names)
      or m.conversation_id is null and (m.payload ->> 'about' = any (chats::text[])
        or m.reference in (select 'order:' || o.number from public.orders o
          where o.boutique_id = _boutique and o.id = any (bought))
        or exists (select from unnest(names) one where strpos(m.body, ltrim(one, '+')) > 0)
        or exists (select from unnest(called) one where strpos(lower(m.body), one) > 0)));
  select coalesce(array_agg(distinct m.media_path), '{}') into files from public.messages m
    where m.boutique_id = _boutique and m.id = any (letters) and m.media_path is not null
      and not exists (select from public.product_images i
        where i.boutique_id = _boutique and i.path = m.media_path)
      and not exists (select from public.collages g
        where g.boutique_id = _boutique and g.media_path = m.media_path)
      and not exists (select from public.messages other where other.boutique_id = _boutique
        and other.media_path = m.media_path and not other.id = any (letters));

  insert into private.erasure_keys (boutique_id) values (_boutique) on conflict do nothing;
  insert into private.remembered_stops (boutique_id, digest, purpose)
  select distinct _boutique, private.digest_of(_boutique, one), last.purpose
  from unnest(names) one, (
    select distinct on (purpose) purpose, granted from public.consents
    where boutique_id = _boutique and customer_id = any (her) order by purpose, id desc
  ) last
  where not last.granted on conflict do nothing;

  -- Ledgers and orders, without whose they were.
  update public.orders set address = '-', latitude = null, longitude = null, note = null,
    conversation_id = null, cart_id = null
    where boutique_id = _boutique and id = any (bought);
  update public.order_items set wearer_id = null
    where boutique_id = _boutique and order_id = any (bought) and wearer_id is not null;
  update public.payments set phone = '+10000000'
    where boutique_id = _boutique and order_id = any (bought);
  get diagnostics n = row_count;
  kept := jsonb_build_object('orders', cardinality(bought), 'payments', n);
  update public.refunds set words = '' where boutique_id = _boutique and order_id = any (bought);
  get diagnostics n = row_count;
  kept := kept || jsonb_build_object('refunds', n);
  update public.counter_sales set buyer_phone = null,
    buyer_name = case when paid_by = 'credit' then '-' end
    where boutique_id = _boutique
      and (customer_id = any (her) or buyer_phone = any (names));
  get diagnostics n = row_count;
  kept := kept || jsonb_build_object('counter_sales', n);
  update public.statement_lines l set phone = null, other_party = null, details = '-'
    where l.boutique_id = _boutique and (exists (select from unnest(names) one
        where l.phone = ltrim(one, '+') or strpos(l.details, ltrim(one, '+')) > 0)
      or l.id in (select m.line_id from public.statement_matches m
      left join public.payments p on p.boutique_id = m.boutique_id and p.id = m.payment_id
      left join public.refunds r on r.boutique_id = m.boutique_id and r.id = m.refund_id
      left join public.counter_sales s on s.boutique_id = m.boutique_id and s.id = m.sale_id
      where m.boutique_id = _boutique and (p.order_id = any (bought)
        or r.order_id = any (bought) or s.customer_id = any (her))));
  update public.statement_matches m set note = '' where m.boutique_id = _boutique
    and m.line_id in (select l.id from public.statement_lines l
      where l.boutique_id = _boutique and l.details = '-');
  update public.campaign_recipients set identity = 'erased:' || id, variables = '{}',
    message_id = null where boutique_id = _boutique and id = any (sent);
  kept := kept || jsonb_build_object('campaign_recipients', cardinality(sent));
  -- What happened stays, with its figures; words that somebody said do not.
  update public.domain_events set payload = (
      select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(payload)
      where jsonb_typeof(value) in ('number', 'boolean') or key in ('number', 'currency', 'what'))
    where boutique_id = _boutique
      and (customer_id = any (her) or conversation_id = any (chats));
  get diagnostics n = row_count;
  kept := kept || jsonb_build_object('domain_events', n);

  delete from public.visitor_customers
    where boutique_id = _boutique and customer_id = any (her);
  delete from public.cart_codes where boutique_id = _boutique and customer_id = any (her);
  delete from public.catalog_link_opens where boutique_id = _boutique and slug in (
    select slug from public.catalog_links
    where boutique_id = _boutique and customer_id = any (her));
  delete from public.catalog_links where boutique_id = _boutique and customer_id = any (her);
  delete from public.audience_list_members
    where boutique_id = _boutique and customer_id = any (her);
  delete from public.marketing_contacts where boutique_id = _boutique and identity = any (names);
  delete from public.suppressed_identities
    where boutique_id = _boutique and identity = any (names);
  delete from public.size_facts where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('size_facts', n);
  delete from public.requests where boutique_id = _boutique
    and (customer_id = any (her) or conversation_id = any (chats));
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('requests', n);
  delete from public.carts where boutique_id = _boutique and id = any (baskets);
  gone := gone || jsonb_build_object('carts', cardinality(baskets));
  delete from public.wearers where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('wearers', n);
  delete from public.customer_tags where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('customer_tags', n);
  delete from public.customer_profiles where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('customer_profiles', n);
  delete from public.consents where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('consents', n);
  delete from public.former_names where boutique_id = _boutique and customer_id = any (her);
  delete from public.conversation_memories
    where boutique_id = _boutique and conversation_id = any (chats);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('conversation_memories', n);
  delete from public.internal_notes
    where boutique_id = _boutique and conversation_id = any (chats);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object('internal_notes', n);
  delete from public.conversation_events
    where boutique_id = _boutique and conversation_id = any (chats);
  delete from public.owner_inbox where boutique_id = _boutique and message_id = any (letters);
  delete from public.cart_reminders where boutique_id = _boutique and message_id = any (letters);
  delete from public.messages where boutique_id = _boutique and id = any (letters);
  gone := gone || jsonb_build_object('messages', cardinality(letters));
  delete from public.conversations where boutique_id = _boutique and id = any (chats);
  -- Kept as rows, so that what a provider sends twice is not taken twice.
  update public.webhook_events e set payload = '{}' where e.boutique_id = _boutique
    and exists (select from unnest(names) one where strpos(e.payload::text, ltrim(one, '+')) > 0);
  delete from public.idempotency_keys k where k.boutique_id = _boutique and exists (
    select from unnest(names || called || chats::text[] || her::text[]) one
    where strpos(lower(k.answer::text), lower(one)) > 0);
  update public.owner_sessions s set pending = null where s.boutique_id = _boutique and exists (
    select from unnest(names || called || chats::text[] || her::text[]) one
    where strpos(lower(s.pending::text), lower(one)) > 0);
  update public.customers set phone = null, name = null, language = null, notes = null,
    wa_user_id = 'erased:' || id where boutique_id = _boutique and id = any (her);
  -- Of all boutiques: what is still some other's stays.
  select coalesce(array_agg(one), '{}') into names from unnest(names) one
    where not exists (select from public.customers c where c.phone = one or c.wa_user_id = one);
  delete from private.portfolio_users where identity = any (names);
  delete from private.shared_questions where identity = any (names);
  delete from private.number_notes where recipient = any (names);
  perform set_config('app.erasing', '', true);
  insert into public.audit_log (boutique_id, actor, action, subject, details) values (
    _boutique, private.current_actor(), 'customer_erased', 'customers:' || _customer,
    jsonb_build_object('removed', gone, 'kept', kept, 'files', cardinality(files)));
  return jsonb_build_object('files', to_jsonb(files), 'removed', gone, 'kept', kept);
end $$;
revoke all on function private.erase_customer(uuid) from public;
grant execute on function private.erase_customer(uuid) to boutique_owner, service_role;
