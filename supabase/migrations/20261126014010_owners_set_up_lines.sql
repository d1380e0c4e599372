-- Owners give their shop's accounts at providers themselves, each asked before it is kept. They write
-- the sealed secrets and never read them: of each, its last four characters are shown.
alter table public.provider_credentials
  add column hints jsonb not null default '{}',  -- {"auth_token": "…a1b2"}
  add column account_since timestamptz not null default now(),  -- this number, this short code
  add column checked_at timestamptz,  -- when the provider was asked last
  add column problem text;  -- what it answered then, as a code; null: all is well
grant select (hints, account_since, checked_at, problem),
  insert (boutique_id, provider, account, secrets, hints, checked_at, problem),
  update (account, secrets, hints, active, account_since, checked_at, problem)
  on public.provider_credentials to boutique_owner;
create policy "Owners give their boutique's accounts" on public.provider_credentials
  for insert to boutique_owner with check (boutique_id in (select private.owned_boutiques()));
create policy "Owners change their boutique's accounts" on public.provider_credentials
  for update to boutique_owner using (boutique_id in (select private.owned_boutiques()));
grant update (whatsapp_provider, payment_provider) on public.boutiques to boutique_owner;

-- A prompt of one shilling to the owner's own phone: whether the shop's M-Pesa works. It is of no
-- order. What became of it is added and never changed, each step once.
create table public.mpesa_tests (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  provider text not null check (provider in ('paylink', 'daraja')),
  account text not null,  -- the short code it tried
  phone text not null,
  amount_minor bigint not null check (amount_minor > 0),
  callback_token text not null unique,
  started_by uuid not null,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id)
);
create index mpesa_tests_newest on public.mpesa_tests (boutique_id, created_at desc);
create table public.mpesa_test_steps (
  boutique_id uuid not null,
  test_id uuid not null,
  step text not null check (step in ('sending', 'accepted', 'ended')),
  checkout_request_id text,
  result_code text,
  result_text text,
  receipt text,
  at timestamptz not null default now(),
  primary key (boutique_id, test_id, step),
  foreign key (boutique_id, test_id) references public.mpesa_tests (boutique_id, id)
    on delete cascade,
  check ((step = 'ended') = (result_code is not null))
);
do $$
declare
  one text;
begin
  foreach one in array array['mpesa_tests', 'mpesa_test_steps'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert, delete on public.%I to service_role', one);
    execute format('grant select, insert on public.%I to boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to boutique_owner
      using (boutique_id in (select private.owned_boutiques()))',
      'Owners read their boutique''s ' || replace(one, '_', ' '), one);
    execute format('create trigger %I before update on public.%I
      for each row execute function private.forbid_change()', one || '_append_only', one);
  end loop;
end $$;
grant select (boutique_id, id, provider, account, phone, amount_minor, started_by, created_at)
  on public.mpesa_tests to boutique_owner;
grant select on public.mpesa_test_steps to boutique_owner;

-- Whoever gives other credentials is in the audit log: which account and what of it, no secret.
create function private.audit_account() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.account = old.account and new.secrets = old.secrets
    and new.active = old.active
  then
    return null;  -- only what its provider said was noted
  end if;
  insert into public.audit_log (boutique_id, actor, action, subject, details) values (
    new.boutique_id, private.current_actor(), 'provider_account_' || lower(tg_op),
    'provider_account:' || new.provider,
    jsonb_build_object('account', new.account, 'active', new.active));
  return null;
end $$;
create trigger provider_credentials_by_a_member
  after insert or update on public.provider_credentials
  for each row when (current_setting('app.actor', true) <> '')
  execute function private.audit_account();
