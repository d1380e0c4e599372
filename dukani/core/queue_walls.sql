-- Walls around the queue's tables: Procrastinate's, in `jobs`.
-- Run after every migration; repeating it changes nothing.

revoke all on all tables in schema jobs from public, boutique_agent;
grant all on all tables in schema jobs to service_role;
grant usage on all sequences in schema jobs to service_role;
grant execute on all functions in schema jobs to service_role;

-- A turn defers jobs on its own connection, but has no business reading other boutiques' jobs:
-- it may only call this one function, which runs with the owner's rights.
alter function jobs.procrastinate_defer_jobs_v1 security definer;
alter function jobs.procrastinate_defer_jobs_v1 set search_path = jobs, pg_temp;
grant execute on function jobs.procrastinate_defer_jobs_v1 to boutique_agent;
