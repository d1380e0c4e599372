-- What a person looks at often: the filters of a list under a name, theirs alone or the whole shop's.

create table public.saved_views (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  screen text not null
    check (screen in ('orders', 'customers', 'pieces', 'chats', 'payments')),
  name text not null check (length(name) between 1 and 40 and name = btrim(name)),
  -- As in the address of the screen. What a later screen does not know is left out when it is read.
  params jsonb not null check (jsonb_typeof(params) = 'object'),
  kept_by uuid,  -- whose it is alone; null: the shop's
  opens_first boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  -- With the membership go its own views.
  foreign key (boutique_id, kept_by) references public.boutique_members (boutique_id, user_id)
    on delete cascade
);
create unique index saved_views_of_the_shop on public.saved_views
  (boutique_id, screen, lower(name)) where kept_by is null;
create unique index saved_views_of_a_member on public.saved_views
  (boutique_id, kept_by, screen, lower(name)) where kept_by is not null;
create unique index saved_views_the_shop_opens_first on public.saved_views
  (boutique_id, screen) where kept_by is null and opens_first;
create unique index saved_views_a_member_opens_first on public.saved_views
  (boutique_id, kept_by, screen) where kept_by is not null and opens_first;

create trigger saved_views_touch before update on public.saved_views
  for each row execute function private.touch();
-- What a member keeps alone is nobody else's business, and no line of the shop's log.
create trigger saved_views_added_by_a_member after insert on public.saved_views
  for each row when (current_setting('app.actor', true) <> '' and new.kept_by is null)
  execute function private.audit_member();
create trigger saved_views_by_a_member after update on public.saved_views
  for each row when (current_setting('app.actor', true) <> ''
    and (new.kept_by is null or old.kept_by is null))
  execute function private.audit_member();
create trigger saved_views_removed_by_a_member after delete on public.saved_views
  for each row when (current_setting('app.actor', true) <> '' and old.kept_by is null)
  execute function private.audit_member();

alter table public.saved_views enable row level security;
revoke all on public.saved_views from anon, authenticated, service_role;
grant select, insert, update, delete on public.saved_views to service_role;
grant select, insert, delete, update (name, params, kept_by, opens_first)
  on public.saved_views to boutique_staff;
create policy "Members read the shop's views and their own" on public.saved_views
  for select to boutique_staff
  using (boutique_id in (select private.my_boutiques())
    and (kept_by is null or kept_by = (select private.my_user_id())));
create policy "Members keep views of their own" on public.saved_views
  for all to boutique_staff
  using (boutique_id in (select private.my_boutiques())
    and kept_by = (select private.my_user_id()))
  with check (boutique_id in (select private.my_boutiques())
    and kept_by = (select private.my_user_id()));
create policy "Owners keep the shop's views" on public.saved_views
  for all to boutique_owner
  using (boutique_id in (select private.owned_boutiques()) and kept_by is null)
  with check (boutique_id in (select private.owned_boutiques()) and kept_by is null);
