-- Which message templates a boutique has approved at its provider. `domain/templates.py` has the
-- texts; a template that is not approved here is not sent, and whoever wanted it sent is told so.
create table public.message_templates (
  boutique_id uuid not null references public.boutiques on delete cascade,
  provider text not null check (provider in ('twilio', 'meta')),
  name text not null,
  language text not null check (language in ('en', 'sw')),
  status text not null check (status in ('approved', 'pending', 'rejected', 'paused')),
  content_sid text check (content_sid ~ '^HX[0-9a-f]{32}$'),  -- Twilio's name for the template
  checked_at timestamptz not null default now(),
  primary key (boutique_id, provider, name, language),
  check (provider <> 'twilio' or status <> 'approved' or content_sid is not null)
);

alter table public.message_templates enable row level security;
revoke all on public.message_templates from anon, authenticated, service_role;
grant select, insert, update, delete on public.message_templates to service_role;
grant select on public.message_templates to boutique_agent, authenticated, boutique_staff;
create policy "The assistant reads its own boutique's message templates"
  on public.message_templates for select to boutique_agent
  using (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's message templates"
  on public.message_templates for select to authenticated, boutique_staff
  using (boutique_id in (select private.my_boutiques()));
