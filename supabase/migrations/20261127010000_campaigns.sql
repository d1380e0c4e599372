-- Campaigns: what customers like, who is sent which pieces, and what came of it.

-- How a piece is embroidered; `embroidery` says whether it is at all, and the two go together.
alter table public.products
  add column embroidery_density text not null default 'none'
    check (embroidery_density in ('none', 'light', 'medium', 'heavy')),
  add column embroidery_type text check (length(embroidery_type) between 1 and 40);
update public.products set embroidery_density = 'medium' where embroidery;

create function private.embroidery_of_a_piece() returns trigger
language plpgsql set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    if new.embroidery and new.embroidery_density = 'none' then
      new.embroidery_density := 'medium';
    end if;
  elsif new.embroidery is distinct from old.embroidery
    and new.embroidery_density = old.embroidery_density then
    new.embroidery_density := case when new.embroidery then 'medium' else 'none' end;
  end if;
  new.embroidery := new.embroidery_density <> 'none';
  if not new.embroidery then
    new.embroidery_type := null;
  end if;
  return new;
end $$;
-- Its name puts it before `products_index`, which reads the outcome.
create trigger products_embroidery before insert or update on public.products
  for each row execute function private.embroidery_of_a_piece();
grant insert (embroidery_density, embroidery_type), update (embroidery_density, embroidery_type)
  on public.products to boutique_owner;

-- What a customer likes, made anew from all her paid orders whenever one is paid or refunded.
create table public.customer_profiles (
  boutique_id uuid not null,
  customer_id uuid not null,
  color_family_pref text check (color_family_pref in ('Warm', 'Cool', 'Neutral', 'Jewel')),
  style_model text,  -- whose vectors the centroid is the mean of
  style_centroid vector(512),
  embroidery_density_pref text not null
    check (embroidery_density_pref in ('none', 'light', 'medium', 'heavy')),
  embroidery_type_pref text[] not null,
  occasion_affinity jsonb not null,  -- occasion: share in 0..1
  mean_price_minor bigint not null check (mean_price_minor > 0),
  price_band text not null check (price_band in ('budget', 'mid', 'premium', 'luxury')),
  units integer not null check (units > 0),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, customer_id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  check ((style_centroid is null) = (style_model is null))
);

-- A version is never changed, so that a campaign can always say by which rules it chose.
create table public.score_rules (
  boutique_id uuid not null references public.boutiques on delete cascade,
  version integer not null check (version > 0),
  rules jsonb not null,
  created_at timestamptz not null default now(),
  primary key (boutique_id, version)
);
create trigger score_rules_append_only before update or delete on public.score_rules
  for each row execute function private.forbid_change();

create table public.segments (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  rule jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, name)
);
create trigger segments_touch before update on public.segments
  for each row execute function private.touch();

