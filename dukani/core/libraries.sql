-- Walls around the libraries' tables: Procrastinate's in `jobs`, LangGraph's in `memory`.
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

grant all on all tables in schema memory to service_role;
grant select, insert, update, delete
  on memory.checkpoints, memory.checkpoint_blobs, memory.checkpoint_writes to boutique_agent;

do $$
declare
  thread_table text;
begin
  foreach thread_table in array array['checkpoints', 'checkpoint_blobs', 'checkpoint_writes'] loop
    execute format('alter table memory.%I enable row level security', thread_table);
    execute format('drop policy if exists %I on memory.%I',
      'The assistant keeps its own boutique''s threads', thread_table);
    -- A thread is named boutique:conversation.
    execute format(
      'create policy %I on memory.%I for all to boutique_agent
         using (split_part(thread_id, '':'', 1) = (select current_setting(''app.boutique_id'', true)))
         with check (split_part(thread_id, '':'', 1) = (select current_setting(''app.boutique_id'', true)))',
      'The assistant keeps its own boutique''s threads', thread_table);
  end loop;
end $$;
alter table memory.checkpoint_migrations enable row level security;
