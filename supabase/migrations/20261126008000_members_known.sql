-- The people of a boutique by their e-mail addresses, which only the auth schema knows.

-- For the system's role: anybody's id, to add a person to a boutique.
create function private.person_by_email(wanted text)
returns table (user_id uuid, confirmed boolean)
language sql stable security definer set search_path = '' as $$
  select u.id, u.email_confirmed_at is not null from auth.users u where u.email = lower(wanted)
$$;

create function private.people_of(boutique uuid)
returns table (user_id uuid, email text, role text, confirmed boolean, joined_at timestamptz,
  last_sign_in_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select m.user_id, u.email::text, m.role, u.email_confirmed_at is not null, m.created_at,
    u.last_sign_in_at
  from public.boutique_members m join auth.users u on u.id = m.user_id
  where m.boutique_id = boutique
  order by m.role, m.created_at, m.user_id
$$;

-- For a member: those of the boutique the member acts in, as long as the membership lasts.
create function private.my_colleagues()
returns table (user_id uuid, email text, role text, confirmed boolean, joined_at timestamptz,
  last_sign_in_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select p.* from private.people_of((select private.current_boutique())) p
  where (select private.current_boutique()) in (select private.my_boutiques())
$$;

-- A boutique that had an owner keeps one, also when two owners remove each other at once.
create function private.keep_an_owner() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and new.role = 'owner' then return null; end if;
  perform from public.boutiques where id = old.boutique_id for no key update;
  if not found then return null; end if;  -- the boutique itself goes
  if not exists (select from public.boutique_members
    where boutique_id = old.boutique_id and role = 'owner')
  then
    raise exception 'a boutique keeps an owner' using errcode = 'check_violation',
      constraint = 'boutique_keeps_an_owner';
  end if;
  return null;
end $$;
create trigger boutique_members_keep_an_owner
  after update of role or delete on public.boutique_members
  for each row when (old.role = 'owner') execute function private.keep_an_owner();

revoke execute on function private.person_by_email(text), private.people_of(uuid),
  private.my_colleagues(), private.keep_an_owner() from public, anon, authenticated;
grant execute on function private.person_by_email(text), private.people_of(uuid) to service_role;
grant execute on function private.my_colleagues() to boutique_staff;
