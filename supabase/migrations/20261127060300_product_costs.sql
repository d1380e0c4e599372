-- What a piece costs the shop: append-only, and for its owners only. The cost of a sale is the one
-- that was said last of those that count at its time, so that no sale has to keep a copy of it.

create table public.product_costs (
  boutique_id uuid not null,
  id bigint generated always as identity,
  product_id uuid not null,
  cost_minor bigint check (cost_minor >= 0),  -- of one unit; null: it is not known any more
  counts_from timestamptz not null default now(),  -- -infinity: also for all sales before
  set_by text not null default private.current_actor(),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, product_id) references public.products (boutique_id, id)
    on delete cascade
);
create index product_costs_of_product on public.product_costs (boutique_id, product_id, id desc);

alter table public.product_costs enable row level security;
revoke all on public.product_costs from anon, authenticated;
grant select, insert, update, delete on public.product_costs to service_role;
grant select, insert on public.product_costs to boutique_agent;
grant select, insert (boutique_id, product_id, cost_minor, counts_from) on public.product_costs
  to boutique_owner;
create policy "The assistant works with its own boutique's product costs"
  on public.product_costs for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Owners read their boutique's product costs" on public.product_costs
  for select to boutique_owner using (boutique_id in (select private.owned_boutiques()));
create policy "Owners say what pieces cost" on public.product_costs
  for insert to boutique_owner with check (boutique_id in (select private.owned_boutiques()));
create trigger product_costs_by_a_member after insert on public.product_costs
  for each row when (current_setting('app.actor', true) <> '')
  execute function private.audit_member();

-- The cost of one unit at a time; null: nobody said it.
create function private.cost_at(_boutique uuid, _product uuid, _at timestamptz) returns bigint
language sql stable security invoker set search_path = '' as $$
  select c.cost_minor from public.product_costs c
  where c.boutique_id = _boutique and c.product_id = _product and c.counts_from <= _at
  order by c.id desc limit 1
$$;
grant execute on function private.cost_at(uuid, uuid, timestamptz)
  to boutique_agent, boutique_owner, service_role;
