-- What was changed: beside who and which columns, what was in them before and after, which thing the
-- row belongs to, and by which way a change came that no person made in the dashboard.
alter table public.audit_log
  add column via text default nullif(current_setting('app.via', true), ''),  -- key:<id>, command, whatsapp
  add column about text,  -- a variant's piece, an order's customer: `products:<id>`
  add column was jsonb,
  add column now jsonb;
create index audit_log_about on public.audit_log (boutique_id, about, id desc)
  where about is not null;
create index audit_log_kind on public.audit_log
  (boutique_id, (split_part(subject, ':', 1)), id desc);
create index audit_log_actor on public.audit_log (boutique_id, actor, id desc);
create index audit_log_time on public.audit_log (created_at);

-- Staff read who did what, as before; what was in a column (a cost, a balance) is the owner's to see.
revoke select on public.audit_log from authenticated, boutique_staff;
grant select (boutique_id, id, actor, action, subject, details, created_at, via, about)
  on public.audit_log to authenticated, boutique_staff;
grant select (was, now) on public.audit_log to boutique_owner;

-- Columns whose values are never written down: ways in, numbers of people, what people said.
create function private.audit_hides(_column text) returns boolean
language sql immutable set search_path = '' as $$
  select _column in (
    'secrets', 'digest', 'token_digest', 'callback_token', 'begins_with', 'endpoint', 'p256dh', 'auth',
    'phone', 'owner_phone', 'buyer_phone', 'buyer_name', 'shown_number', 'wa_user_id', 'identity',
    'recipient', 'words', 'body', 'payload', 'perceived', 'understanding', 'details',
    'request', 'answer', 'taken_back_reason')
$$;
-- Columns that say nothing to a person: the row's own key and what the database keeps by itself.
create function private.audit_skips(_column text) returns boolean
language sql immutable set search_path = '' as $$
  select _column in (
    'boutique_id', 'id', 'updated_at', 'created_at', 'owed_minor', 'search', 'found_by', 'low',
    'low_told', 'leads', 'touched_at', 'transaction_id')
$$;
-- A text without the phone numbers in it, and no longer than a person reads.
create function private.without_phones(_text text) returns text
language sql immutable set search_path = '' as $$
  select regexp_replace(left(_text, 1000),
    '(\+|\m)(25\d[ -]?|0)[17]\d{2}[ -]?\d{3}[ -]?\d{3}\M|\+\d[\d -]{7,15}\d', '…', 'g')
