-- The ground: roles, schemas and the helpers every policy stands on.
-- Supabase opens `public` to its API keys by default; here nothing is open until it is granted.

create extension if not exists vector;

do $$
begin
  -- The assistant's role: sees one boutique, the one set for the transaction.
  if not exists (select from pg_roles where rolname = 'boutique_agent') then
    create role boutique_agent nologin noinherit;
  end if;
  execute format('grant boutique_agent to %I', current_user);
  if exists (select from pg_roles where rolname = 'dukani_app') then
    grant boutique_agent to dukani_app;
  end if;
end $$;

alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public revoke execute on functions from public, anon, authenticated;

grant usage on schema public to boutique_agent, authenticated, service_role;

create schema private;  -- helpers, not reachable through the public API
grant usage on schema private to boutique_agent, authenticated, service_role;

create schema jobs;  -- Procrastinate's tables
create schema memory;  -- LangGraph's checkpoints
grant usage on schema jobs, memory to boutique_agent, service_role;

create function private.current_boutique() returns uuid language sql stable as $$
  select nullif(current_setting('app.boutique_id', true), '')::uuid
$$;

create function private.forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;

create function private.touch() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;
