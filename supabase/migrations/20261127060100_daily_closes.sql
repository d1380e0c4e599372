-- A day of the shop is closed: what should be there is held against what was counted. A day that is
-- closed again gets a further version; none is changed.

create table public.daily_closes (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  day date not null,  -- of the boutique's calendar
  version smallint not null check (version > 0),
  currency char(3) not null,
  float_minor bigint not null check (float_minor >= 0),  -- in the drawer when the day began
  paid_out jsonb not null default '[]',  -- from the drawer: [{"what": "Boda", "amount_minor": 20000}]
  left_minor bigint check (left_minor >= 0),  -- stays in the drawer: the next day's float
  note text not null default '' check (length(note) <= 500),
  closed_by uuid not null,  -- a member then
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, day, version)
);

-- What was counted of a person, and of all the others together where there is no person.
create table public.daily_close_lines (
  boutique_id uuid not null,
  close_id uuid not null,
  method text not null check (method in ('cash', 'mpesa')),
  user_id uuid,
  expected_minor bigint not null,  -- as it was then: money that came later is told as such
  counted_minor bigint not null,
  reason text check (reason in ('wrong_change', 'not_written_down', 'spent', 'unclaimed_money',
    'not_on_statement', 'counted_late', 'unknown')),
  foreign key (boutique_id, close_id) references public.daily_closes (boutique_id, id)
    on delete cascade,
  unique nulls not distinct (boutique_id, close_id, method, user_id),
  check ((reason is not null) = (counted_minor <> expected_minor))
);

-- A day's money is found without the days before it.
create index payments_of_day on public.payments (boutique_id, resolved_at)
  where status = 'succeeded' or received_minor > 0;
create index credit_payments_of_day on public.credit_entries (boutique_id, created_at)
  where kind = 'payment';

do $$
declare
  one text;
begin
  foreach one in array array['daily_closes', 'daily_close_lines'] loop
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