-- Customers picked by hand, or named in a file that proves what they agreed to.
create table public.audience_lists (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  source text not null check (source in ('manual', 'csv')),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id)
);
create table public.audience_list_members (
  boutique_id uuid not null,
  list_id uuid not null,
  customer_id uuid not null,
  primary key (boutique_id, list_id, customer_id),
  foreign key (boutique_id, list_id) references public.audience_lists (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create index audience_list_members_customer on public.audience_list_members
  (boutique_id, customer_id);

-- `domain/campaigns.py` has the shapes of the documents.
create table public.campaigns (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(name) between 1 and 80),
  status text not null default 'draft' check (status in ('draft', 'scheduled', 'sending', 'paused',
    'completed', 'cancelled', 'failed', 'missed')),
  status_reason text,  -- why it is paused, failed or missed: a code
  audience jsonb not null,
  pieces uuid[] not null default '{}',  -- the owner's pool, in her order; none: all on sale
  message jsonb not null,
  schedule jsonb not null,
  pace jsonb not null,
  experiment jsonb,  -- null: all get the same
  score_rules_version integer,
  next_at timestamptz,  -- when its next occurrence begins
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (boutique_id, id),
  foreign key (boutique_id, score_rules_version)
    references public.score_rules (boutique_id, version)
);
create trigger campaigns_touch before update on public.campaigns
  for each row execute function private.touch();
create index campaigns_due on public.campaigns (next_at) where status = 'scheduled';
create index campaigns_latest on public.campaigns (boutique_id, created_at desc, id desc);

-- A campaign's one time of being sent; one that recurs has many.
create table public.campaign_occurrences (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  campaign_id uuid not null,
  number integer not null check (number > 0),
  due_at timestamptz not null,
  status text not null default 'planning'
    check (status in ('planning', 'sending', 'paused', 'completed', 'cancelled', 'failed')),
  left_out jsonb not null default '{}',  -- customers by why they are no recipients
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  primary key (boutique_id, id),
  unique (boutique_id, campaign_id, number),
  foreign key (boutique_id, campaign_id) references public.campaigns (boutique_id, id)
    on delete cascade
);
-- A due hour is answered by one occurrence, whoever sees it first.
create unique index campaign_occurrences_once on public.campaign_occurrences
  (boutique_id, campaign_id, due_at);

-- A customer in an occurrence: what she is to get, frozen, and how far it has come.
create table public.campaign_recipients (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  campaign_id uuid not null,
  occurrence_id uuid not null,
  customer_id uuid not null,
  identity text not null,  -- the phone or WhatsApp id she is reached by
  variant text,  -- of an experiment; null: there is none
  state text not null default 'planned' check (state in ('planned', 'claimed', 'posting',
    'accepted', 'sent', 'delivered', 'read', 'skipped', 'failed', 'unknown')),
  reason text,  -- why skipped, or the code of a failure
  variables jsonb not null default '{}',  -- of the template, frozen at the start
  language text not null check (language in ('en', 'sw')),
  due_at timestamptz not null,  -- not before
  tries smallint not null default 0,
  lease_until timestamptz,  -- of whoever claimed or posts it
  message_id uuid,
  tokens integer,
  claimed_at timestamptz,
  posting_at timestamptz,
  accepted_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  skipped_at timestamptz,
  clicked_at timestamptz,
  replied_at timestamptz,
  converted_at timestamptz,
  opted_out_at timestamptz,
  primary key (boutique_id, id),
  unique (boutique_id, occurrence_id, identity),
  unique (boutique_id, message_id),
  foreign key (boutique_id, campaign_id) references public.campaigns (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, occurrence_id)
    references public.campaign_occurrences (boutique_id, id) on delete cascade,
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create index campaign_recipients_to_send on public.campaign_recipients
  (boutique_id, occurrence_id, due_at, id) where state = 'planned';
create index campaign_recipients_under_way on public.campaign_recipients
  (boutique_id, lease_until) where state in ('claimed', 'posting');
create index campaign_recipients_by_state on public.campaign_recipients
  (boutique_id, campaign_id, state, id);
create index campaign_recipients_customer on public.campaign_recipients
  (boutique_id, customer_id, accepted_at desc);

-- What the provider told of a recipient's message, in the order in which it came.
create table public.campaign_statuses (
  boutique_id uuid not null,
  id bigint generated always as identity,
  recipient_id uuid not null,
  provider_id text not null,
  status text not null check (status in ('accepted', 'sent', 'delivered', 'read', 'failed')),
  code text,
  told_at timestamptz,  -- by the provider's clock
  received_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, recipient_id, provider_id, status),
  foreign key (boutique_id, recipient_id) references public.campaign_recipients (boutique_id, id)
    on delete cascade
);

-- Marketing that reached or may reach an identity, whichever room sends it: one place to count.
create table public.marketing_contacts (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id bigint generated always as identity,
  identity text not null,
  source text not null,  -- 'campaign_recipient:…', 'automation_run:…'
  reserved_at timestamptz not null default now(),
  released_at timestamptz,  -- it was not sent after all
  primary key (boutique_id, id),
  unique (boutique_id, source)
);
create index marketing_contacts_latest on public.marketing_contacts
  (boutique_id, identity, reserved_at desc) where released_at is null;

-- A personal page of pieces, opened by its slug.
create table public.catalog_links (
  boutique_id uuid not null,
  slug text not null unique check (slug ~ '^[0-9a-f]{12}$'),
  campaign_id uuid not null,
  recipient_id uuid not null,
  customer_id uuid not null,
  product_ids_ordered uuid[] not null
    check (cardinality(product_ids_ordered) between 1 and 6),
  slots jsonb not null,  -- of each piece: its kind and score
  created_at timestamptz not null default now(),
  primary key (boutique_id, slug),
  unique (boutique_id, recipient_id),
  foreign key (boutique_id, recipient_id)
    references public.campaign_recipients (boutique_id, id) on delete cascade
);
create index catalog_links_customer on public.catalog_links (boutique_id, customer_id);
create table public.catalog_link_opens (
  boutique_id uuid not null,
  id bigint generated always as identity,
  slug text not null,
  opened_by text not null check (opened_by in ('person', 'preview', 'bot')),
  agent text not null default '' check (length(agent) <= 200),
  opened_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, slug) references public.catalog_links (boutique_id, slug)
    on delete cascade
);
create index catalog_link_opens_of_a_link on public.catalog_link_opens
  (boutique_id, slug, opened_at);

-- A picture of six pieces, made once for every list that is the same.
create table public.collages (
  boutique_id uuid not null references public.boutiques on delete cascade,
  key text not null check (key ~ '^[0-9a-f]{64}$'),
  media_path text not null check (media_path like boutique_id::text || '/%'),
  created_at timestamptz not null default now(),
  primary key (boutique_id, key)
);

