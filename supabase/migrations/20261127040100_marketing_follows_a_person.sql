-- How often marketing reaches somebody is counted by the name that she is reached by: her phone, else
-- her WhatsApp id. Whenever that name becomes another one (a new number, a phone learned, two rows of
-- one person), what was counted goes along, else she would be written to twice as often.
--
-- What a person decided about somebody goes along too. That nobody is reached at a number is said of
-- the number, which she has left.
create function private.move_marketing(_boutique uuid, _names text[], _customer uuid)
returns void language plpgsql security definer set search_path = '' as $$
declare
  now_ record;
  one text;
begin
  select c.phone, c.wa_user_id, coalesce(c.phone, c.wa_user_id) as identity into strict now_
  from public.customers c where c.boutique_id = _boutique and c.id = _customer;
  -- The locks of whoever claims recipients, in their order: recipient, identity, portfolio.
  update public.campaign_recipients r set identity = now_.identity
  where r.boutique_id = _boutique and r.customer_id = _customer and r.state = 'planned'
    and r.identity = any(_names) and r.identity <> now_.identity
    and not exists (select from public.campaign_recipients o
      where o.boutique_id = _boutique and o.occurrence_id = r.occurrence_id
        and o.identity = now_.identity);
  -- As `core/store/marketing_contacts.py` locks them.
  perform pg_advisory_xact_lock(
    hashtextextended('marketing:' || _boutique::text || ':' || those.name, 0))
  from (select distinct name from unnest(_names || now_.identity) name
    where name is not null order by name) those;
  update public.marketing_contacts m set identity = now_.identity
  where m.boutique_id = _boutique and m.identity = any(_names) and m.identity <> now_.identity;

  with gone as (
    delete from public.suppressed_identities s
    where s.boutique_id = _boutique and s.identity = any(_names) and s.reason <> 'unreachable'
      and s.identity <> now_.identity and s.identity is distinct from now_.wa_user_id
    returning s.reason, s.created_at
  )
  insert into public.suppressed_identities as s (boutique_id, identity, reason, created_at)
  select _boutique, now_.identity, g.reason, g.created_at from gone g
  order by g.created_at limit 1
  on conflict (boutique_id, identity) do update set reason = excluded.reason
    where s.reason = 'unreachable';

  for one in
    select distinct coalesce(k.portfolio, k.provider || ':' || k.account)
    from public.provider_credentials k where k.boutique_id = _boutique order by 1
  loop
    continue when not exists (select from private.portfolio_users u
      where u.portfolio = one and u.identity = any(_names) and u.identity <> now_.identity);
    perform pg_advisory_xact_lock(hashtextextended('portfolio:' || one, 0));
    with gone as (
      delete from private.portfolio_users u
      where u.portfolio = one and u.identity = any(_names) and u.identity <> now_.identity
      returning u.last_at
    )
    insert into private.portfolio_users as u (portfolio, identity, last_at)
    select one, now_.identity, max(g.last_at) from gone g having count(*) > 0
    on conflict on constraint portfolio_users_pkey
      do update set last_at = greatest(u.last_at, excluded.last_at);
  end loop;
end $$;

-- Of two rows that are one person, the kept one's: called by the merge itself, which knows both.
create function private.adopt_marketing(_names text[], _customer uuid)
returns void language sql security definer set search_path = '' as $$
  select private.move_marketing(private.current_boutique(), _names, _customer);
$$;

create function private.marketing_follows() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.move_marketing(new.boutique_id, array[old.phone, old.wa_user_id], new.id);
  return null;
end $$;
create trigger customers_marketing_follows after update of phone, wa_user_id on public.customers
  for each row when (coalesce(new.wa_user_id, '') not like 'merged:%'
    and (old.phone is distinct from new.phone or old.wa_user_id is distinct from new.wa_user_id))
  execute function private.marketing_follows();

revoke execute on function private.move_marketing(uuid, text[], uuid),
  private.adopt_marketing(text[], uuid), private.marketing_follows() from public;
grant execute on function private.adopt_marketing(text[], uuid) to boutique_agent, service_role;

-- What was counted under a former name until now.
update public.marketing_contacts m set identity = coalesce(c.phone, c.wa_user_id)
from public.campaign_recipients r
join public.customers c on c.boutique_id = r.boutique_id and c.id = r.customer_id
where m.boutique_id = r.boutique_id and m.source = 'campaign_recipient:' || r.id
  and m.identity <> coalesce(c.phone, c.wa_user_id);
