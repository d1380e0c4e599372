-- How the rules hear of events: one mark for all boutiques, by which those with something new are
-- found, and a cursor for each boutique, which is read under a lock.
create table private.automation_watermark (
  single boolean primary key default true check (single),
  transaction_id xid8 not null
);
insert into private.automation_watermark (transaction_id)
  values (pg_snapshot_xmin(pg_current_snapshot()));
revoke all on private.automation_watermark from public, anon, authenticated;
grant select, update on private.automation_watermark to service_role;

-- A boutique's rules hear what happens from the first one's being switched on; what came before, or
-- while none was on, is no news any more.
create function private.automation_rules_begin() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.automation_cursors (boutique_id, transaction_id)
  values (new.boutique_id, pg_snapshot_xmin(pg_current_snapshot()))
  on conflict (boutique_id) do update
    set transaction_id = excluded.transaction_id, id = 0, read_at = now()
    where not exists (select from public.automation_rules r
      where r.boutique_id = new.boutique_id and r.is_on and r.id <> new.id);
  return null;
end $$;
revoke execute on function private.automation_rules_begin() from public;
create trigger automation_rules_begin after insert on public.automation_rules
  for each row when (new.is_on) execute function private.automation_rules_begin();
create trigger automation_rules_begin_again after update of is_on on public.automation_rules
  for each row when (new.is_on and not old.is_on)
  execute function private.automation_rules_begin();

-- Who wrote last, to know whether she is in the middle of a talk or has answered.
create index if not exists automation_enrolments_open_of_a_customer on public.automation_enrolments
  (boutique_id, customer_id) where state = 'active';
