-- Other agents shop: by keys that a boutique gives out and that reach nothing else, with carts that
-- name nobody until whoever opens the link pays.

alter table public.boutiques add column agents_on boolean not null default false;
grant update (agents_on) on public.boutiques to boutique_owner;

alter table public.api_keys
  add column scope text not null default 'api' check (scope in ('api', 'agents'));
grant select (scope), insert (scope) on public.api_keys to boutique_owner;

-- What an agent put together for one of its shoppers. `lines`: [variant id, quantity], as a window's
-- cart has them; prices are today's. The shopper is a digest of the agent's own word for her.
create table public.agent_carts (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  key_id uuid not null,
  shopper_digest bytea not null check (octet_length(shopper_digest) = 32),
  lines jsonb not null default '[]' check (jsonb_typeof(lines) = 'array'),
  language text check (language in ('en', 'sw')),
  changed_at timestamptz not null default clock_timestamp(),
  ordered_at timestamptz,  -- since then the shopper's next piece begins another cart
  order_id uuid,
  primary key (boutique_id, id),
  foreign key (boutique_id, key_id) references public.api_keys (boutique_id, id) on delete cascade,
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id)
);
create unique index agent_carts_open on public.agent_carts (boutique_id, key_id, shopper_digest)
  where ordered_at is null;
create index agent_carts_of_a_shopper on public.agent_carts
  (boutique_id, key_id, shopper_digest, changed_at desc);
create index agent_carts_time on public.agent_carts (changed_at);
create index agent_carts_order on public.agent_carts (boutique_id, order_id)
  where order_id is not null;

-- A link to pay an agent's cart is nobody's until somebody orders by it.
alter table public.cart_links
  alter column customer_id drop not null,
  alter column cart_id drop not null,
  add column agent_cart_id uuid,
  add foreign key (boutique_id, agent_cart_id) references public.agent_carts (boutique_id, id)
    on delete cascade,
  add check ((customer_id is null) = (cart_id is null)),
  add check (customer_id is not null or agent_cart_id is not null);
create index cart_links_agent_cart on public.cart_links (boutique_id, agent_cart_id)
  where agent_cart_id is not null;

-- What agents did, by day: the owner sees it, and nothing of whom it was about.
create table public.agent_calls (
  boutique_id uuid not null,
  key_id uuid not null,
  day date not null,  -- UTC
  tool text not null check (length(tool) between 1 and 40),
  calls integer not null default 0 check (calls >= 0),
  refused integer not null default 0 check (refused between 0 and calls),
  last_at timestamptz not null default clock_timestamp(),
  primary key (boutique_id, key_id, day, tool),
  foreign key (boutique_id, key_id) references public.api_keys (boutique_id, id) on delete cascade
);
create index agent_calls_time on public.agent_calls (last_at);

do $$
declare
  one text;
begin
  foreach one in array array['agent_carts', 'agent_calls'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select, insert, update on public.%I to boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
grant select on public.agent_calls to boutique_owner;
create policy "Owners see what agents did" on public.agent_calls
  for select to boutique_owner using (boutique_id in (select private.owned_boutiques()));
