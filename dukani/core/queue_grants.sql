-- Who may do what in the queue's tables: Procrastinate's, in `jobs`.
-- Run after every migration; repeating it changes nothing.

revoke all on all tables in schema jobs from public, boutique_agent, boutique_staff;
revoke execute on all functions in schema jobs from public, boutique_agent, boutique_staff;
grant all on all tables in schema jobs to service_role;
grant usage on all sequences in schema jobs to service_role;
alter function jobs.procrastinate_defer_jobs_v1 security invoker;
alter function jobs.procrastinate_defer_jobs_v1 reset all;

-- The one way to queue a job. A turn defers on its own connection, as a role that has no business
-- with other boutiques' jobs: it names its own boutique and one of the tasks below. The lock is
-- kept within the boutique, whoever defers, so that no job can stand in another's partition.
create or replace function jobs.defer(_task text, _lock text, _args jsonb, _delay interval)
returns bigint language plpgsql security definer set search_path = jobs, pg_temp as $$
declare
  boutique uuid := _args ->> 'boutique_id';
  of record;
  a_member boolean := current_setting('role') in ('boutique_staff', 'boutique_owner');
  -- Whose consequence the job is: its worker goes on with that trace.
  trace text := nullif(current_setting('app.trace', true), '');
begin
  -- As `core/queues.py` has them; a test compares the two.
  select q.* into of from (values
    ('handle_turn', 'turns', 30, true),
    ('handle_owner_messages', 'turns', 30, true),
    ('ring_timer', 'turns', 30, true),
    ('deliver', 'sending', 20, true),
    ('send_mail', 'sending', 20, false),
    ('send_number_note', 'sending', 20, false),
    ('send_consent_code', 'sending', 20, true),
    ('deliver_bulk', 'bulk', 0, true),
    ('push_payment', 'payments', 40, true),
    ('reconcile_payment', 'payments', 40, true),
    ('check_payment_now', 'payments', 40, true),
    ('handle_payment_callback', 'payments', 40, false),
    ('push_trial', 'payments', 40, true),
    ('ask_about_trial', 'payments', 40, true),
    ('push_top_up', 'payments', 40, true),
    ('ask_about_top_up', 'payments', 40, true),
    ('handle_top_up_callback', 'payments', 40, false),
    ('send_alerts', 'alerts', 15, true),
    ('replay_webhooks', 'platform', 12, false),
    ('import_pieces', 'files', 8, true),
    ('remove_erased_files', 'files', 8, true),
    ('export_boutique', 'files', 8, true),
    ('sync_catalogue', 'files', 8, false),
    ('embed_pictures', 'files', 8, false),
    ('renew_profile', 'campaigns', 5, true),
    ('begin_campaign', 'campaigns', 5, true),
    ('send_campaign', 'campaigns', 5, true),
    ('end_campaign', 'campaigns', 5, true),
    ('tell_campaign', 'campaigns', 5, true),
    ('run_automations', 'campaigns', 5, true),
    ('read_missed_messages', 'clock', 10, false),
    ('sync_templates', 'clock', 10, false)
  ) q (task, queue, priority, a_boutique_may) where q.task = _task;
  if current_setting('role') not in ('service_role', 'none')
    and not (current_setting('role') = 'dukani_identity' and _task = 'send_mail')
    and (
    boutique is distinct from private.current_boutique()
    or boutique is null
    or of.a_boutique_may is not true
    or (a_member and private.member_role() is null)  -- removed since the transaction began
    or (a_member and _task not in
      ('handle_turn', 'deliver', 'send_alerts', 'renew_profile', 'remove_erased_files'))  -- money is asked for by a turn
  ) then
    raise exception 'a boutique defers its own turns, deliveries and payments only: % of %',
      _task, boutique using errcode = 'insufficient_privilege';
  end if;
  return (procrastinate_defer_jobs_v1(array[row(
    coalesce(of.queue, 'default'), _task, coalesce(of.priority, 0), coalesce(boutique || '/', '') || _lock, null,
    case when trace is null then _args else _args || jsonb_build_object('trace', trace) end, now() + _delay
  )::procrastinate_job_to_defer_v1]))[1];
end $$;

-- What a version before left in the one queue there was: a worker of some queues would pass it by.
update jobs.procrastinate_jobs set queue_name = case
    when task_name in ('handle_turn', 'ring_timer') then 'turns'
    when task_name = 'deliver' then 'sending'
    when task_name like '%payment%' then 'payments' else 'clock' end
where queue_name = 'default' and status = 'todo';

grant execute on all functions in schema jobs to service_role;
grant execute on function jobs.defer to boutique_agent, boutique_staff;
-- Our own auth service, where Supabase's is not, sends its mails by a job.
do $$
begin
  if exists (select from pg_roles where rolname = 'dukani_identity') then
    grant usage on schema jobs to dukani_identity;
    grant execute on function jobs.defer to dukani_identity;
  end if;
end $$;

-- By which the night's job finds what failed long ago (`core/store/retention.py`).
create index if not exists procrastinate_jobs_over on jobs.procrastinate_jobs (scheduled_at)
  where status in ('failed', 'cancelled', 'aborted');
