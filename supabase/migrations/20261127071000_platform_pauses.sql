-- Whoever runs the installation pauses a boutique, or one of its channels, with a reason that its
-- owner reads. The owner's own pause is `boutiques.paused_at`: neither lifts the other's.
create table public.platform_pauses (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  provider text check (provider in ('twilio', 'meta')),  -- null: the whole boutique
  reason text not null check (length(reason) between 3 and 500),
  paused_at timestamptz not null default now(),
  ended_at timestamptz check (ended_at >= paused_at),
  primary key (boutique_id, id)
);
create unique index platform_pauses_open on public.platform_pauses
  (boutique_id, (coalesce(provider, ''))) where ended_at is null;

alter table public.platform_pauses enable row level security;
revoke all on public.platform_pauses from anon, authenticated, service_role;
grant select, insert, update (ended_at) on public.platform_pauses to service_role;
grant select on public.platform_pauses to boutique_agent, authenticated, boutique_staff;
create policy "The assistant reads its own boutique's pauses" on public.platform_pauses
  for select to boutique_agent using (boutique_id = (select private.current_boutique()));
create policy "Members read why their boutique is paused" on public.platform_pauses
  for select to authenticated, boutique_staff
  using (boutique_id in (select private.my_boutiques()));

-- What is in force stands in the boutique's own row too, because each turn reads that row: since when
-- each channel is paused, by its provider, and the whole boutique as `all`.
alter table public.boutiques add column platform_pauses jsonb not null default '{}';
create function private.note_platform_pauses() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor text := coalesce(current_setting('app.actor', true), '');
  via text := coalesce(current_setting('app.via', true), '');
begin
  perform set_config('app.actor', '', true), set_config('app.via', '', true);
  update public.boutiques b set platform_pauses = (
    select coalesce(jsonb_object_agg(coalesce(p.provider, 'all'), p.paused_at), '{}')
    from public.platform_pauses p where p.boutique_id = new.boutique_id and p.ended_at is null)
  where b.id = new.boutique_id;
  perform set_config('app.actor', actor, true), set_config('app.via', via, true);
  return null;
end $$;
revoke execute on function private.note_platform_pauses() from public;
create trigger platform_pauses_noted after insert or update on public.platform_pauses
  for each row execute function private.note_platform_pauses();
