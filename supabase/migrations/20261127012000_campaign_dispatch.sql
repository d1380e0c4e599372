-- How campaigns are sent: what their jobs keep, and what holds across processes.

-- A recipient's message fails at the provider, hours later perhaps, and is tried anew as another
-- message; a try has one row.
alter table public.messages add column campaign_try smallint not null default 1;
drop index public.messages_of_a_campaign;
create unique index messages_of_a_campaign
  on public.messages (boutique_id, campaign_recipient_id, campaign_try)
  where campaign_recipient_id is not null;

alter table public.campaign_occurrences
  add column chain integer not null default 0,  -- of jobs that defer the next; an older one stops
  add column run_at timestamptz,  -- when its next job is due; long over: the job was lost
  add column next_send_at timestamptz,  -- the next free moment of the campaign's own pace
  add column tell_due boolean not null default false;  -- a job is about to tell what changed
create index campaign_occurrences_under_way on public.campaign_occurrences (boutique_id, status)
  where status in ('planning', 'sending', 'paused');
create index campaign_recipients_in_doubt on public.campaign_recipients (boutique_id, posting_at)
  where state = 'unknown';
create index campaign_statuses_latest on public.campaign_statuses (received_at);

-- Open pages look again when a campaign has come further.
do $$
declare
  held text := pg_get_constraintdef(oid) from pg_constraint
    where conrelid = 'public.domain_events'::regclass and conname = 'domain_events_kind_check';
begin
  alter table public.domain_events drop constraint domain_events_kind_check;
  execute 'alter table public.domain_events add constraint domain_events_kind_check '
    || regexp_replace(held, '^CHECK \((.*)\)$', 'check (kind = ''campaign_changed'' or \1)');
end $$;

-- WhatsApp lets the numbers of one business portfolio begin with so many people a day, together.
alter table public.provider_credentials
  add column portfolio text check (length(portfolio) between 1 and 100),  -- null: the number alone
  add column users_per_day integer check (users_per_day > 0);  -- its tier; null: by the settings
create table private.portfolio_users (
  portfolio text not null,
  identity text not null,
  last_at timestamptz not null,
  primary key (portfolio, identity)
);
create index portfolio_users_of_a_day on private.portfolio_users (portfolio, last_at);
alter table private.portfolio_users enable row level security;
revoke all on private.portfolio_users from public, anon, authenticated;

-- Those of `_identities` whom the boutique's number may begin with now. `free_at`: of who may not,
-- when the first of the others' days is over.
create function private.reserve_portfolio_users(_provider text, _identities text[],
  _users_per_day integer)
returns table (identity text, free_at timestamptz)
language plpgsql security definer set search_path = '' as $$
declare
  of record;
  known text[];
  used integer;
begin
  select coalesce(k.portfolio, k.provider || ':' || k.account) as portfolio,
    coalesce(k.users_per_day, _users_per_day) as most into of
  from public.provider_credentials k
  where k.boutique_id = private.current_boutique() and k.provider = _provider and k.active;
  if not found then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('portfolio:' || of.portfolio, 0));
  select array_agg(u.identity) into known from private.portfolio_users u
  where u.portfolio = of.portfolio and u.identity = any(_identities)
    and u.last_at > now() - interval '24 hours';
  select count(*) into used from (select from private.portfolio_users u
    where u.portfolio = of.portfolio and u.last_at > now() - interval '24 hours'
    limit of.most) counted;
  return query
  with asked as (
    select a.identity, a.identity = any(coalesce(known, '{}')) as is_known,
      row_number() over (partition by a.identity = any(coalesce(known, '{}')) order by a.n) as place
    from unnest(_identities) with ordinality a (identity, n)
  ), judged as (
    select a.identity, a.is_known or a.place <= of.most - used as may from asked a
  ), noted as (
    insert into private.portfolio_users as u (portfolio, identity, last_at)
    select of.portfolio, j.identity, now() from judged j where j.may
    on conflict on constraint portfolio_users_pkey do update set last_at = excluded.last_at
  )
  select j.identity, case when not j.may then (
      select min(u.last_at) + interval '24 hours' from private.portfolio_users u
      where u.portfolio = of.portfolio and u.last_at > now() - interval '24 hours') end
  from judged j;
end $$;
create function private.forget_portfolio_users() returns void
language sql security definer set search_path = '' as $$
  delete from private.portfolio_users where last_at < now() - interval '24 hours';
$$;
revoke execute on function private.reserve_portfolio_users(text, text[], integer),
  private.forget_portfolio_users() from public;
grant execute on function private.reserve_portfolio_users(text, text[], integer)
  to boutique_agent, service_role;
grant execute on function private.forget_portfolio_users() to service_role;
