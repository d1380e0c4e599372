-- Everything of a boutique as one file, which its owner asks for: written by a job in parts into the
-- media store, fetched by owners for a day, then deleted.
create table public.boutique_exports (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  asked_by uuid,
  status text not null default 'waiting'
    check (status in ('waiting', 'running', 'done', 'failed', 'gone')),
  run integer not null default 0,
  tables integer not null default 0,
  tables_done integer not null default 0,
  rows bigint not null default 0,
  files integer not null default 0,
  missing_files integer not null default 0,
  parts integer not null default 0,
  bytes bigint not null default 0,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  expires_at timestamptz,
  primary key (boutique_id, id)
);
create unique index boutique_exports_one_at_a_time on public.boutique_exports (boutique_id)
  where status in ('waiting', 'running');
create index boutique_exports_newest on public.boutique_exports (boutique_id, created_at desc);
create index boutique_exports_over on public.boutique_exports (expires_at) where status = 'done';
alter table public.boutique_exports enable row level security;
revoke all on public.boutique_exports from anon, authenticated, service_role;
grant select, insert, update, delete on public.boutique_exports to service_role;
grant select, insert on public.boutique_exports to boutique_agent;
grant select on public.boutique_exports to boutique_owner;
create policy "The assistant works with its own boutique's exports" on public.boutique_exports
  for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Owners read their boutique's exports" on public.boutique_exports
  for select to boutique_owner using (boutique_id in (select private.owned_boutiques()));
create trigger boutique_exports_audit after insert on public.boutique_exports
  for each row when (current_setting('app.actor', true) <> ''
    or current_setting('app.via', true) <> '')
  execute function private.audit_member();
