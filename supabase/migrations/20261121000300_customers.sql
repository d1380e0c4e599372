-- Customers and what they agreed to.

create table public.customers (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
  wa_user_id text,  -- WhatsApp's business-scoped user id; some customers show nothing else
  name text,
  language text check (language in ('en', 'sw')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, phone),
  unique (boutique_id, wa_user_id),
  check (phone is not null or wa_user_id is not null)
);
create trigger customers_touch before update on public.customers
  for each row execute function private.touch();

create table public.consents (
  boutique_id uuid not null,
  id bigint generated always as identity,
  customer_id uuid not null,
  -- 'assistant': may answer at all; 'marketing': may write first.
  purpose text not null check (purpose in ('assistant', 'marketing')),
  granted boolean not null,
  source text not null,  -- where it was given: whatsapp, meta_preferences, dashboard, …
  words text,  -- what was said
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
);
create index consents_latest on public.consents (boutique_id, customer_id, purpose, id desc);
create trigger consents_append_only before update or delete on public.consents
  for each row execute function private.forbid_change();
