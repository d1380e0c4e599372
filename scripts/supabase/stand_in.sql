-- What a new Supabase project has before the first migration, as far as ours name it: read from
-- supabase/postgres (migrations/db, November 2026). Run as a superuser on an empty PostgreSQL 17.
-- `postgres` is no superuser there; here that name is taken, so `project_owner` stands for it.

create role project_owner login nosuperuser createdb createrole replication bypassrls;
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to project_owner with admin option;

create schema extensions;
create schema auth;
create schema storage;
grant usage on schema public, extensions, auth to anon, authenticated, service_role;
grant all on schema public, extensions, auth to project_owner with grant option;
alter role project_owner set search_path to "$user", public, extensions;

-- Supabase lets its `postgres` create trusted extensions of its list, and `vector` is one.
create extension vector schema :schema_of_vector;

alter default privileges for role project_owner in schema public
  grant all on tables to anon, authenticated, service_role;
alter default privileges for role project_owner in schema public
  grant all on functions to anon, authenticated, service_role;
alter default privileges for role project_owner in schema public
  grant all on sequences to anon, authenticated, service_role;

create table auth.users (
  id uuid primary key, aud varchar(255), role varchar(255), email varchar(255),
  encrypted_password varchar(255), email_confirmed_at timestamptz, invited_at timestamptz,
  raw_app_meta_data jsonb, raw_user_meta_data jsonb, last_sign_in_at timestamptz,
  banned_until timestamptz, created_at timestamptz, updated_at timestamptz
);
grant all on auth.users to project_owner;
create function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb
$$;
create function auth.uid() returns uuid language sql stable as $$
  select nullif(auth.jwt() ->> 'sub', '')::uuid
$$;
create function auth.role() returns text language sql stable as $$
  select auth.jwt() ->> 'role'
$$;

create table storage.buckets (
  id text primary key, name text not null, public boolean default false, file_size_limit bigint
);
create table storage.objects (
  id uuid primary key default gen_random_uuid(), bucket_id text references storage.buckets,
  name text, owner_id text, metadata jsonb
);
alter table storage.objects enable row level security;
grant all on all tables in schema storage to service_role;
grant select, insert, update, delete on storage.objects to anon, authenticated;
grant usage on schema storage to anon, authenticated, service_role, project_owner;
grant select on storage.buckets, storage.objects to project_owner;

create publication supabase_realtime;
alter publication supabase_realtime owner to project_owner;
