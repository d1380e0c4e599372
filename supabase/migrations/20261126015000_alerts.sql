-- Alerts to the shop's people while the app is closed: by web push, and by WhatsApp to the owner.

-- Who did it, where a member did: nobody is alerted to her own doing.
alter table public.domain_events
  add column actor text default nullif(current_setting('app.actor', true), '');

-- The check is extended by what it holds, since other kinds may have joined it meanwhile.
do $$
declare
  held text := pg_get_constraintdef(oid) from pg_constraint
    where conrelid = 'public.domain_events'::regclass and conname = 'domain_events_kind_check';
begin
  alter table public.domain_events drop constraint domain_events_kind_check;
  execute 'alter table public.domain_events add constraint domain_events_kind_check '
    || replace(held, 'ARRAY[', 'ARRAY[''person_wanted''::text, ''stock_low''::text, ');
end $$;

-- A customer waits for a person. Who takes a chat over herself needs no telling.
create function private.tell_of_handoff() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(new.boutique_id, 'person_wanted', new.customer_id, new.id, new.id,
    jsonb_build_object('reason', new.handoff_reason));
  return null;
end $$;
create trigger conversations_tell after update of handed_off_at on public.conversations
  for each row when (old.handed_off_at is null and new.handed_off_at is not null
    and coalesce(new.handoff_reason, '') not in ('staff', 'owner'))
  execute function private.tell_of_handoff();

-- A variant that is nearly gone is told once, until it is refilled: units that a reservation gives
-- back and takes again are no news.
alter table public.product_variants add column low_told boolean not null default false;

create function private.tell_of_low_stock() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  had integer := old.quantity - old.reserved;
  has integer := new.quantity - new.reserved;
begin
  if new.low_told and new.quantity > old.quantity and has > 2 then
    new.low_told := false;
  elsif not new.low_told and has < had and has <= 2 then
    new.low_told := true;
    perform private.tell(p.boutique_id, 'stock_low', null, null, p.id,
      jsonb_build_object('variant_id', new.id, 'available', greatest(has, 0)))
    from public.products p
    where p.boutique_id = new.boutique_id and p.id = new.product_id and p.active;
  end if;
  return new;
end $$;
create trigger product_variants_low before update of quantity, reserved on public.product_variants
  for each row execute function private.tell_of_low_stock();

-- A browser of a member's that alerts are pushed to. The endpoint and its keys let their holder
-- send to that browser, so no member reads them.
create table public.push_subscriptions (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  endpoint text not null check (length(endpoint) <= 1000),
  p256dh text not null,
  auth text not null,
  device text not null check (length(device) <= 80),
  language text not null check (language in ('en', 'sw')),
  created_at timestamptz not null default now(),
  last_sent_at timestamptz,
  primary key (boutique_id, id),
  unique (boutique_id, endpoint),
  -- With the membership go its devices.
  foreign key (boutique_id, user_id) references public.boutique_members (boutique_id, user_id)
    on delete cascade
);
create index push_subscriptions_of_a_member on public.push_subscriptions (boutique_id, user_id);

-- The kinds that a member does not want to be alerted to; no row: all are wanted.
create table public.alert_choices (
  boutique_id uuid not null,
  user_id uuid not null,
  muted text[] not null check (
    muted <@ array['new_order', 'person_wanted', 'payment_review', 'low_stock']),
  primary key (boutique_id, user_id),
  foreign key (boutique_id, user_id) references public.boutique_members (boutique_id, user_id)
    on delete cascade
);

-- One push of one event to one device, so that it is sent once however often its job runs.
create table public.alert_pushes (
  boutique_id uuid not null references public.boutiques on delete cascade,
  event_id bigint not null,
  subscription_id uuid not null,
  kind text not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,  -- null: not yet
  primary key (boutique_id, event_id, subscription_id),
  foreign key (boutique_id, subscription_id)
    references public.push_subscriptions (boutique_id, id) on delete cascade
);
create index alert_pushes_age on public.alert_pushes (created_at);
create index alert_pushes_of_a_device on public.alert_pushes (boutique_id, subscription_id);

-- The kinds that the owner's phone gets no note of on WhatsApp.
alter table public.boutiques add column owner_muted text[] not null default '{low_stock}'
  check (owner_muted <@ array['new_order', 'person_wanted', 'payment_review', 'low_stock']);
grant update (owner_muted) on public.boutiques to boutique_owner;

do $$
declare
  one text;
begin
  foreach one in array array['push_subscriptions', 'alert_choices', 'alert_pushes'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format(
      'grant select, insert, update, delete on public.%I to service_role, boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
grant select (boutique_id, id, user_id, device, language, created_at, last_sent_at), delete
  on public.push_subscriptions to boutique_staff;
create policy "Members see and remove their own devices" on public.push_subscriptions
  for all to boutique_staff
  using (boutique_id in (select private.my_boutiques())
    and user_id = (select private.my_user_id()));
grant select, insert (boutique_id, user_id, muted), update (muted)
  on public.alert_choices to boutique_staff;
create policy "Members choose their own alerts" on public.alert_choices
  for all to boutique_staff
  using (boutique_id in (select private.my_boutiques())
    and user_id = (select private.my_user_id()))
  with check (boutique_id in (select private.my_boutiques())
    and user_id = (select private.my_user_id()));

-- The job is deferred with the event and runs after its commit. A boutique where nobody wants
-- alerts costs no job.
create function private.raise_alert() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.push_subscriptions s where s.boutique_id = new.boutique_id)
    or (new.kind = 'stock_low' and exists (
      select from public.boutiques b where b.id = new.boutique_id and b.owner_phone is not null
        and not 'low_stock' = any (b.owner_muted)))
  then
    perform jobs.defer('send_alerts', 'alert:' || new.id,
      jsonb_build_object('boutique_id', new.boutique_id, 'event_id', new.id,
        'subject_id', new.subject_id), null);
  end if;
  return null;
end $$;
create trigger domain_events_alert after insert on public.domain_events
  for each row when (new.kind in ('order_paid', 'person_wanted', 'payment_in_review', 'stock_low'))
  execute function private.raise_alert();
