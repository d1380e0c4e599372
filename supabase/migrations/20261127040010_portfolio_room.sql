-- How many people a boutique's number may begin with now, and (none: `room` is 0) when the next one:
-- a portfolio that is full is asked again then, and not before.
create function private.portfolio_room(_provider text, _users_per_day integer)
returns table (room integer, free_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare
  of record;
  used integer;
begin
  select coalesce(k.portfolio, k.provider || ':' || k.account) as portfolio,
    coalesce(k.users_per_day, _users_per_day) as most into of
  from public.provider_credentials k
  where k.boutique_id = private.current_boutique() and k.provider = _provider and k.active;
  if not found then
    return;
  end if;
  select count(*) into used from (select from private.portfolio_users u
    where u.portfolio = of.portfolio and u.last_at > now() - interval '24 hours'
    limit of.most) counted;
  return query select of.most - used, case when used >= of.most then (
    -- The last but so many: once her day is over, the others are fewer than the limit.
    select u.last_at + interval '24 hours' from private.portfolio_users u
    where u.portfolio = of.portfolio and u.last_at > now() - interval '24 hours'
    order by u.last_at desc offset of.most - 1 limit 1) end;
end $$;
revoke execute on function private.portfolio_room(text, integer) from public;
grant execute on function private.portfolio_room(text, integer) to boutique_agent, service_role;
