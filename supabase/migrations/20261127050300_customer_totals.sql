-- What each customer spent and what finds her, kept beside her so that the list of all customers
-- sorts and searches by an index, however many there are. Triggers keep it, nobody writes it.

create table public.customer_totals (
  boutique_id uuid not null,
  customer_id uuid not null,
  -- Rows that were merged, renumbered or erased are nobody to list.
  listed boolean not null,
  name_key text collate "C" not null,  -- the nameless come last
  -- The words of her name, and her number from each of its digits on: a stretch of digits begins one.
  found_by tsvector not null,
  known_since timestamptz not null,
  orders integer not null default 0,
  spent_minor bigint not null default 0,  -- paid orders and counter sales, less refunds
  last_order_at timestamptz not null default to_timestamp(0),  -- that moment: none yet
  primary key (boutique_id, customer_id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create index customer_totals_newest on public.customer_totals
  (boutique_id, known_since desc, customer_id desc) where listed;
create index customer_totals_spent on public.customer_totals
  (boutique_id, spent_minor desc, customer_id desc) where listed;
create index customer_totals_last_order on public.customer_totals
  (boutique_id, last_order_at desc, customer_id desc) where listed;
create index customer_totals_name on public.customer_totals
  (boutique_id, name_key, customer_id) where listed;
create index customer_totals_found_by on public.customer_totals using gin (found_by);

create function private.words_of_customer(_boutique uuid, _name text, _phone text)
returns tsvector language sql immutable set search_path = '' as $$
  select array_to_tsvector(private.own_words(_boutique, array(
    select word from regexp_split_to_table(lower(left(coalesce(_name, ''), 200)), '[[:punct:][:space:]]+') word
      where word <> ''
    union
    select right(_phone, digits) from generate_series(3, 9) digits where _phone is not null
    union
    select ltrim(_phone, '+') where _phone is not null)))
$$;

create function private.add_up_customer(_boutique uuid, _customer uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- Locked first: whoever paid at the same moment is committed when it is added up.
  perform from public.customer_totals t
    where t.boutique_id = _boutique and t.customer_id = _customer for no key update;
  update public.customer_totals t set
    orders = o.orders + s.sales,
    spent_minor = o.spent + s.spent,
    last_order_at = greatest(o.last_at, s.last_at, to_timestamp(0))
  from (
    select count(*)::int as orders, coalesce(sum(x.total_minor - x.refunded_minor), 0) as spent,
      max(x.paid_at) as last_at
    from public.orders x where x.boutique_id = _boutique and x.customer_id = _customer
      and x.payment_status = 'paid' and x.refund_status <> 'all'
  ) o, (
    select count(*)::int as sales, coalesce(sum(x.total_minor), 0) as spent,
      max(x.created_at) as last_at
    from public.counter_sales x where x.boutique_id = _boutique and x.customer_id = _customer
      and x.undone_at is null
  ) s
  where t.boutique_id = _boutique and t.customer_id = _customer;
end $$;
revoke all on function private.add_up_customer(uuid, uuid) from public;

create function private.keep_customer_listed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.customer_totals as t
    (boutique_id, customer_id, listed, name_key, found_by, known_since)
  values (new.boutique_id, new.id,
    coalesce(new.wa_user_id !~ '^(merged|former|erased):', true),
    coalesce(left(lower(new.name), 40), U&'\FFFD'),
    private.words_of_customer(new.boutique_id, new.name, new.phone), new.created_at)
  on conflict (boutique_id, customer_id) do update set listed = excluded.listed,
    name_key = excluded.name_key, found_by = excluded.found_by;
  return null;
end $$;
create trigger customers_keep_listed after insert on public.customers
  for each row execute function private.keep_customer_listed();
create trigger customers_keep_listed_as_named after update on public.customers
  for each row when (row(old.phone, old.wa_user_id, old.name)
    is distinct from row(new.phone, new.wa_user_id, new.name))
  execute function private.keep_customer_listed();

create function private.add_up_a_buyer() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' and old.customer_id is distinct from new.customer_id
    and old.customer_id is not null then
    perform private.add_up_customer(old.boutique_id, old.customer_id);
  end if;
  if new.customer_id is not null then
    perform private.add_up_customer(new.boutique_id, new.customer_id);
  end if;
  return null;
end $$;
create trigger orders_add_up_new after insert on public.orders
  for each row when (new.payment_status = 'paid') execute function private.add_up_a_buyer();
create trigger orders_add_up after update on public.orders
  for each row when (
    (old.payment_status = 'paid' or new.payment_status = 'paid')
    and row(old.customer_id, old.payment_status, old.refund_status, old.refunded_minor,
      old.items_minor, old.delivery_minor, old.paid_at)
    is distinct from row(new.customer_id, new.payment_status, new.refund_status,
      new.refunded_minor, new.items_minor, new.delivery_minor, new.paid_at))
  execute function private.add_up_a_buyer();
create trigger counter_sales_add_up_new after insert on public.counter_sales
  for each row when (new.customer_id is not null) execute function private.add_up_a_buyer();
create trigger counter_sales_add_up after update on public.counter_sales
  for each row when (row(old.customer_id, old.undone_at, old.total_minor)
    is distinct from row(new.customer_id, new.undone_at, new.total_minor))
  execute function private.add_up_a_buyer();

insert into public.customer_totals
  (boutique_id, customer_id, listed, name_key, found_by, known_since)
select boutique_id, id, coalesce(wa_user_id !~ '^(merged|former|erased):', true),
  coalesce(left(lower(name), 40), U&'\FFFD'), private.words_of_customer(boutique_id, name, phone),
  created_at
from public.customers;
select private.add_up_customer(b.boutique_id, b.customer_id) from (
  select boutique_id, customer_id from public.orders where payment_status = 'paid'
  union
  select boutique_id, customer_id from public.counter_sales where customer_id is not null
) b;

alter table public.customer_totals enable row level security;
revoke all on public.customer_totals from anon, authenticated, service_role;
grant select on public.customer_totals to service_role, boutique_agent, boutique_staff;
create policy "The assistant reads its own boutique's customer totals" on public.customer_totals
  for select to boutique_agent using (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's customer totals" on public.customer_totals
  for select to boutique_staff using (boutique_id in (select private.my_boutiques()));

-- As `private.own_products`: past the policies, which let no index of words be used, and held to the
-- boutique by its own conditions.
create view private.found_customers as
  select * from public.customer_totals
  where boutique_id = (select private.current_boutique())
    and boutique_id in (select private.my_boutiques());
revoke all on private.found_customers from public;
grant select on private.found_customers to boutique_staff;
