-- Where a boutique delivers to, what it costs and how long it takes.

create table public.delivery_zones (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  aliases text[] not null default '{}',  -- other places in it, and other ways to write them
  fee_minor bigint not null check (fee_minor >= 0),
  -- Days until a paid order arrives; 0 is the same day. Null: the shop has not said.
  days_min smallint check (days_min >= 0),
  days_max smallint check (days_max >= 0),
  pickup boolean not null default false,  -- the customer comes to the shop
  -- Where a pin on the map belongs to it: a circle, in degrees and kilometres.
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  radius_km double precision check (radius_km > 0),
  position smallint not null default 0,  -- the order in which the shop tells them
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, name),
  check (days_min <= days_max),
  check (num_nulls(latitude, longitude, radius_km) in (0, 3))
);
create trigger delivery_zones_touch before update on public.delivery_zones
  for each row execute function private.touch();

alter table public.delivery_zones enable row level security;
revoke all on public.delivery_zones from anon, authenticated;
grant select, insert, update, delete on public.delivery_zones to service_role;
grant select on public.delivery_zones to boutique_agent, authenticated;
create policy "The assistant works with its own boutique's delivery zones"
  on public.delivery_zones for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
create policy "Members read their boutique's delivery zones"
  on public.delivery_zones for select to authenticated
  using (boutique_id in (select private.my_boutiques()));
