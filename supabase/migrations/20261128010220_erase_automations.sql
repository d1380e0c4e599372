-- Erasing a customer takes away what rules wrote to her and what her browser did, and names the
-- tables. That she is not to be written outlives it, as a keyed hash like her stops.
create table private.remembered_suppressions (
  boutique_id uuid not null references public.boutiques on delete cascade,
  digest bytea not null,
  reason text not null,
  primary key (boutique_id, digest)
);
alter table private.remembered_suppressions enable row level security;
revoke all on private.remembered_suppressions from public, anon, authenticated, service_role;

create function private.recall_suppressions() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  with known as (
    delete from private.remembered_suppressions s
    where s.boutique_id = new.boutique_id and s.digest in (
      private.digest_of(new.boutique_id, new.phone),
      private.digest_of(new.boutique_id, new.wa_user_id))
    returning s.digest, s.reason
  )
  insert into public.suppressed_identities (boutique_id, identity, reason)
  select new.boutique_id, one, known.reason
  from known, unnest(array[new.phone, new.wa_user_id]) one
  where known.digest = private.digest_of(new.boutique_id, one)
  on conflict do nothing;
  return null;
end $$;
create trigger customers_recall_suppressions after insert on public.customers
  for each row execute function private.recall_suppressions();
create trigger customers_recall_suppressions_of_a_number after update on public.customers
  for each row when (new.phone is not null and new.phone is distinct from old.phone)
  execute function private.recall_suppressions();

do $$
declare
  erasing text := pg_get_functiondef(p.oid) from pg_proc p
    where p.proname = 'erase_customer' and p.pronamespace = 'private'::regnamespace;
  was text;
begin
  was := erasing;
  erasing := replace(erasing, '  gone jsonb := ''{}'';', '  visitors uuid[];
  gone jsonb := ''{}'';');
  if erasing = was then raise exception 'erase_customer is not as it was'; end if;

  was := erasing;
  erasing := replace(erasing, '  -- What happened stays, with its figures;',
    '  select coalesce(array_agg(distinct one), ''{}'') into visitors from (
    select anonymous_id from public.visitor_customers
      where boutique_id = _boutique and customer_id = any (her)
    union select anonymous_id from public.cart_codes
      where boutique_id = _boutique and customer_id = any (her)
    union select anonymous_id from public.consent_codes
      where boutique_id = _boutique and customer_id = any (her)
  ) known (one) where one is not null;
  update public.orders set utm_message_id = null
    where boutique_id = _boutique and id = any (bought) and utm_message_id is not null;
  delete from public.automation_clicks k using public.automation_sends s
    where k.boutique_id = _boutique and s.boutique_id = _boutique and s.id = k.send_id
      and s.customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''automation_clicks'', n);
  delete from public.automation_conversions v using public.automation_sends s
    where v.boutique_id = _boutique and s.boutique_id = _boutique and s.id = v.send_id
      and s.customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''automation_conversions'', n);
  delete from public.automation_decisions
    where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''automation_decisions'', n);
  delete from public.automation_sends
    where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''automation_sends'', n);
  delete from public.automation_enrolments
    where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''automation_enrolments'', n);
  delete from public.stock_waits where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''stock_waits'', n);
  delete from public.window_carts
    where boutique_id = _boutique and anonymous_id = any (visitors);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''window_carts'', n);
  delete from public.consent_codes where boutique_id = _boutique
    and (customer_id = any (her) or anonymous_id = any (visitors));
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''consent_codes'', n);
  delete from public.cart_codes
    where boutique_id = _boutique and anonymous_id = any (visitors);
  insert into private.remembered_suppressions (boutique_id, digest, reason)
  select _boutique, private.digest_of(_boutique, s.identity), s.reason
  from public.suppressed_identities s
  where s.boutique_id = _boutique and s.identity = any (names) on conflict do nothing;
  -- What happened stays, with its figures;');
  if erasing = was then raise exception 'erase_customer is not as it was'; end if;

  was := erasing;
  erasing := replace(erasing, 'or key in (''number'', ''currency'', ''what''))
    where boutique_id = _boutique
      and (customer_id = any (her) or conversation_id = any (chats));',
    'or key in (''number'', ''currency'', ''what'')),
      customer_id = null, conversation_id = null, anonymous_id = null
    where boutique_id = _boutique and (customer_id = any (her)
      or conversation_id = any (chats) or anonymous_id = any (visitors));');
  if erasing = was then raise exception 'erase_customer is not as it was'; end if;

  was := erasing;
  erasing := replace(erasing, '  delete from public.visitor_customers
    where boutique_id = _boutique and customer_id = any (her);
', '  delete from public.visitor_customers
    where boutique_id = _boutique and customer_id = any (her);
  get diagnostics n = row_count;
  gone := gone || jsonb_build_object(''visitor_customers'', n);
');
  if erasing = was then raise exception 'erase_customer is not as it was'; end if;
  execute erasing;
end $$;
