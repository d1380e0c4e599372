-- What a platform admin reads and replays of the webhooks.

-- What the payload alone does not tell a second reading: the number it came to, Meta's field and
-- the sender's card, or Twilio's signature and the address it is over. Null: handled when it came.
alter table public.webhook_events add column envelope jsonb;

-- The list takes the newest of each combination of these, whichever of them is asked for, so a page
-- costs the same in ten million rows. The second index is the same within a boutique.
create index webhook_events_newest on public.webhook_events
  (kind, outcome, provider, created_at desc, id desc);
create index webhook_events_newest_of_boutique on public.webhook_events
  (boutique_id, kind, outcome, provider, created_at desc, id desc);
-- Searched by the beginning of the provider's id, whosever the event is.
create index webhook_events_by_key on public.webhook_events (event_key text_pattern_ops);

-- What a platform admin did to something that is no boutique's own, or is of any boutique.
create table private.platform_acts (
  id bigint generated always as identity primary key,
  actor text not null,  -- platform:<user id>
  boutique_id uuid references public.boutiques on delete set null,
  act text not null,
  subject text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create index platform_acts_subject on private.platform_acts (subject, id desc);
create index platform_acts_boutique on private.platform_acts (boutique_id)
  where boutique_id is not null;

-- An order to replay events, and what came of each. No row is changed: how far it has come is the
-- number of its results.
create table private.webhook_replays (
  id uuid primary key default gen_random_uuid(),
  actor text not null,
  event_ids bigint[] not null check (cardinality(event_ids) between 1 and 500),
  created_at timestamptz not null default now()
);
create index webhook_replays_recent on private.webhook_replays (created_at desc, id desc);
create table private.webhook_replay_results (
  replay_id uuid not null references private.webhook_replays on delete cascade,
  event_id bigint not null,  -- no reference: the event is purged earlier
  result text not null check (result in ('handled', 'unchanged', 'refused', 'failed', 'gone')),
  reason text not null default '',
  outcome_before text,
  outcome_after text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (replay_id, event_id)
);
create index webhook_replay_results_event on private.webhook_replay_results (event_id, created_at desc);

do $$
declare
  one text;
begin
  foreach one in array array['platform_acts', 'webhook_replays', 'webhook_replay_results'] loop
    execute format('alter table private.%I enable row level security', one);
    execute format('revoke all on private.%I from public, anon, authenticated', one);
    execute format('grant select, insert on private.%I to service_role', one);
  end loop;
end $$;
