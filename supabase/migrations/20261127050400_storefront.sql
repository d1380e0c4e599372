-- The shop's window: what is looked at there by whom nobody knows, carts that go on in the chat, and
-- prompts that strangers ask for.

-- A page of ours has this name.
alter table public.boutiques add constraint boutiques_slug_is_no_page check (slug <> 'pay');

-- Somebody who has not said who she is, by a number that her browser keeps.
alter table public.domain_events add column anonymous_id uuid;
create index domain_events_of_nobody on public.domain_events (boutique_id, anonymous_id)
  where anonymous_id is not null;
do $$
declare
  held text := pg_get_constraintdef(oid) from pg_constraint
    where conrelid = 'public.domain_events'::regclass and conname = 'domain_events_kind_check';
begin
  alter table public.domain_events drop constraint domain_events_kind_check;
  execute 'alter table public.domain_events add constraint domain_events_kind_check '
    || regexp_replace(held, '^CHECK \((.*)\)$', 'check (kind in (''view_product'', '
    '''add_to_cart'', ''checkout_started'', ''support_message'') or \1)');
end $$;

-- A cart of the window, on its way into the chat: whoever writes the code there takes it.
create table public.cart_codes (
  boutique_id uuid not null references public.boutiques on delete cascade,
  code text not null check (code ~ '^[2-9A-HJ-NP-Z]{6}$'),
  lines jsonb not null,  -- [[variant id, quantity], …]
  offers_words text,  -- the words she agreed to offers by, if she did
  language text not null check (language in ('en', 'sw')),
  anonymous_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '24 hours',
  customer_id uuid,  -- who took it
  taken_at timestamptz,
  primary key (boutique_id, code),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete set null (customer_id),
  check ((taken_at is null) or (taken_at >= created_at))
);
create index cart_codes_customer on public.cart_codes (boutique_id, customer_id);

-- Who a visitor turned out to be, once she said so in the chat.
create table public.visitor_customers (
  boutique_id uuid not null,
  anonymous_id uuid not null,
  customer_id uuid not null,
  joined_at timestamptz not null default now(),
  primary key (boutique_id, anonymous_id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create index visitor_customers_customer on public.visitor_customers (boutique_id, customer_id);

-- Prompts that were asked for in the window, by digests of phone and network address: limits are
-- counted here, whichever process is asked.
create table public.window_prompts (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id bigint generated always as identity,
  phone_digest bytea not null,
  address_digest bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (boutique_id, id)
);
create index window_prompts_of_a_phone on public.window_prompts
  (boutique_id, phone_digest, created_at);
create index window_prompts_of_an_address on public.window_prompts
  (boutique_id, address_digest, created_at);
create index window_prompts_newest on public.window_prompts (boutique_id, created_at);

do $$
declare
  one text;
begin
  foreach one in array array['cart_codes', 'visitor_customers', 'window_prompts'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format(
      'grant select, insert, update, delete on public.%I to service_role, boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
