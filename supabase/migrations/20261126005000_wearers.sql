-- Whom a customer buys for besides herself, and whose each line of a cart or an order is.

create table public.wearers (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  relation text not null check (relation in (
    'mother', 'father', 'sister', 'brother', 'daughter', 'son', 'child', 'husband', 'wife',
    'boyfriend', 'girlfriend', 'grandmother', 'grandfather', 'aunt', 'uncle', 'cousin', 'niece',
    'nephew', 'friend', 'someone'
  )),
  name text check (length(name) between 1 and 60),
  audience text check (audience in ('women', 'men', 'children')),
  age smallint check (age between 0 and 120),  -- in years, on the day it was told
  age_told_on date,
  -- Not the transaction's clock: one turn may name several people, in an order.
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  check ((age is null) = (age_told_on is null))
);
-- "My daughter" is the same daughter next time; two with names are two.
create unique index wearers_one_a_name
  on public.wearers (boutique_id, customer_id, relation, (lower(coalesce(name, ''))));
create trigger wearers_touch before update on public.wearers
  for each row execute function private.touch();

alter table public.wearers enable row level security;
revoke all on public.wearers from anon, authenticated;
grant select, insert, update, delete on public.wearers to service_role;
grant select, insert, update, delete on public.wearers to boutique_agent;
grant select on public.wearers to authenticated, boutique_staff;
create policy "The assistant works with its own boutique's wearers"
  on public.wearers for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's wearers"
  on public.wearers for select to authenticated, boutique_staff
  using (boutique_id in (select private.my_boutiques()));

-- Without a wearer a line is the customer's own. One variant is one line: units of it for several
-- people are `for_several`, and tell nothing about anybody's size.
alter table public.cart_items
  add column wearer_id uuid,
  add column for_several boolean not null default false,
  add foreign key (boutique_id, wearer_id) references public.wearers (boutique_id, id)
    on delete cascade,
  add check (not for_several or wearer_id is null);
create index cart_items_wearer on public.cart_items (boutique_id, wearer_id)
  where wearer_id is not null;
alter table public.order_items
  add column wearer_id uuid,
  add column for_several boolean not null default false,
  add foreign key (boutique_id, wearer_id) references public.wearers (boutique_id, id),
  add check (not for_several or wearer_id is null);
create index order_items_wearer on public.order_items (boutique_id, wearer_id)
  where wearer_id is not null;
-- Two rows of one customer may each have a sister, who is one when the rows are merged.
grant update (wearer_id) on public.order_items to boutique_agent;
