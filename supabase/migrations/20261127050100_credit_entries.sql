-- What is owed for sales on credit: a ledger of its own, so that a part payment is a row and no edit.

create table public.credit_entries (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  sale_id uuid not null,  -- whose buyer owes: an entry names nobody itself
  kind text not null check (kind in ('debt', 'payment', 'undone')),
  amount_minor bigint not null,  -- more owed above zero, less below
  method text check (method in ('cash', 'mpesa')),
  reference text check (reference ~ '^[A-Z0-9 -]{3,40}$'),  -- M-Pesa's
  made_by uuid,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, sale_id) references public.counter_sales (boutique_id, id)
    on delete cascade,
  check (case kind when 'debt' then amount_minor >= 0 when 'undone' then amount_minor <= 0
    else amount_minor < 0 end),
  check ((method is not null) = (kind = 'payment')),
  check ((reference is not null) = (method is not distinct from 'mpesa'))
);
create index credit_entries_of_sale on public.credit_entries (boutique_id, sale_id, created_at, id);
-- A sale is owed once and undone once; the same money is not written down twice.
create unique index credit_entries_once on public.credit_entries (boutique_id, sale_id, kind)
  where kind <> 'payment';
create unique index credit_entries_reference on public.credit_entries (boutique_id, reference)
  where reference is not null;
create index counter_sales_on_credit on public.counter_sales (boutique_id, created_at, id)
  where paid_by = 'credit' and undone_at is null;
create index counter_sales_reference on public.counter_sales (boutique_id, upper(reference))
  where reference is not null;

-- Never more than is owed, whoever pays at the same moment: the sale's row is locked first.
create function private.owed_at_least_nothing() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform from public.counter_sales s
  where s.boutique_id = new.boutique_id and s.id = new.sale_id for update;
  if new.amount_minor + (select coalesce(sum(e.amount_minor), 0) from public.credit_entries e
      where e.boutique_id = new.boutique_id and e.sale_id = new.sale_id) < 0 then
    raise exception 'more than is owed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
revoke execute on function private.owed_at_least_nothing() from public;
create trigger credit_entries_owed before insert on public.credit_entries
  for each row execute function private.owed_at_least_nothing();

-- The debt is written with the sale, and taken back with its undoing.
create function private.write_credit() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.credit_entries (boutique_id, sale_id, kind, amount_minor, made_by)
  values (new.boutique_id, new.id, case when new.undone_at is null then 'debt' else 'undone' end,
    case when new.undone_at is null then new.total_minor else -new.total_minor end,
    coalesce(new.undone_by, new.sold_by));
  return null;
end $$;
revoke execute on function private.write_credit() from public;
create trigger counter_sales_write_credit after insert on public.counter_sales
  for each row when (new.paid_by = 'credit' and new.undone_at is null)
  execute function private.write_credit();
create trigger counter_sales_undo_credit after update of undone_at on public.counter_sales
  for each row when (new.paid_by = 'credit' and old.undone_at is null and new.undone_at is not null)
  execute function private.write_credit();

insert into public.credit_entries (boutique_id, sale_id, kind, amount_minor, made_by, created_at)
select boutique_id, id, 'debt', total_minor, sold_by, created_at
from public.counter_sales where paid_by = 'credit';
insert into public.credit_entries (boutique_id, sale_id, kind, amount_minor, made_by, created_at)
select boutique_id, id, 'undone', -total_minor, undone_by, undone_at
from public.counter_sales where paid_by = 'credit' and undone_at is not null;

alter table public.credit_entries enable row level security;
revoke all on public.credit_entries from anon, authenticated;
grant select, insert, update, delete on public.credit_entries to service_role;
grant select, insert on public.credit_entries to boutique_agent;
create policy "The assistant works with its own boutique's credit entries"
  on public.credit_entries for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