$$;
create function private.audit_value(_value jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  case jsonb_typeof(_value)
    when 'string' then return to_jsonb(private.without_phones(_value #>> '{}'));
    when 'array' then
      return (select coalesce(jsonb_agg(private.audit_value(e.value) order by e.place), '[]')
        from jsonb_array_elements(_value) with ordinality e (value, place) where e.place <= 100);
    when 'object' then
      return (select coalesce(jsonb_object_agg(e.key, private.audit_value(e.value)), '{}')
        from jsonb_each(_value) e where e.key !~ 'phone|secret|token|digest|password|_key');
    else return _value;
  end case;
end $$;
create function private.audit_row(_row jsonb) returns jsonb
language sql immutable set search_path = '' as $$
  select nullif(coalesce(jsonb_object_agg(e.key, private.audit_value(e.value)), '{}'), '{}')
  from jsonb_each(_row) e
  where not private.audit_hides(e.key) and not private.audit_skips(e.key)
    and e.key not in ('customer_id', 'conversation_id', 'product_id', 'created_by', 'set_by',
      'sold_by', 'taken_by', 'user_id')
    and e.value not in ('null', '[]', '{}', 'false')
$$;

-- Whose history the row is part of, when it is not the row's own.
create function private.audit_about(_table text, _row jsonb) returns text
language sql immutable set search_path = '' as $$
  select case
    when _table in ('products', 'customers') then null
    when _row ->> 'product_id' is not null then 'products:' || (_row ->> 'product_id')
    when _row ->> 'customer_id' is not null then 'customers:' || (_row ->> 'customer_id')
    when _row ->> 'debtor_id' is not null then 'customers:' || (_row ->> 'debtor_id')
    when _row ->> 'conversation_id' is not null then 'conversations:' || (_row ->> 'conversation_id')
    when _row ->> 'list_id' is not null then 'audience_lists:' || (_row ->> 'list_id')
  end
$$;
-- Who it was. What the owner writes to her shop's number is handled with the assistant's rights.
create function private.audit_actor() returns text
language sql stable set search_path = '' as $$
  select case when current_setting('app.via', true) = 'whatsapp' then 'staff'
    else private.current_actor() end
$$;

create or replace function private.audit_member() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  it jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  former jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end;
  -- Where people wrote to each other, the text is in its own row, and only there.
  spoken boolean := tg_table_name in ('messages', 'conversation_events', 'internal_notes');
  changed jsonb;
  before jsonb;
  after jsonb;
begin
  -- Whatever a command or the owner's own message makes the assistant say is no change.
  if spoken and coalesce(current_setting('app.actor', true), '') = '' then return null; end if;
  -- What goes with its boutique leaves no line: there is nobody to read it.
  if tg_op = 'DELETE' and not exists (
    select from public.boutiques b where b.id = coalesce(it ->> 'boutique_id', it ->> 'id')::uuid)
  then
    return null;
  end if;
  if tg_op = 'UPDATE' then
    select jsonb_agg(n.key order by n.key),
      jsonb_object_agg(n.key, private.audit_value(former -> n.key))
        filter (where not private.audit_hides(n.key)),
      jsonb_object_agg(n.key, private.audit_value(n.value))
        filter (where not private.audit_hides(n.key))
    into changed, before, after
    from jsonb_each(it) n
    where n.value is distinct from former -> n.key
      and n.key not in ('updated_at', 'owed_minor', 'search', 'found_by', 'low', 'touched_at');
    if changed is null then return null; end if;
  elsif tg_op = 'INSERT' then after := private.audit_row(it);
  else before := private.audit_row(it);
  end if;
  if spoken then before := null; after := null; end if;
  insert into public.audit_log (boutique_id, actor, action, subject, details, about, was, now)
  values (
    coalesce(it ->> 'boutique_id', it ->> 'id')::uuid, private.audit_actor(),
    tg_table_name || '_' || lower(tg_op),
    case when tg_table_name = 'orders' then 'order:' || (it ->> 'number')
      else tg_table_name || ':' || coalesce(it ->> 'id', it ->> 'user_id', it ->> 'customer_id',
        it ->> 'debtor_id', it ->> 'cart_id', it ->> 'version', it ->> 'said', it ->> 'subject') end,
    case when changed is null then '{}' else jsonb_build_object('columns', changed) end,
    private.audit_about(tg_table_name, it), before, after);
  return null;
end $$;

-- Many rows by one statement are one line: how many people joined a list, or left it.
create function private.audit_many() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.audit_log (boutique_id, actor, action, subject, about, details)
  select r.boutique_id, private.audit_actor(), tg_table_name || '_' || lower(tg_op),
    'audience_lists:' || r.list_id, null, jsonb_build_object('rows', count(*))
  from changed_rows r
  where (current_setting('app.actor', true) <> '' or current_setting('app.via', true) <> '')
    and exists (select from public.boutiques b where b.id = r.boutique_id)
  group by r.boutique_id, r.list_id;
  return null;
end $$;
create trigger audience_list_members_added after insert on public.audience_list_members
  referencing new table as changed_rows for each statement execute function private.audit_many();
create trigger audience_list_members_removed after delete on public.audience_list_members
  referencing old table as changed_rows for each statement execute function private.audit_many();

create or replace function private.audit_account() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.account = old.account and new.secrets = old.secrets
    and new.active = old.active
  then
    return null;  -- only what its provider said was noted
  end if;
  insert into public.audit_log (boutique_id, actor, action, subject, details, was, now) values (
    new.boutique_id, private.audit_actor(), 'provider_account_' || lower(tg_op),
    'provider_account:' || new.provider,
    jsonb_build_object('account', private.without_phones(new.account), 'active', new.active),
    case when tg_op = 'UPDATE' then jsonb_build_object(
      'account', private.without_phones(old.account), 'active', old.active) end,
    jsonb_build_object('account', private.without_phones(new.account), 'active', new.active)
      || case when tg_op = 'UPDATE' and new.secrets <> old.secrets
        then jsonb_build_object('secrets', 'changed') else '{}' end);
  return null;
end $$;

-- Every table that a person changes has the trigger, whichever way the change comes: a member in the
-- dashboard, a key of hers, a command of whoever runs the installation, the owner's own message.
do $$
declare
  one record;
  named text;
begin
  for one in
    select t.tgname, c.relname, p.proname,
      pg_get_triggerdef(t.oid) as as_it_is
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_proc p on p.oid = t.tgfoid
    where p.pronamespace = 'private'::regnamespace and p.proname in ('audit_member', 'audit_account')
  loop
    execute format('drop trigger %I on public.%I', one.tgname, one.relname);
    execute replace(one.as_it_is,
      'WHEN ((current_setting(''app.actor''::text, true) <> ''''::text))',
      'WHEN ((current_setting(''app.actor''::text, true) <> ''''::text
        OR current_setting(''app.via''::text, true) <> ''''::text))');
  end loop;
  foreach named in array array[
    'alert_choices', 'customer_tags', 'internal_notes', 'push_subscriptions', 'score_rules',
    'daily_closes', 'debt_reminders', 'mpesa_tests', 'cart_reminders', 'consents', 'wearers'
  ] loop
    execute format('create trigger %I after insert or update or delete on public.%I for each row
      when (current_setting(''app.actor'', true) <> '''' or current_setting(''app.via'', true) <> '''')
      execute function private.audit_member()', named || '_audit', named);
  end loop;
  -- Not each row that is counted off while it runs.
  create trigger piece_imports_audit after insert or update of status on public.piece_imports
    for each row when (current_setting('app.actor', true) <> ''
      or current_setting('app.via', true) <> '')
    execute function private.audit_member();
end $$;

-- Whose e-mail stands for `owner:<user id>` in the log of a boutique that the caller owns; a person who
-- has left it since is told too.
create function private.email_of_actor(_actor text) returns text
language sql stable security definer set search_path = '' as $$
  select u.email from auth.users u
  where _actor ~ '^(owner|staff):[0-9a-f-]{36}$' and u.id = split_part(_actor, ':', 2)::uuid
    and (select private.current_boutique()) in (select private.owned_boutiques())
    and exists (select from public.audit_log a
      where a.boutique_id = (select private.current_boutique()) and a.actor = _actor)
$$;
revoke execute on function private.email_of_actor(text) from public;
grant execute on function private.email_of_actor(text) to boutique_owner;

-- What the log holds of a customer's rows goes with her: who changed something stays, not what.
do $$
declare
  erasing text := pg_get_functiondef(p.oid) from pg_proc p
    where p.proname = 'erase_customer' and p.pronamespace = 'private'::regnamespace;
  was text := erasing;
begin
  erasing := replace(erasing, '  perform set_config(''app.erasing'', '''', true);',
    '  update public.audit_log a set was = null, now = null
    where a.boutique_id = _boutique and (a.was is not null or a.now is not null)
      and (a.about = any (select ''customers:'' || one from unnest(her) one)
        or a.about = any (select ''conversations:'' || one from unnest(chats) one)
        or a.subject = any (select ''customers:'' || one from unnest(her) one)
        or a.subject = any (select ''order:'' || o.number from public.orders o
          where o.boutique_id = _boutique and o.id = any (bought)));
  perform set_config(''app.erasing'', '''', true);');
  if erasing = was then raise exception 'erase_customer is not as it was'; end if;
  execute erasing;
end $$;
