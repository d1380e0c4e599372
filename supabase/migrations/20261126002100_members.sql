-- What a person of the shop may do in it, by role.
--
-- `authenticated` keeps to reading: on Supabase everybody with a login takes that role through the
-- public API, past our own checks. Writing is for two roles that only the service can take, after
-- it has found the person among the boutique's members (`core/database.py`, `member_connection`).
--
-- Owners keep the shop, staff serve its customers. Neither moves money or stock, writes a ledger or
-- reads a secret: that is the work of the tools, with the assistant's or the system's rights.

do $$
begin
  if not exists (select from pg_roles where rolname = 'boutique_staff') then
    create role boutique_staff nologin noinherit;
  end if;
  if not exists (select from pg_roles where rolname = 'boutique_owner') then
    create role boutique_owner nologin inherit;
  end if;
  grant boutique_staff to boutique_owner;
  execute format('grant boutique_staff, boutique_owner to %I', current_user);
  if exists (select from pg_roles where rolname = 'dukani_app') then
    grant boutique_staff, boutique_owner to dukani_app;
  end if;
end $$;

grant usage on schema public, private, jobs to boutique_staff;

-- Whoever acts in one boutique sees no other, though a member of several.
create or replace function private.my_boutiques() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select boutique_id from public.boutique_members
  where user_id = (select auth.uid())
    and boutique_id = coalesce((select private.current_boutique()), boutique_id)
$$;

create function private.owned_boutiques() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select boutique_id from public.boutique_members
  where user_id = (select auth.uid()) and role = 'owner'
    and boutique_id = coalesce((select private.current_boutique()), boutique_id)
$$;

-- Null: no member of the boutique that is set.
create function private.member_role() returns text
language sql stable security definer set search_path = '' as $$
  select role from public.boutique_members
  where user_id = (select auth.uid()) and boutique_id = (select private.current_boutique())
$$;

create function private.my_user_id() returns uuid
language sql stable security definer set search_path = '' as $$
  select auth.uid()
$$;

-- Who does what this transaction does: `owner:<user id>`, `staff:<user id>`, assistant or system.
create function private.current_actor() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('app.actor', true), ''),
    case current_setting('role') when 'boutique_agent' then 'assistant' else 'system' end)
$$;

grant execute on function private.member_role() to authenticated;
grant execute on function private.my_boutiques(), private.owned_boutiques(),
  private.current_boutique(), private.my_user_id(), private.member_role() to boutique_staff;
grant execute on function private.current_actor()
  to boutique_agent, service_role, boutique_staff;

-- What a login may read, members may read in the boutique they act in.
do $$
declare
  it record;
begin
  for it in
    select c.oid, c.relname, has_table_privilege('authenticated', c.oid, 'select') as whole,
      (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
         and has_column_privilege('authenticated', c.oid, a.attnum, 'select')) as readable
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  loop
    if it.whole then
      execute format('grant select on public.%I to boutique_staff', it.relname);
    elsif it.readable is not null then
      execute format('grant select (%s) on public.%I to boutique_staff', it.readable, it.relname);
    end if;
  end loop;
  for it in
    select tablename, policyname from pg_policies
    where schemaname = 'public' and roles = '{authenticated}'
  loop
    execute format('alter policy %I on public.%I to authenticated, boutique_staff',
      it.policyname, it.tablename);
  end loop;
end $$;

-- Staff serve customers.
alter table public.customers add column notes text;  -- the shop's own, of this customer

grant update (notes) on public.customers to boutique_staff;
grant update (handed_off_at, handoff_reason, last_staff_at) on public.conversations
  to boutique_staff;
grant insert (boutique_id, id, conversation_id, recipient, direction, author, kind, body,
  media_path, reply_to, payload, channel, status, attempts, updated_at, purpose, send_after,
  template, reference) on public.messages to boutique_staff;
grant insert (boutique_id, conversation_id, kind, message_id, payload)
  on public.conversation_events to boutique_staff;
grant update (fulfilment_status) on public.orders to boutique_staff;
grant update (status, done_at) on public.requests to boutique_staff;

create policy "Members queue replies of their own" on public.messages
  for insert to boutique_staff
  with check (boutique_id in (select private.my_boutiques()) and conversation_id is not null
    and direction = 'out' and author = 'staff' and status = 'queued');
