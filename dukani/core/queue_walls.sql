-- Walls around the queue's tables: Procrastinate's, in `jobs`.
-- Run after every migration; repeating it changes nothing.

revoke all on all tables in schema jobs from public, boutique_agent;
revoke execute on all functions in schema jobs from public, boutique_agent;
grant all on all tables in schema jobs to service_role;
grant usage on all sequences in schema jobs to service_role;
alter function jobs.procrastinate_defer_jobs_v1 security invoker;
alter function jobs.procrastinate_defer_jobs_v1 reset all;

-- The one way to queue a job. A turn defers on its own connection, as a role that has no business
-- with other boutiques' jobs: it names its own boutique and one of the tasks below. The lock is
-- kept within the boutique, whoever defers, so that no job can stand in another's lane.
create or replace function jobs.defer(_task text, _lock text, _args jsonb, _delay interval)
returns bigint language plpgsql security definer set search_path = jobs, pg_temp as $$
declare
  boutique uuid := _args ->> 'boutique_id';
begin
  if current_setting('role') not in ('service_role', 'none') and (
    boutique is distinct from private.current_boutique()
    or boutique is null
    or _task <> all (array['handle_turn', 'ring_timer', 'deliver', 'push_payment',
      'reconcile_payment', 'check_payment_now'])
  ) then
    raise exception 'a boutique defers its own turns, deliveries and payments only: % of %',
      _task, boutique using errcode = 'insufficient_privilege';
  end if;
  return (procrastinate_defer_jobs_v1(array[row(
    'default', _task, 0, coalesce(boutique || '/', '') || _lock, null, _args, now() + _delay
  )::procrastinate_job_to_defer_v1]))[1];
end $$;

grant execute on all functions in schema jobs to service_role;
grant execute on function jobs.defer to boutique_agent;
