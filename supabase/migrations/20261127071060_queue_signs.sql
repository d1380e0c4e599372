-- What the queue's own tables do not tell whoever runs the installation.

-- Which queues a worker takes jobs of (null: all), and where it runs.
create table private.queue_workers (
  worker_id bigint primary key,
  queues text[],
  host text not null,
  pid integer not null,
  started_at timestamptz not null default now()
);
-- Jobs that ended, by the minute: those that succeeded are deleted.
create table private.queue_minutes (
  queue_name text not null,
  minute timestamptz not null,
  done integer not null,
  failed integer not null,
  primary key (queue_name, minute)
);
-- The error of each try of a job, masked.
create table private.job_errors (
  job_id bigint not null,
  attempt integer not null,
  error text not null,
  at timestamptz not null default now(),
  primary key (job_id, attempt)
);
create index job_errors_age on private.job_errors (at);
-- Queues of which no worker takes a job until they go on.
create table private.queue_pauses (
  queue_name text primary key,
  actor text not null,
  reason text not null,
  paused_at timestamptz not null default now()
);

do $$
declare
  one text;
begin
  foreach one in array array['queue_workers', 'queue_minutes', 'job_errors', 'queue_pauses'] loop
    execute format('alter table private.%I enable row level security', one);
    execute format('revoke all on private.%I from public, anon, authenticated', one);
    execute format('grant select, insert, update, delete on private.%I to service_role', one);
  end loop;
end $$;
grant usage on schema private to service_role;
