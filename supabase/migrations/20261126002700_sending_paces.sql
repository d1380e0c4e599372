-- How fast a boutique's number offers things: each message takes the number's next free moment.

create table public.sending_paces (
  boutique_id uuid not null references public.boutiques on delete cascade,
  provider text not null,
  next_at timestamptz not null,  -- no paced message leaves before
  primary key (boutique_id, provider)
);

alter table public.sending_paces enable row level security;
revoke all on public.sending_paces from anon, authenticated, service_role;
grant select, insert, update on public.sending_paces to boutique_agent, service_role;
create policy "The assistant keeps its own boutique's pace"
  on public.sending_paces for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
