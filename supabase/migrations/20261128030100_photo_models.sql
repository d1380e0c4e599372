-- How far each boutique's pictures are with another model of the eye than this machine's own. Its
-- photos are searched by that model once every picture has a vector by it, and not before.
create table public.photo_models (
  boutique_id uuid not null references public.boutiques (id) on delete cascade,
  model text not null check (length(model) between 1 and 100),
  pictures integer not null default 0 check (pictures >= 0),
  done integer not null default 0 check (done >= 0),
  unreadable integer not null default 0 check (unreadable >= 0),
  begun_at timestamptz not null default now(),
  ready_at timestamptz,  -- since then it is searched by
  claimed_until timestamptz,
  primary key (boutique_id, model)
);

alter table public.photo_models enable row level security;
revoke all on public.photo_models from anon, authenticated;
grant select, insert, update, delete on public.photo_models to service_role;
grant select, insert, update on public.photo_models to boutique_agent;
grant select on public.photo_models to boutique_staff;
create policy "The assistant keeps its own boutique's photo models" on public.photo_models
  for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's photo models" on public.photo_models
  for select to boutique_staff
  using (boutique_id in (select private.my_boutiques()));
