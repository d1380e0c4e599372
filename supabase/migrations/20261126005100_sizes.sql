-- A boutique's own size charts, and what its customers said of their sizes.

create table public.size_charts (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  category text,  -- null: every category of the audience without a chart of its own
  audience text not null check (audience in ('women', 'men', 'children')),
  -- [{"size": "M", "measures": {"bust": [88, 92]}, "also": ["UK 12"]}, …], small sizes first
  rows jsonb not null check (jsonb_typeof(rows) = 'array' and jsonb_array_length(rows) > 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique nulls not distinct (boutique_id, category, audience)
);
create trigger size_charts_touch before update on public.size_charts
  for each row execute function private.touch();

alter table public.size_charts enable row level security;
revoke all on public.size_charts from anon, authenticated;
grant select, insert, update, delete on public.size_charts to service_role;
grant select on public.size_charts to boutique_agent, authenticated, boutique_staff;
grant insert (boutique_id, id, category, audience, rows), update (category, audience, rows), delete
  on public.size_charts to boutique_owner;
create policy "The assistant reads its own boutique's size charts"
  on public.size_charts for select to boutique_agent
  using (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's size charts"
  on public.size_charts for select to authenticated, boutique_staff
  using (boutique_id in (select private.my_boutiques()));
create policy "Owners add to their boutique's size charts" on public.size_charts
  for insert to boutique_owner with check (boutique_id in (select private.owned_boutiques()));
create policy "Owners change their boutique's size charts" on public.size_charts
  for update to boutique_owner using (boutique_id in (select private.owned_boutiques()));
create policy "Owners remove from their boutique's size charts" on public.size_charts
  for delete to boutique_owner using (boutique_id in (select private.owned_boutiques()));
create trigger size_charts_by_a_member after insert or update or delete on public.size_charts
  for each row when (current_setting('app.actor', true) <> '')
  execute function private.audit_member();

-- What a customer says of a size is added and never changed: what she said last counts.
create table public.size_facts (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  wearer_id uuid,  -- null: the customer herself
  kind text not null check (kind in ('stated', 'measured', 'fit')),
  category text,  -- null: said of no piece in particular
  size text,
  measure text check (measure in ('bust', 'waist', 'hips', 'foot', 'height', 'length')),
  cm numeric(5, 1) check (cm > 0),
  fit text check (fit in ('too_small', 'right', 'too_large')),
  words text not null default '',  -- the customer's own
  -- The message it was said in, and its place there: a turn that is tried again adds it once.
  -- No foreign key, because a fact outlives its message.
  message_id uuid not null,
  position smallint not null,
  said_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, message_id, position),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  check ((kind = 'measured') = (measure is not null and cm is not null)),
  check ((kind = 'fit') = (fit is not null)),
  check (kind = 'measured' or size is not null)
);
create index size_facts_customer on public.size_facts (boutique_id, customer_id, said_at desc);

alter table public.size_facts enable row level security;
revoke all on public.size_facts from anon, authenticated;
grant select, insert, update, delete on public.size_facts to service_role;
-- Two rows that turn out to be one customer are merged by the assistant's role.
grant select, insert, update (customer_id, wearer_id) on public.size_facts to boutique_agent;
grant select on public.size_facts to authenticated, boutique_staff;
create policy "The assistant works with its own boutique's size facts"
  on public.size_facts for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's size facts"
  on public.size_facts for select to authenticated, boutique_staff
  using (boutique_id in (select private.my_boutiques()));
