-- M-Pesa statements: what Safaricom says came in and went out, held against what the shop knows.

create table public.mpesa_statements (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  digest bytea not null check (length(digest) = 32),  -- sha256: the same file changes nothing
  file_name text not null check (length(file_name) between 1 and 200),
  lines integer not null check (lines >= 0),
  new_lines integer not null check (new_lines between 0 and lines),
  bad jsonb not null default '[]',  -- [{"line": 7, "why": "no_receipt"}]
  imported_by uuid,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, digest)
);

-- Append-only: a line of an overlapping statement is there already.
create table public.statement_lines (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  statement_id uuid not null,
  line integer not null,
  receipt text not null check (receipt ~ '^[A-Z0-9]{6,20}$'),
  kind text not null check (kind in ('paid_in', 'paid_out', 'charge', 'withdrawal', 'reversal')),
  amount_minor bigint not null check (amount_minor > 0),
  completed_at timestamptz not null,
  details text not null check (length(details) <= 500),
  phone text check (phone ~ '^[0-9*]{6,15}$'),  -- as far as M-Pesa shows it: 2547******123
  other_party text check (length(other_party) <= 120),
  original text,  -- of a reversal: the receipt of the money that went back
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, statement_id) references public.mpesa_statements (boutique_id, id)
    on delete cascade
);
-- A receipt comes in once and goes out once; several charges may stand under it.
create unique index statement_lines_once on public.statement_lines
  (boutique_id, receipt, kind, (case kind when 'charge' then amount_minor else 0 end));
create index statement_lines_newest on public.statement_lines (boutique_id, completed_at desc, id);
create index statement_lines_of_statement on public.statement_lines (boutique_id, statement_id);

-- What a line was found to be. One that is alike (amount, phone, time) is found anew at each import,
-- so that the order in which statements come in does not matter.
create table public.statement_matches (
  boutique_id uuid not null,
  line_id uuid not null,
  how text not null check (how in ('receipt', 'alike', 'person', 'reversal', 'set_aside')),
  payment_id uuid,
  sale_id uuid,
  refund_id uuid,
  reason text check (reason in ('personal', 'not_a_sale', 'elsewhere', 'other')),
  note text not null default '' check (length(note) <= 200),
  decided_by uuid,  -- none: found by itself
  created_at timestamptz not null default now(),
  primary key (boutique_id, line_id),
  foreign key (boutique_id, line_id) references public.statement_lines (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, payment_id) references public.payments (boutique_id, id),
  foreign key (boutique_id, sale_id) references public.counter_sales (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, refund_id) references public.refunds (boutique_id, id),
  check (num_nonnulls(payment_id, sale_id, refund_id) = (how <> 'set_aside')::int),
  check ((reason is not null) = (how = 'set_aside'))
);
-- Money is of one thing, and a thing is of one line; its reversal is another line.
create unique index statement_matches_payment on public.statement_matches
  (boutique_id, payment_id, (how = 'reversal')) where payment_id is not null;
create unique index statement_matches_sale on public.statement_matches
  (boutique_id, sale_id, (how = 'reversal')) where sale_id is not null;
create unique index statement_matches_refund on public.statement_matches
  (boutique_id, refund_id, (how = 'reversal')) where refund_id is not null;

-- Money of which the shop hears after its statement was imported claims its line by itself.
create function private.claim_statement_line() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  known text := upper(case when tg_table_name = 'payments' then to_jsonb(new) ->> 'receipt'
    else to_jsonb(new) ->> 'reference' end);
begin
  if known is null then
    return null;
  end if;
  insert into public.statement_matches (boutique_id, line_id, how, payment_id, sale_id, refund_id)
  select l.boutique_id, l.id, 'receipt',
    case when tg_table_name = 'payments' then new.id end,
    case when tg_table_name = 'counter_sales' then new.id end,
    case when tg_table_name = 'refunds' then new.id end
  from public.statement_lines l
  where l.boutique_id = new.boutique_id and l.receipt = known
    and l.kind = case when tg_table_name = 'refunds' then 'paid_out' else 'paid_in' end
  on conflict do nothing;
  return null;
end $$;
revoke execute on function private.claim_statement_line() from public;
create trigger payments_claim_statement_line after insert or update of receipt on public.payments
  for each row execute function private.claim_statement_line();
create trigger counter_sales_claim_statement_line after insert on public.counter_sales
  for each row when (new.paid_by = 'mpesa') execute function private.claim_statement_line();
create trigger refunds_claim_statement_line after insert on public.refunds
  for each row when (new.method = 'mpesa') execute function private.claim_statement_line();

do $$
declare
  one text;
begin
  foreach one in array array['mpesa_statements', 'statement_lines', 'statement_matches'] loop
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
grant delete on public.statement_matches to boutique_agent;
