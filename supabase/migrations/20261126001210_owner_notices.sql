-- What the owner has been told, so that forty of the same make one note.

create table public.owner_notices (
  boutique_id uuid not null references public.boutiques on delete cascade,
  about text not null check (length(about) <= 200),
  told_at timestamptz not null default now(),
  primary key (boutique_id, about)
);

alter table public.owner_notices enable row level security;
revoke all on public.owner_notices from anon, authenticated;
grant select, insert, update, delete on public.owner_notices to service_role;
grant select, insert on public.owner_notices to boutique_agent;
create policy "The assistant works with its own boutique's owner notices"
  on public.owner_notices for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
