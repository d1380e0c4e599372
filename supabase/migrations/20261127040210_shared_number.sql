-- The platform's number, which boutiques without one of their own send from. Such a boutique has a row
-- of credentials like every other, marked `shared`: what sends, fetches and submits asks no further.
alter table public.provider_credentials
  add column shared boolean not null default false check (not shared or provider in ('twilio', 'meta')),
  add column held_at timestamptz,  -- its campaigns are held off the shared number, alone
  add column held_for text check (held_for in ('stops', 'spam'));
drop index public.provider_credentials_inbound;
create unique index provider_credentials_inbound on public.provider_credentials (provider, account)
  where provider in ('twilio', 'meta') and not shared;
create index provider_credentials_shared on public.provider_credentials (provider, account)
  where shared;

grant select (shared, held_at, held_for) on public.provider_credentials to boutique_owner;

-- A number of her own takes the place of the shared one.
create function private.own_number() returns trigger language plpgsql set search_path = '' as $$
begin
  new.shared := false;
  new.held_at := null;
  new.held_for := null;
  return new;
end $$;
create trigger provider_credentials_own before update of account on public.provider_credentials
  for each row when (old.shared and new.shared and new.account <> old.account
    and current_setting('app.actor', true) <> '')
  execute function private.own_number();

-- The number's own pace, beside that of each boutique on it.
create table private.shared_paces (
  provider text not null,
  account text not null,
  next_at timestamptz not null,
  primary key (provider, account)
);

-- The next free moment of the shared number that the boutique sends from, which nobody else takes
-- until the transaction ends; null: it has a number of its own.
create function private.lock_shared_pace(_provider text) returns timestamptz
language sql security definer set search_path = '' as $$
  insert into private.shared_paces as p (provider, account, next_at)
  select k.provider, k.account, clock_timestamp() - interval '1 hour'
  from public.provider_credentials k
  where k.boutique_id = private.current_boutique() and k.provider = _provider and k.shared
    and k.active
  on conflict (provider, account) do update set next_at = p.next_at
  returning next_at;
$$;
-- Moves it on, never back; nothing happens for a boutique with a number of its own.
create function private.move_shared_pace(_provider text, _next_at timestamptz) returns void
language sql security definer set search_path = '' as $$
  insert into private.shared_paces as p (provider, account, next_at)
  select k.provider, k.account, _next_at
  from public.provider_credentials k
  where k.boutique_id = private.current_boutique() and k.provider = _provider and k.shared
    and k.active
  on conflict (provider, account) do update set next_at = greatest(p.next_at, excluded.next_at);
$$;
revoke execute on function private.lock_shared_pace(text),
  private.move_shared_pace(text, timestamptz), private.own_number() from public;
grant execute on function private.lock_shared_pace(text),
  private.move_shared_pace(text, timestamptz) to boutique_agent, service_role;

-- When a boutique is held: in the last `days`, of at least `least` people it wrote to, a share of
-- more than `most_stops` said stop, or WhatsApp refused more than `most_spam` for spam.
create table private.shared_number_limits (
  only_one boolean primary key default true check (only_one),
  days integer not null default 7 check (days > 0),
  least integer not null default 50 check (least > 0),
  most_stops numeric not null default 0.05 check (most_stops between 0 and 1),
  most_spam integer not null default 20 check (most_spam >= 0)
);
insert into private.shared_number_limits default values;

-- What she wrote to the number while nobody knew to which shop, until she says it.
create table private.shared_questions (
  provider text not null,
  account text not null,
  identity text not null,
  options jsonb not null,  -- the boutiques that wrote to her, as they were shown
  waiting jsonb not null,  -- her messages, in the order they came
  asked_at timestamptz not null default now(),
  primary key (provider, account, identity)
);
-- What the number says for itself, of no boutique: each leaves once.
create table private.number_notes (
  id uuid primary key default gen_random_uuid(),
  provider text not null,
  account text not null,
  key text not null,  -- of what it answers
  recipient text not null,
  body text not null,
  rows jsonb not null default '[]',
  created_at timestamptz not null default now(),
  taken_at timestamptz,
  unique (provider, account, key)
);
create index number_notes_age on private.number_notes (created_at);
create index shared_questions_age on private.shared_questions (asked_at);

do $$
declare
  one text;
begin
  foreach one in array array['shared_paces', 'shared_number_limits', 'shared_questions',
    'number_notes'] loop
    execute format('alter table private.%I enable row level security', one);
    execute format('revoke all on private.%I from public, anon, authenticated', one);
    execute format('grant select, insert, update, delete on private.%I to service_role', one);
  end loop;
end $$;
