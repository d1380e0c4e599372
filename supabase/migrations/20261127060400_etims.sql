-- Kenya's eTIMS: the shop issues its invoices with KRA's own app, and notes here the numbers it gave.

-- From each day on which it changed: a shop that registers owes nothing of the months before.
create table public.tax_settings (
  boutique_id uuid not null references public.boutiques on delete cascade,
  counts_from date not null,  -- of the boutique's calendar; -infinity: always
  kra_pin text check (kra_pin ~ '^[AP][0-9]{9}[A-Z]$'),
  vat text not null default 'not_registered'
    check (vat in ('not_registered', 'standard', 'zero_rated', 'exempt')),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, counts_from)
);

create table public.etims_invoices (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  order_id uuid,
  sale_id uuid,
  refund_id uuid,  -- of money given back: the number of the credit note
  number text not null check (number ~ '^[A-Z0-9][A-Z0-9/ -]{2,59}$'),
  noted_by text not null default private.current_actor(),
  noted_at timestamptz not null default now(),
  primary key (boutique_id, id),
  check (num_nonnulls(order_id, sale_id, refund_id) = 1),
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id),
  foreign key (boutique_id, sale_id) references public.counter_sales (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, refund_id) references public.refunds (boutique_id, id),
  unique (boutique_id, number)
);
create unique index etims_invoices_order on public.etims_invoices (boutique_id, order_id)
  where order_id is not null;
create unique index etims_invoices_sale on public.etims_invoices (boutique_id, sale_id)
  where sale_id is not null;
create unique index etims_invoices_refund on public.etims_invoices (boutique_id, refund_id)
  where refund_id is not null;

-- What of a total that includes it is value added tax, rounded half up to the minor unit.
create function private.vat_contained(_total bigint, _percent integer) returns bigint
language sql immutable strict set search_path = '' as $$
  select (sign(_total) * div(abs(_total) * 2 * _percent + (100 + _percent),
    2 * (100 + _percent)))::bigint
$$;
grant execute on function private.vat_contained(bigint, integer) to boutique_agent, service_role;

-- The rate that a boutique's prices hold on a day: Kenya's standard rate, or none.
create function private.vat_percent(_boutique uuid, _day date) returns integer
language sql stable set search_path = '' as $$
  select coalesce((select case t.vat when 'standard' then 16 else 0 end
    from public.tax_settings t where t.boutique_id = _boutique and t.counts_from <= _day
    order by t.counts_from desc limit 1), 0)
$$;
grant execute on function private.vat_percent(uuid, date) to boutique_agent, service_role;

do $$
declare
  one text;
begin
  foreach one in array array['tax_settings', 'etims_invoices'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select, insert, update, delete on public.%I to boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
-- A receipt shows both.
grant select on public.tax_settings to boutique_staff;
create policy "Members read how their boutique is taxed" on public.tax_settings
  for select to boutique_staff using (boutique_id in (select private.my_boutiques()));
grant select on public.etims_invoices to boutique_staff;
create policy "Members read the eTIMS numbers of their boutique" on public.etims_invoices
  for select to boutique_staff using (boutique_id in (select private.my_boutiques()));
