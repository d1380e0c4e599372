-- What Supabase brings and a plain PostgreSQL lacks: its roles and the parts of its `auth` and
-- `storage` schemas that our migrations name. Run on the embedded server only.

do $$
declare wanted text;
begin
  foreach wanted in array array['anon', 'authenticated'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin noinherit', wanted);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin noinherit bypassrls;
  end if;
  -- Every connection of ours logs in as this role: no rights of its own, it must take one.
  if not exists (select from pg_roles where rolname = 'dukani_app') then
    create role dukani_app login noinherit;
  end if;
  -- Supabase Auth has a role of its own there; our auth service takes this one.
  if not exists (select from pg_roles where rolname = 'dukani_identity') then
    create role dukani_identity nologin noinherit;
  end if;
end $$;

grant authenticated, service_role, dukani_identity to dukani_app;

create schema if not exists auth;
grant usage on schema auth to anon, authenticated, service_role, dukani_identity;

create table if not exists auth.users (
  id uuid primary key default gen_random_uuid(),
  email text unique,
  encrypted_password text,
  raw_app_meta_data jsonb not null default '{}',
  raw_user_meta_data jsonb not null default '{}',
  created_at timestamptz not null default now()
);
-- Added later, so that a database of an earlier version gets them too.
alter table auth.users
  add column if not exists aud text not null default 'authenticated',
  add column if not exists role text not null default 'authenticated',
  add column if not exists email_confirmed_at timestamptz,
  add column if not exists invited_at timestamptz,
  add column if not exists recovery_sent_at timestamptz,
  add column if not exists last_sign_in_at timestamptz,
  add column if not exists banned_until timestamptz,
  add column if not exists updated_at timestamptz not null default now();

-- A sign-in. The refresh token that counts is the one with this counter, signed by the session's
-- own key (sealed), so that no token is kept here and a session stays one row.
create table if not exists auth.sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users on delete cascade,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  not_after timestamptz not null,
  user_agent text,
  ip inet,
  refresh_token_hmac_key text not null,
  refresh_token_counter bigint not null default 0
);
create index if not exists sessions_user on auth.sessions (user_id);
create index if not exists sessions_over on auth.sessions (not_after);

-- What a link in a mail proves, once; only the token's hash is kept.
create table if not exists auth.one_time_tokens (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users on delete cascade,
  token_type text not null check (token_type in ('confirmation_token', 'recovery_token')),
  token_hash text not null unique,
  relates_to text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, token_type)
);

-- Ours: the keys that sign access tokens. `retired_at`: since then it only verifies.
create table if not exists auth.signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  sealed_key text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);

grant select, insert, update, delete
  on auth.users, auth.sessions, auth.one_time_tokens, auth.signing_keys to dukani_identity;

create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb
$$;
create or replace function auth.uid() returns uuid language sql stable as $$
  select nullif(auth.jwt() ->> 'sub', '')::uuid
$$;
create or replace function auth.role() returns text language sql stable as $$
  select auth.jwt() ->> 'role'
$$;

create schema if not exists storage;
create table if not exists storage.buckets (
  id text primary key,
  name text not null,
  public boolean not null default false
);

create extension if not exists vector;

-- The demo's month of history is written by the tools of every day and then moved back in time.
-- Only what the same transaction wrote can be moved, or the opening of a shop to which nobody has
-- come yet, and only here: no other server has this.
create schema if not exists demo;
revoke all on schema demo from public;
grant usage on schema demo to dukani_app;

create or replace function demo.happened(boutique uuid, moved_to timestamptz) returns void
language plpgsql security definer
set search_path = ''
set session_replication_role = replica  -- append-only tables too
as $$
declare
  one record;
begin
  for one in
    select c.relname,
      string_agg(format(
        '%1$I = case when %1$I between now() and clock_timestamp() then $2 else %1$I end',
        a.attname), ', ') as moved,
      string_agg(format('%I between now() and clock_timestamp()', a.attname), ' or ') as written
    from pg_catalog.pg_locks l  -- what the transaction wrote into
    join pg_catalog.pg_class c on c.oid = l.relation and c.relkind = 'r'
      and c.relnamespace = 'public'::regnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and a.atttypid = 'timestamptz'::regtype
    where l.pid = pg_catalog.pg_backend_pid() and l.locktype = 'relation'
      and l.mode = 'RowExclusiveLock'
      and exists (
        select from pg_catalog.pg_attribute b
        where b.attrelid = c.oid and b.attname = 'boutique_id' and not b.attisdropped)
    group by c.relname
  loop
    execute format('update public.%I set %s where boutique_id = $1 and (%s)',
      one.relname, one.moved, one.written) using boutique, moved_to;
  end loop;
end $$;

create or replace function demo.opened_before(boutique uuid, earlier interval) returns void
language plpgsql security definer
set search_path = ''
set session_replication_role = replica
as $$
begin
  if exists (select from public.customers c where c.boutique_id = boutique)
    or exists (select from public.counter_sales s where s.boutique_id = boutique)
  then
    raise exception 'somebody has bought or written here: its past is written';
  end if;
  update public.products set created_at = created_at - earlier where boutique_id = boutique;
  update public.stock_movements set created_at = created_at - earlier
  where boutique_id = boutique and reason = 'opening';
  update public.wallet_transfers set created_at = created_at - earlier
  where boutique_id = boutique;
end $$;

revoke all on function demo.happened, demo.opened_before from public;
grant execute on function demo.happened, demo.opened_before to dukani_app;
