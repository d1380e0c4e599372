-- A top-up that a query found paid has no receipt; the callback brings it later, as a step of its own.
alter table public.wallet_top_up_steps drop constraint wallet_top_up_steps_step_check;
alter table public.wallet_top_up_steps add constraint wallet_top_up_steps_step_check
  check (step in ('sending', 'accepted', 'failed', 'unanswered', 'paid', 'receipt', 'review'));
drop index public.wallet_top_up_steps_receipt;
create unique index wallet_top_up_steps_receipt on public.wallet_top_up_steps (receipt)
  where step in ('paid', 'receipt') and receipt is not null;
-- Those that M-Pesa has not told the end of.
create index wallet_top_ups_recent on public.wallet_top_ups (created_at);
