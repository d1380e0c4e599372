-- The people who run the installation, for all boutiques. They are added by command only
-- (`dukani platform add`): no screen and no API makes one.
create table private.platform_admins (
  user_id uuid primary key references auth.users on delete cascade,
  created_at timestamptz not null default now()
);
alter table private.platform_admins enable row level security;
revoke all on private.platform_admins from anon, authenticated, service_role;
grant select, insert, delete on private.platform_admins to service_role;

-- For a person who reads: whether to show the way to the platform's pages.
create function private.am_i_platform_admin() returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from private.platform_admins where user_id = (select auth.uid()))
$$;
revoke execute on function private.am_i_platform_admin() from public, anon;
grant execute on function private.am_i_platform_admin() to authenticated, service_role;

-- Their addresses, which only the auth schema knows.
create function private.platform_people() returns table (user_id uuid, email text)
language sql stable security definer set search_path = '' as $$
  select u.id, u.email::text from private.platform_admins p join auth.users u on u.id = p.user_id
$$;
revoke execute on function private.platform_people() from public, anon, authenticated;
grant execute on function private.platform_people() to service_role;
