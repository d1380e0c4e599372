-- Boutiques (tenants), the people who run them, and how providers know them.

create table public.boutiques (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,62}$'),
  name text not null check (length(name) between 1 and 80),
  country char(2) not null default 'KE',
  currency char(3) not null default 'KES',
  timezone text not null default 'Africa/Nairobi',
  language text not null default 'en' check (language in ('en', 'sw')),
  owner_name text,
  owner_phone text check (owner_phone ~ '^\+[1-9][0-9]{6,14}$'),
  channel text not null default 'twilio' check (channel in ('twilio', 'meta')),
  payment_provider text not null default 'manual'
    check (payment_provider in ('paylink', 'daraja', 'manual')),
  delivery_fee_minor bigint not null default 0 check (delivery_fee_minor >= 0),
  -- What the assistant may say of the shop: hours, delivery, returns, location, payment.
  shop_info jsonb not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create trigger boutiques_touch before update on public.boutiques
  for each row execute function private.touch();

create table public.boutique_members (
  boutique_id uuid not null references public.boutiques on delete cascade,
  user_id uuid not null references auth.users on delete cascade,
  role text not null default 'staff' check (role in ('owner', 'staff')),
  created_at timestamptz not null default now(),
  primary key (boutique_id, user_id)
);
create index boutique_members_user on public.boutique_members (user_id);

-- Security definer: a policy on boutique_members that reads boutique_members would recurse.
create function private.my_boutiques() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select boutique_id from public.boutique_members where user_id = (select auth.uid())
$$;

create table public.provider_credentials (
  boutique_id uuid not null references public.boutiques on delete cascade,
  provider text not null check (provider in ('twilio', 'meta', 'paylink', 'daraja')),
  -- How the provider names the boutique: Twilio number, Meta phone number id, M-Pesa shortcode.
  account text not null,
  secrets text not null,  -- MultiFernet token of a JSON object
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, provider)
);
-- An inbound message finds its boutique by the number it was sent to.
create unique index provider_credentials_inbound
  on public.provider_credentials (provider, account) where provider in ('twilio', 'meta');
create trigger provider_credentials_touch before update on public.provider_credentials
  for each row execute function private.touch();
