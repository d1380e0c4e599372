-- Whom campaigns leave alone, and how far an occurrence's recipients are written down.

-- Numbers that cannot be reached (the provider said so again and again), or that a person took out.
-- By phone or WhatsApp id, as a recipient is: a number that is another's one day is asked anew.
create table public.suppressed_identities (
  boutique_id uuid not null references public.boutiques on delete cascade,
  identity text not null,
  reason text not null check (reason in ('unreachable', 'complained', 'by_a_person')),
  created_at timestamptz not null default now(),
  primary key (boutique_id, identity)
);
alter table public.suppressed_identities enable row level security;
revoke all on public.suppressed_identities from anon, authenticated, service_role;
grant select, insert, update, delete on public.suppressed_identities
  to service_role, boutique_agent;
grant select on public.suppressed_identities to boutique_staff;
create policy "Campaigns work with their own boutique's suppressed identities"
  on public.suppressed_identities for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's suppressed identities"
  on public.suppressed_identities for select to boutique_staff
  using (boutique_id in (select private.my_boutiques()));

-- Recipients are written chunk by chunk, each chunk with the customer it ended at: whoever goes on
-- after a kill goes on there. `planned_at`: all are written.
alter table public.campaign_occurrences
  add column planned_after uuid,
  add column planned_at timestamptz,
  add column audience_size integer not null default 0 check (audience_size >= 0);
