-- What a customer asked for that only a person of the boutique can grant or answer.

create table public.requests (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  conversation_id uuid not null,
  order_id uuid,  -- null: not about a placed order
  kind text not null check (kind in (
    'order_change', 'hold', 'complaint', 'gift_wrap', 'pay_on_delivery', 'address_change', 'other'
  )),
  words text not null,  -- the customer's own
  details jsonb not null default '{}',
  status text not null default 'open' check (status in ('open', 'done')),
  -- Not the transaction's clock: one turn may ask for several things, in an order.
  created_at timestamptz not null default clock_timestamp(),
  done_at timestamptz,
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id),
  check ((status = 'done') = (done_at is not null))
);
create index requests_open on public.requests (boutique_id, created_at) where status = 'open';
create index requests_order on public.requests (boutique_id, order_id)
  where order_id is not null;
create index requests_customer on public.requests (boutique_id, customer_id);
create index requests_conversation on public.requests (boutique_id, conversation_id);

alter table public.requests enable row level security;
revoke all on public.requests from anon, authenticated;
grant select, insert, update, delete on public.requests to service_role;
grant select, insert, update on public.requests to boutique_agent;
grant select on public.requests to authenticated;
create policy "The assistant works with its own boutique's requests"
  on public.requests for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's requests"
  on public.requests for select to authenticated
  using (boutique_id in (select private.my_boutiques()));
