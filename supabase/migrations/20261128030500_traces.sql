-- From a webhook to what came of it: `app.trace` is set in each transaction that belongs to one
-- (core/observability/following.py). A default, so that no statement need name it. It is nobody's
-- key: a column without an index, read beside rows that are looked up by something else.
alter table public.messages
  add column trace_id uuid default nullif(current_setting('app.trace', true), '')::uuid;
alter table public.payments
  add column trace_id uuid default nullif(current_setting('app.trace', true), '')::uuid;
