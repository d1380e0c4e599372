-- How an order was paid past M-Pesa's prompt: what a person wrote down as paid in cash is in no
-- statement, and in the drawer.
alter table public.payments add column paid_by text not null default 'mpesa'
  check (paid_by in ('mpesa', 'cash', 'bank'));