-- An order that came of a campaign: of the last message she opened or answered in time.
create table public.campaign_conversions (
  boutique_id uuid not null,
  order_id uuid not null,
  campaign_id uuid not null,
  recipient_id uuid not null,
  came_by text not null check (came_by in ('click', 'reply')),
  amount_minor bigint not null check (amount_minor >= 0),
  currency char(3) not null,
  converted_at timestamptz not null,
  reversed_at timestamptz,  -- refunded
  primary key (boutique_id, order_id),
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, recipient_id)
    references public.campaign_recipients (boutique_id, id) on delete cascade
);
create index campaign_conversions_of_a_campaign on public.campaign_conversions
  (boutique_id, campaign_id);

-- A message of a campaign is posted by its dispatch; the outbox leaves it alone.
alter table public.messages add column campaign_recipient_id uuid;
create unique index messages_of_a_campaign on public.messages (boutique_id, campaign_recipient_id)
  where campaign_recipient_id is not null;

do $$
declare
  one text;
begin
  foreach one in array array['customer_profiles', 'score_rules', 'segments', 'audience_lists',
    'audience_list_members', 'campaigns', 'campaign_occurrences', 'campaign_recipients',
    'campaign_statuses', 'marketing_contacts', 'catalog_links', 'catalog_link_opens', 'collages',
    'campaign_conversions'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format(
      'grant select, insert, update, delete on public.%I to service_role, boutique_agent', one);
    execute format('grant select on public.%I to boutique_staff', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'Campaigns work with their own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
  -- What owners write themselves; all else is the engine's.
  foreach one in array array['score_rules', 'segments', 'audience_lists', 'audience_list_members',
    'campaigns'] loop
    execute format('create policy %I on public.%I for all to boutique_owner
      using (boutique_id in (select private.owned_boutiques()))
      with check (boutique_id in (select private.owned_boutiques()))',
      'Owners write their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
  foreach one in array array['segments', 'audience_lists', 'campaigns'] loop
    execute format('create trigger %I after insert or update or delete on public.%I
      for each row when (current_setting(''app.actor'', true) <> '''')
      execute function private.audit_member()', one || '_by_a_member', one);
  end loop;
end $$;
-- What was told and written once is not changed.
revoke update, delete on public.score_rules, public.campaign_statuses from boutique_agent;
grant insert (boutique_id, version, rules) on public.score_rules to boutique_owner;
grant insert (boutique_id, id, name, rule), update (name, rule), delete
  on public.segments to boutique_owner;
grant insert (boutique_id, id, name, source), delete on public.audience_lists to boutique_owner;
grant insert, delete on public.audience_list_members to boutique_owner;
grant insert (boutique_id, id, name, audience, pieces, message, schedule, pace, experiment,
    created_by),
  update (name, status, status_reason, audience, pieces, message, schedule, pace, experiment,
    score_rules_version, next_at, ended_at),
  delete on public.campaigns to boutique_owner;

-- A campaign is edited only as a draft, and a draft alone is deleted.
create function private.campaign_is_frozen() returns trigger
language plpgsql set search_path = '' as $$
begin
  if old.status <> 'draft' then
    if tg_op = 'DELETE' then
      if exists (select from public.boutiques b where b.id = old.boutique_id) then
        raise exception 'a campaign that was scheduled is kept' using errcode = 'object_not_in_prerequisite_state';
      end if;
      return old;
    end if;
    if (new.audience, new.pieces, new.message, new.schedule, new.pace)
      is distinct from (old.audience, old.pieces, old.message, old.schedule, old.pace)
      or new.experiment is distinct from old.experiment then
      raise exception 'a campaign is edited only as a draft' using errcode = 'object_not_in_prerequisite_state';
    end if;
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger campaigns_frozen before update or delete on public.campaigns
  for each row execute function private.campaign_is_frozen();

-- A profile is made anew after each order that is paid or refunded; the job runs after the commit,
-- and one at a time for each customer.
create function private.renew_profile() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform jobs.defer('renew_profile', 'profile:' || new.customer_id,
    jsonb_build_object('boutique_id', new.boutique_id, 'customer_id', new.customer_id), null);
  return null;
end $$;
create trigger orders_renew_profile
  after update of payment_status, refunded_minor, fulfilment_status on public.orders
  for each row when (
    (old.payment_status <> 'paid' and new.payment_status = 'paid')
    or old.refunded_minor is distinct from new.refunded_minor
    or (old.fulfilment_status <> 'returned') = (new.fulfilment_status = 'returned'))
  execute function private.renew_profile();
create trigger orders_renew_profile_at_once after insert on public.orders
  for each row when (new.payment_status = 'paid') execute function private.renew_profile();
