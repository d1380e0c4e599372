-- A buyer on credit pays what she owes, not one sale: a payment is a row of its own, and its entries
-- say which sales it went to.

create table public.debt_payments (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  amount_minor bigint not null check (amount_minor > 0),
  method text not null check (method in ('cash', 'mpesa')),
  reference text check (reference ~ '^[A-Z0-9 -]{3,40}$'),  -- M-Pesa's
  phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),  -- whose buyer paid, to find it on a statement
  taken_by uuid,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  check ((reference is not null) = (method = 'mpesa'))
);
create unique index debt_payments_reference on public.debt_payments (boutique_id, reference)
  where reference is not null;
create index debt_payments_newest on public.debt_payments (boutique_id, created_at, id);

alter table public.credit_entries add column payment_id uuid, add column reason text;
insert into public.debt_payments (boutique_id, id, amount_minor, method, reference, taken_by,
  created_at)
select boutique_id, id, -amount_minor, method, reference, made_by, created_at
from public.credit_entries where kind = 'payment';
update public.credit_entries set payment_id = id where kind = 'payment';
alter table public.credit_entries drop column method, drop column reference,
  drop constraint credit_entries_kind_check,
  add constraint credit_entries_kind_check
    check (kind in ('debt', 'payment', 'undone', 'write_off')),
  add constraint credit_entries_payment check ((payment_id is not null) = (kind = 'payment')),
  add constraint credit_entries_reason check ((reason is not null) = (kind = 'write_off')
    and length(reason) between 1 and 200),
  add foreign key (boutique_id, payment_id) references public.debt_payments (boutique_id, id);
create unique index credit_entries_of_payment on public.credit_entries
  (boutique_id, payment_id, sale_id) where payment_id is not null;
drop index if exists public.credit_payments_of_day;

-- A payment goes to sales to its last cent.
create function private.payment_is_all_entries() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  paid record;
begin
  select p.amount_minor, (select coalesce(-sum(e.amount_minor), 0) from public.credit_entries e
      where e.boutique_id = p.boutique_id and e.payment_id = p.id) as gone into paid
  from public.debt_payments p where p.boutique_id = new.boutique_id
    and p.id = case when tg_table_name = 'debt_payments' then new.id
      else (to_jsonb(new) ->> 'payment_id')::uuid end;
  if found and paid.amount_minor <> paid.gone then
    raise exception 'a payment of % went to sales with %', paid.amount_minor, paid.gone
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
revoke execute on function private.payment_is_all_entries() from public;
create constraint trigger debt_payments_all_entries after insert on public.debt_payments
  deferrable initially deferred for each row execute function private.payment_is_all_entries();
create constraint trigger credit_entries_all_of_payment after insert on public.credit_entries
  deferrable initially deferred for each row when (new.payment_id is not null)
  execute function private.payment_is_all_entries();

-- What is owed stands beside the sale, so that those who owe are found without those who paid.
alter table public.counter_sales add column owed_minor bigint not null default 0
  constraint counter_sales_owed check (owed_minor >= 0);
update public.counter_sales s set owed_minor = e.owed from (
  select boutique_id, sale_id, sum(amount_minor) as owed from public.credit_entries
  group by boutique_id, sale_id
) e where s.boutique_id = e.boutique_id and s.id = e.sale_id and e.owed <> 0;
create index counter_sales_owed on public.counter_sales (boutique_id, created_at, id)
  where owed_minor > 0;
drop index public.counter_sales_on_credit;

-- Never more than is owed, whoever pays at the same moment: the sale's row is locked by this.
create or replace function private.owed_at_least_nothing() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.counter_sales s set owed_minor = s.owed_minor + new.amount_minor
  where s.boutique_id = new.boutique_id and s.id = new.sale_id and new.amount_minor <> 0;
  return new;
end $$;

-- The same M-Pesa money is not a sale's and a debt's.
create function private.reference_is_of_one_thing() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform pg_advisory_xact_lock(
    hashtextextended(new.boutique_id::text || upper(new.reference), 0));
  if (tg_table_name = 'debt_payments' and exists (select from public.counter_sales s
      where s.boutique_id = new.boutique_id and upper(s.reference) = upper(new.reference)
        and s.undone_at is null))
    or (tg_table_name = 'counter_sales' and exists (select from public.debt_payments p
      where p.boutique_id = new.boutique_id and p.reference = upper(new.reference)))
  then
    raise exception 'reference % is written down already', new.reference
      using errcode = 'unique_violation', constraint = 'reference_of_one_thing';
  end if;
  return new;
end $$;
revoke execute on function private.reference_is_of_one_thing() from public;
create trigger debt_payments_reference before insert on public.debt_payments
  for each row when (new.reference is not null)
  execute function private.reference_is_of_one_thing();
