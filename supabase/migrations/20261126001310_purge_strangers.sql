-- What came for nobody is purged by its age: the job that does it reads this index.
create index webhook_events_of_nobody on public.webhook_events (created_at)
  where boutique_id is null;
