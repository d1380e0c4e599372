-- What a boutique uses of the platform, and what its plan allows. A boutique without a plan has no
-- limit.

-- The plan in force is the last row. A month is billed by the plan in force when it ends.
create table public.boutique_plans (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  position bigint generated always as identity,
  name text not null check (length(btrim(name)) between 1 and 40),
  included integer not null check (included >= 0),  -- conversations in a calendar month
  -- stop: from then on people of the shop answer whoever comes anew; bill: each costs `extra_minor`
  over text not null check (over in ('stop', 'bill')),
  extra_minor bigint not null default 0 check (extra_minor >= 0),
  currency char(3) not null,
  set_by text not null default private.current_actor(),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  check (over = 'bill' or extra_minor = 0)
);
create index boutique_plans_newest on public.boutique_plans (boutique_id, position desc);

-- The ledger of use: a conversation is a session in which the assistant said something.
create table public.usage_entries (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id bigint generated always as identity,
  month date not null check (extract(day from month) = 1),  -- of the boutique's time zone
  kind text not null check (kind in ('conversation', 'gift')),
  session_id uuid,  -- no reference: a ledger outlives the customer's erasure
  conversations integer not null,  -- 1, or minus what the platform gives
  reason text check (length(reason) between 1 and 200),
  entered_by text not null default private.current_actor(),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, session_id),
  check ((kind = 'conversation') = (session_id is not null and conversations = 1)),
  check ((kind = 'gift') = (reason is not null and conversations < 0))
);
create index usage_entries_month on public.usage_entries (boutique_id, month)
  include (conversations);

do $$
declare
  one text;
begin
  foreach one in array array['boutique_plans', 'usage_entries'] loop
    execute format('create trigger %I before update on public.%I
      for each row execute function private.forbid_change()', one || '_append_only', one);
    execute format('create trigger %I before truncate on public.%I
      for each statement execute function private.forbid_change()', one || '_never_emptied', one);
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert on public.%I to service_role', one);
    execute format('grant select on public.%I to boutique_agent, boutique_staff', one);
    execute format('create policy %I on public.%I for select to boutique_agent
      using (boutique_id = (select private.current_boutique()))',
      'The assistant reads its own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;

-- Written with the turn that makes it a conversation, once for each session whatever repeats.
create function private.session_used() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.usage_entries (boutique_id, month, kind, session_id, conversations)
  select new.boutique_id, date_trunc('month', new.started_at at time zone b.timezone)::date,
    'conversation', new.id, 1
  from public.boutiques b where b.id = new.boutique_id
  on conflict (boutique_id, session_id) do nothing;
  return null;
end $$;
create trigger chat_sessions_used_at_once after insert on public.chat_sessions
  for each row when (new.replied) execute function private.session_used();
create trigger chat_sessions_used_later after update of replied on public.chat_sessions
  for each row when (new.replied and not old.replied) execute function private.session_used();

create function private.used_this_month(_boutique uuid) returns integer
language sql stable security definer set search_path = '' as $$
  select coalesce(sum(u.conversations), 0)::integer
  from public.usage_entries u join public.boutiques b on b.id = u.boutique_id
  where u.boutique_id = _boutique
    and u.month = date_trunc('month', now() at time zone b.timezone)::date
$$;

-- Whether the plan leaves this customer to the shop's people. Never in the middle of a conversation,
-- and never who has something in the cart or an order that is not paid.
create function private.is_over_plan(_boutique uuid, _conversation uuid, _customer uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
declare
  most integer := (
    select case p.over when 'stop' then p.included end from public.boutique_plans p
    where p.boutique_id = _boutique order by p.position desc limit 1);
begin
  if most is null or private.used_this_month(_boutique) < most then return false; end if;
  return not exists (
      select from public.chat_sessions s
      where s.boutique_id = _boutique and s.conversation_id = _conversation and s.replied
        and s.started_at > now() - interval '24 hours')
    -- A talk that has just come to its 24 hours goes on, while it is one.
    and not exists (
      select from public.chat_sessions s
      join public.messages m on m.boutique_id = s.boutique_id
        and m.conversation_id = s.conversation_id and m.direction = 'out'
        and m.author = 'assistant' and m.purpose = 'reply'
        and m.created_at > now() - interval '30 minutes'
        and m.created_at < s.started_at + interval '24 hours'
      where s.boutique_id = _boutique and s.conversation_id = _conversation and s.replied
        and s.started_at > now() - interval '25 hours')
    and not exists (
      select from public.carts c
      join public.cart_items i on i.boutique_id = c.boutique_id and i.cart_id = c.id
      where c.boutique_id = _boutique and c.customer_id = _customer
        and c.status in ('active', 'checkout'))
    and not exists (
      select from public.orders o
      where o.boutique_id = _boutique and o.customer_id = _customer and o.status = 'open');
end $$;

revoke execute on function private.session_used(), private.used_this_month(uuid),
  private.is_over_plan(uuid, uuid, uuid) from public;
-- Its arguments are a conversation of the turn's own boutique, whose rows the caller may read.
grant execute on function private.is_over_plan(uuid, uuid, uuid), private.used_this_month(uuid)
  to boutique_agent, service_role;