create policy "Members take a chat and give it back" on public.conversation_events
  for insert to boutique_staff
  with check (boutique_id in (select private.my_boutiques())
    and kind in ('staff_message', 'hand_back'));

-- Owners keep the shop.
grant select (boutique_id, provider, account, active, created_at, updated_at, inbound_read_until)
  on public.provider_credentials to boutique_owner;
grant update (name, timezone, language, owner_name, owner_phone, delivery_fee_minor, shop_info)
  on public.boutiques to boutique_owner;
grant insert (boutique_id, user_id, role), update (role), delete
  on public.boutique_members to boutique_owner;
grant update (name, language) on public.customers to boutique_owner;
grant update (address, latitude, longitude, note, zone) on public.orders to boutique_owner;
-- A product is not deleted, for its ledger would go with it: it is taken off sale (`active`).
grant insert (boutique_id, id, sku, name, description, category, pattern, embroidery, occasions,
    price_minor, active),
  update (sku, name, description, category, pattern, embroidery, occasions, price_minor, active)
  on public.products to boutique_owner;
grant insert (boutique_id, id, product_id, colour, size, sku, price_minor),
  update (colour, size, sku, price_minor) on public.product_variants to boutique_owner;
grant insert (boutique_id, id, product_id, colour, path, position), update (colour, position),
  delete on public.product_images to boutique_owner;
grant insert (boutique_id, id, name, aliases, fee_minor, days_min, days_max, pickup, latitude,
    longitude, radius_km, position),
  update (name, aliases, fee_minor, days_min, days_max, pickup, latitude, longitude, radius_km,
    position),
  delete on public.delivery_zones to boutique_owner;

create policy "Owners see which accounts their boutique has" on public.provider_credentials
  for select to boutique_owner using (boutique_id in (select private.owned_boutiques()));
create policy "Owners describe their boutique" on public.boutiques
  for update to boutique_owner using (id in (select private.owned_boutiques()));

-- Nobody removes or demotes herself, so a boutique keeps an owner.
create policy "Owners add members" on public.boutique_members for insert to boutique_owner
  with check (boutique_id in (select private.owned_boutiques())
    and user_id <> (select private.my_user_id()));
create policy "Owners change the others' roles" on public.boutique_members
  for update to boutique_owner
  using (boutique_id in (select private.owned_boutiques())
    and user_id <> (select private.my_user_id()));
create policy "Owners remove the others" on public.boutique_members for delete to boutique_owner
  using (boutique_id in (select private.owned_boutiques())
    and user_id <> (select private.my_user_id()));

do $$
declare
  one text;
begin
  foreach one in array array['customers', 'conversations', 'orders', 'requests'] loop
    execute format('create policy %I on public.%I for update to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members attend to their boutique''s ' || one, one);
  end loop;
  foreach one in array array['products', 'product_variants', 'product_images', 'delivery_zones']
  loop
    execute format('create policy %I on public.%I for insert to boutique_owner
      with check (boutique_id in (select private.owned_boutiques()))',
      'Owners add to their boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for update to boutique_owner
      using (boutique_id in (select private.owned_boutiques()))',
      'Owners change their boutique''s ' || replace(one, '_', ' '), one);
    -- Without the right to delete, which only two of them grant, this opens nothing.
    execute format('create policy %I on public.%I for delete to boutique_owner
      using (boutique_id in (select private.owned_boutiques()))',
      'Owners remove from their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;

-- What a member writes is in the audit log with the member's name, whichever room wrote it: which
-- row and which columns, never what was in them.
create function private.audit_member() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  it jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  changed jsonb;
begin
  if tg_op = 'UPDATE' then
    select jsonb_agg(n.key order by n.key) into changed
    from jsonb_each(it) n
    where n.value is distinct from to_jsonb(old) -> n.key
      and n.key not in ('updated_at', 'search');
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
do $$
declare
  one text;
begin
  foreach one in array array[
    'boutiques', 'boutique_members', 'customers', 'products', 'product_variants',
    'product_images', 'conversations', 'messages', 'conversation_events', 'orders', 'requests',
    'delivery_zones'
  ] loop
    execute format('create trigger %I after insert or update or delete on public.%I
      for each row when (current_setting(''app.actor'', true) <> '''')
      execute function private.audit_member()', one || '_by_a_member', one);
  end loop;
end $$;
