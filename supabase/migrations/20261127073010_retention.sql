-- How long things are kept: one job a night deletes what is older than its kind may be, by an index,
-- and writes down what it did.

-- Of the installation: when each kind was last looked through, and up to where, for what is emptied in
-- its row and so stays in the index.
create table private.retention_runs (
  kind text primary key,
  ran_at timestamptz not null,
  finished_at timestamptz,
  days integer not null,
  removed bigint not null default 0,
  done_until timestamptz
);
revoke all on private.retention_runs from public;
grant select, insert, update on private.retention_runs to service_role;

-- Of a boutique: what of its own was deleted.
create table public.retention_purges (
  boutique_id uuid not null references public.boutiques on delete cascade,
  kind text not null,
  ran_at timestamptz not null,
  removed bigint not null,  -- in that night
  removed_in_all bigint not null,
  primary key (boutique_id, kind)
);
alter table public.retention_purges enable row level security;
revoke all on public.retention_purges from anon, authenticated, service_role;
grant select, insert, update on public.retention_purges to service_role;
grant select on public.retention_purges to boutique_owner;
create policy "Owners read what was deleted of their boutique" on public.retention_purges
  for select to boutique_owner using (boutique_id in (select private.owned_boutiques()));

create function private.last_retention_runs() returns table (kind text, ran_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select r.kind, r.finished_at from private.retention_runs r
$$;
revoke execute on function private.last_retention_runs() from public;
grant execute on function private.last_retention_runs() to boutique_owner, service_role;

-- The two ledgers that end some day, which nobody else deletes from. Never anything younger, whatever
-- is set: an owner must be able to look up a year's changes, and a figure a season's events.
create function private.purge_audit_log(_before timestamptz, _most integer)
returns table (boutique_id uuid, removed bigint)
language sql security definer set search_path = '' as $$
  with gone as (
    delete from public.audit_log a where a.ctid = any (array(
      select o.ctid from public.audit_log o
      where o.created_at < least(_before, now() - interval '365 days')
        -- That a customer was erased, and her data given out, is proof of it.
        and o.action not in ('customer_erased', 'customer_exported')
      order by o.created_at limit _most))
    returning a.boutique_id)
  select g.boutique_id, count(*) from gone g group by g.boutique_id
$$;
create function private.purge_domain_events(_before timestamptz, _most integer)
returns table (boutique_id uuid, removed bigint)
language sql security definer set search_path = '' as $$
  with gone as (
    delete from public.domain_events e where e.ctid = any (array(
      select o.ctid from public.domain_events o
      where o.occurred_at < least(_before, now() - interval '90 days')
      order by o.occurred_at limit _most))
    returning e.boutique_id)
  select g.boutique_id, count(*) from gone g group by g.boutique_id
$$;
revoke execute on function private.purge_audit_log(timestamptz, integer),
  private.purge_domain_events(timestamptz, integer) from public;
grant execute on function private.purge_audit_log(timestamptz, integer),
  private.purge_domain_events(timestamptz, integer) to service_role;

-- When the texts of a chat that had been silent for long were taken out.
alter table public.conversations add column emptied_at timestamptz;
create index conversations_silent on public.conversations ((greatest(last_inbound_at, created_at)))
  where emptied_at is null;
create index conversations_emptied on public.conversations (emptied_at)
  where emptied_at is not null;

create index messages_time on public.messages (created_at);
create index webhook_events_time on public.webhook_events (created_at) where boutique_id is not null;
create index domain_events_time on public.domain_events (occurred_at);
create index conversation_events_done on public.conversation_events (handled_at)
  where handled_at is not null;
create index conversation_memories_time on public.conversation_memories (updated_at);
create index piece_imports_over on public.piece_imports (finished_at)
  where finished_at is not null;
create index catalog_link_opens_time on public.catalog_link_opens (opened_at);
create index cart_links_over on public.cart_links (expires_at);
create index cart_codes_over on public.cart_codes (expires_at);
create index unmet_wishes_time on public.unmet_wishes (created_at);
