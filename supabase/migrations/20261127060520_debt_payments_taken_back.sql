-- A payment of a debt that was a slip, or that M-Pesa took back: its sales are owed again. The payment
-- and its entries stay; entries of the other sign are added.

alter table public.debt_payments
  add column taken_back_at timestamptz,
  add column taken_back_by uuid,
  add column taken_back_reason text check (length(taken_back_reason) between 1 and 200),
  add constraint debt_payments_taken_back
    check (num_nulls(taken_back_at, taken_back_by, taken_back_reason) in (0, 3));
grant update (taken_back_at, taken_back_by, taken_back_reason) on public.debt_payments
  to boutique_agent;
drop index public.debt_payments_reference;
create unique index debt_payments_reference on public.debt_payments (boutique_id, reference)
  where reference is not null and taken_back_at is null;

do $$
declare
  named text := conname from pg_constraint
    where conrelid = 'public.credit_entries'::regclass
      and pg_get_constraintdef(oid) like '%CASE kind%';
begin
  execute format('alter table public.credit_entries drop constraint %I', named);
end $$;
alter table public.credit_entries
  drop constraint credit_entries_kind_check,
  drop constraint credit_entries_payment,
  add constraint credit_entries_kind_check
    check (kind in ('debt', 'payment', 'taken_back', 'undone', 'write_off')),
  add constraint credit_entries_payment
    check ((payment_id is not null) = (kind in ('payment', 'taken_back'))),
  add constraint credit_entries_sign check (case kind when 'debt' then amount_minor >= 0
    when 'taken_back' then amount_minor > 0 when 'undone' then amount_minor <= 0
    else amount_minor < 0 end);
drop index public.credit_entries_of_payment;
create unique index credit_entries_of_payment on public.credit_entries
  (boutique_id, payment_id, sale_id, kind) where payment_id is not null;
-- A sale is owed once and undone once.
drop index public.credit_entries_once;
create unique index credit_entries_once on public.credit_entries (boutique_id, sale_id, kind)
  where kind in ('debt', 'undone');

do $$
declare
  made text;
  was text := pg_get_functiondef('private.payment_is_all_entries()'::regprocedure);
begin
  made := replace(was, 'e.payment_id = p.id)', 'e.payment_id = p.id and e.kind = ''payment'')');
  if made = was then raise exception 'payment_is_all_entries is not as it was'; end if;
  execute made;
  was := pg_get_functiondef('private.reference_is_of_one_thing()'::regprocedure);
  made := replace(was, 'p.reference = upper(new.reference))',
    'p.reference = upper(new.reference)
      and p.taken_back_at is null)');
  if made = was then raise exception 'reference_is_of_one_thing is not as it was'; end if;
  execute made;
end $$;