create trigger counter_sales_reference before insert on public.counter_sales
  for each row when (new.reference is not null)
  execute function private.reference_is_of_one_thing();

-- A statement's line may be such a payment.
alter table public.statement_matches add column debt_payment_id uuid,
  add foreign key (boutique_id, debt_payment_id) references public.debt_payments (boutique_id, id);
do $$
declare
  named text := conname from pg_constraint
    where conrelid = 'public.statement_matches'::regclass
      and pg_get_constraintdef(oid) like '%num_nonnulls%';
begin
  execute format('alter table public.statement_matches drop constraint %I', named);
end $$;
alter table public.statement_matches add constraint statement_matches_of_one_thing check (
  num_nonnulls(payment_id, sale_id, refund_id, debt_payment_id) = (how <> 'set_aside')::int);
create unique index statement_matches_debt_payment on public.statement_matches
  (boutique_id, debt_payment_id, (how = 'reversal')) where debt_payment_id is not null;
create or replace function private.claim_statement_line() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  known text := upper(case when tg_table_name = 'payments' then to_jsonb(new) ->> 'receipt'
    else to_jsonb(new) ->> 'reference' end);
begin
  if known is null then
    return null;
  end if;
  insert into public.statement_matches
    (boutique_id, line_id, how, payment_id, sale_id, refund_id, debt_payment_id)
  select l.boutique_id, l.id, 'receipt',
    case when tg_table_name = 'payments' then new.id end,
    case when tg_table_name = 'counter_sales' then new.id end,
    case when tg_table_name = 'refunds' then new.id end,
    case when tg_table_name = 'debt_payments' then new.id end
  from public.statement_lines l
  where l.boutique_id = new.boutique_id and l.receipt = known
    and l.kind = case when tg_table_name = 'refunds' then 'paid_out' else 'paid_in' end
  on conflict do nothing;
  return null;
end $$;
create trigger debt_payments_claim_statement_line after insert on public.debt_payments
  for each row when (new.reference is not null) execute function private.claim_statement_line();

-- Once in seven days a buyer is reminded: this row is moved on by the one who reminds her.
create table public.debt_reminders (
  boutique_id uuid not null references public.boutiques on delete cascade,
  debtor_id uuid not null,  -- as the list of those who owe has it
  times integer not null default 1 check (times > 0),
  owed_minor bigint not null check (owed_minor > 0),
  reminded_by uuid not null,
  reminded_at timestamptz not null default now(),
  primary key (boutique_id, debtor_id)
);

do $$
declare
  one text;
begin
  foreach one in array array['debt_payments', 'debt_reminders'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select, insert on public.%I to boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
create trigger debt_payments_by_a_member after insert on public.debt_payments
  for each row when (current_setting('app.actor', true) <> '')
  execute function private.audit_member();
grant update on public.debt_reminders to boutique_agent;

-- A payment is a line of the audit log; that it moved what is owed beside the sale is not another.
-- Who is erased leaves the sums of her payments, and no phone with them.
do $$
declare
  audited text := pg_get_functiondef('private.audit_member()'::regprocedure);
  erasing text := pg_get_functiondef(p.oid) from pg_proc p
    where p.proname = 'erase_customer' and p.pronamespace = 'private'::regnamespace;
  was text;
begin
  was := audited;
  audited := replace(audited, '''updated_at'', ', '''updated_at'', ''owed_minor'', ');
  if audited = was then raise exception 'audit_member is not as it was'; end if;
  execute audited;
  was := erasing;
  erasing := replace(erasing, 'or r.order_id = any (bought) or s.customer_id = any (her))',
    'or r.order_id = any (bought) or s.customer_id = any (her)
        or m.debt_payment_id in (select e.payment_id from public.credit_entries e
          join public.counter_sales o on o.boutique_id = e.boutique_id and o.id = e.sale_id
          where e.boutique_id = _boutique and o.customer_id = any (her)))');
  erasing := replace(erasing, '  update public.counter_sales set buyer_phone = null,',
    '  update public.debt_payments set phone = null where boutique_id = _boutique
    and (phone = any (names) or id in (select e.payment_id from public.credit_entries e
      join public.counter_sales o on o.boutique_id = e.boutique_id and o.id = e.sale_id
      where e.boutique_id = _boutique and o.customer_id = any (her)));
  delete from public.debt_reminders
    where boutique_id = _boutique and debtor_id = any (her);
  update public.counter_sales set buyer_phone = null,');
  if strpos(erasing, 'debt_payment_id') = 0 or strpos(erasing, 'debt_reminders') = 0 then
    raise exception 'erase_customer is not as it was';
  end if;
  execute erasing;
end $$;
