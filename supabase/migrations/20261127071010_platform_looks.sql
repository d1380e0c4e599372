-- A platform admin looks at a boutique's dashboard as its owner sees it: for a reason, for an hour at
-- most, and reading only. Its owner sees who looked for what reason, and at which kinds of pages.
create table public.platform_looks (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  admin_id uuid not null references auth.users on delete cascade,
  reason text not null check (length(reason) between 3 and 500),
  began_at timestamptz not null default now(),
  ends_at timestamptz not null,
  ended_at timestamptz check (ended_at >= began_at),
  pages text[] not null default '{}',  -- kinds, in the order in which they were looked at
  primary key (boutique_id, id),
  check (ends_at > began_at and ends_at <= began_at + interval '1 hour')
);
create unique index platform_looks_open on public.platform_looks (admin_id, boutique_id)
  where ended_at is null;
create index platform_looks_newest on public.platform_looks (boutique_id, began_at desc);

alter table public.platform_looks enable row level security;
revoke all on public.platform_looks from anon, authenticated, service_role;
grant select, insert, update (ended_at, pages) on public.platform_looks to service_role;
grant select (boutique_id, id, reason, began_at, ends_at, ended_at, pages)
  on public.platform_looks to boutique_owner;
create policy "Owners read who looked at their boutique" on public.platform_looks
  for select to boutique_owner
  using (boutique_id in (select private.owned_boutiques()));

-- For the person who looks: which boutiques are open to her now. A look counts only while she is a
-- platform admin.
create function private.my_looks() returns table (
  id uuid, boutique_id uuid, slug text, name text, currency text, timezone text, language text,
  reason text, began_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select l.id, l.boutique_id, b.slug, b.name, b.currency, b.timezone, b.language, l.reason,
    l.began_at, l.ends_at
  from public.platform_looks l
  join public.boutiques b on b.id = l.boutique_id
  join private.platform_admins a on a.user_id = l.admin_id
  where l.admin_id = (select auth.uid()) and l.ended_at is null and l.ends_at > now()
  order by l.began_at
$$;
revoke execute on function private.my_looks() from public, anon;
grant execute on function private.my_looks() to authenticated, service_role;
