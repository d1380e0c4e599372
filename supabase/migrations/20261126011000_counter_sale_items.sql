-- A sale in the shop may be of several pieces, and knows for whom it was written on credit.

create table public.counter_sale_items (
  boutique_id uuid not null,
  sale_id uuid not null,
  position smallint not null,
  variant_id uuid,
  -- A snapshot, as an order's items are.
  sku text not null,
  name text not null,
  colour text not null,
  size text not null,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  primary key (boutique_id, sale_id, position),
  foreign key (boutique_id, sale_id) references public.counter_sales (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, variant_id) references public.product_variants (boutique_id, id)
    on delete set null (variant_id)
);
create index counter_sale_items_variant on public.counter_sale_items (boutique_id, variant_id);

insert into public.counter_sale_items (boutique_id, sale_id, position, variant_id, sku, name, colour,
  size, quantity, unit_price_minor)
select s.boutique_id, s.id, 1, s.variant_id, v.sku, s.name, s.colour, s.size, s.quantity,
  s.unit_price_minor
from public.counter_sales s
join public.product_variants v on v.boutique_id = s.boutique_id and v.id = s.variant_id;

alter table public.counter_sales
  add column number text,  -- on the receipt
  add column total_minor bigint not null default 0 check (total_minor >= 0),
  add column reference text check (length(reference) between 1 and 40),  -- M-Pesa's
  -- For whom: a name that was said, and the customer whose phone it is. Credit needs a name.
  add column customer_id uuid,
  add column buyer_name text check (length(buyer_name) between 1 and 80),
  add column buyer_phone text check (buyer_phone ~ '^\+[1-9][0-9]{6,14}$'),
  -- None for a sale that the owner told the assistant of, in a message.
  alter column sold_by drop not null,
  add foreign key (boutique_id) references public.boutiques on delete cascade,
  add foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete set null (customer_id);
update public.counter_sales s set total_minor = s.quantity * s.unit_price_minor,
  number = 'CS-' || upper(substr(md5(s.id::text), 1, 8)),
  buyer_name = case when s.paid_by = 'credit' then '?' end;
alter table public.counter_sales
  alter column number set not null,
  alter column total_minor drop default,
  drop column variant_id,
  drop column name,
  drop column colour,
  drop column size,
  drop column quantity,
  drop column unit_price_minor,
  add unique (boutique_id, number),
  drop constraint counter_sales_paid_by_check,
  -- The owner's message says that something was sold, and not how it was paid.
  add check (paid_by in ('cash', 'mpesa', 'credit', 'unsaid')),
  add constraint counter_sales_credit_is_somebodys
    check (paid_by <> 'credit' or buyer_name is not null);
create index counter_sales_customer on public.counter_sales (boutique_id, customer_id)
  where customer_id is not null;

-- What owners sold by message so far, at the price tag.
with told as (
  select m.boutique_id, md5(m.boutique_id::text || m.id)::uuid as id, m.created_at, v.id as variant_id,
    v.sku, p.name, v.colour, v.size, -m.delta as quantity,
    coalesce(v.price_minor, p.price_minor) as unit_price_minor, b.currency
  from public.stock_movements m
  join public.product_variants v on v.boutique_id = m.boutique_id and v.id = m.variant_id
  join public.products p on p.boutique_id = v.boutique_id and p.id = v.product_id
  join public.boutiques b on b.id = m.boutique_id
  where m.reason = 'sale' and m.owner_message_id is not null
), sales as (
  insert into public.counter_sales (boutique_id, id, number, total_minor, currency, paid_by, created_at)
  select boutique_id, id, 'CS-' || upper(substr(md5(id::text), 1, 8)), quantity * unit_price_minor,
    currency, 'unsaid', created_at
  from told
)
insert into public.counter_sale_items (boutique_id, sale_id, position, variant_id, sku, name, colour,
  size, quantity, unit_price_minor)
select boutique_id, id, 1, variant_id, sku, name, colour, size, quantity, unit_price_minor from told;

-- Each piece of a sale moves the stock once, and its undoing once.
drop index public.stock_movements_of_a_counter_sale;
create unique index stock_movements_of_a_counter_sale on public.stock_movements
  (boutique_id, counter_sale_id, variant_id, reason) where counter_sale_id is not null;
-- What the till shows first is what was sold last.
create index stock_movements_sold on public.stock_movements (boutique_id, id desc)
  include (variant_id) where reason = 'sale';

alter table public.counter_sale_items enable row level security;
revoke all on public.counter_sale_items from anon, authenticated, service_role;
grant select, insert, update, delete on public.counter_sale_items to service_role;
grant select, insert on public.counter_sale_items to boutique_agent;
grant select on public.counter_sale_items to authenticated, boutique_staff;
create policy "The assistant works with its own boutique's counter sale items"
  on public.counter_sale_items for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's counter sale items" on public.counter_sale_items
  for select to authenticated, boutique_staff
  using (boutique_id in (select private.my_boutiques()));
