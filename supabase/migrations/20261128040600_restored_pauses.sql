-- A restored installation is paused shop by shop, because the world went on after the backup was
-- taken. Such a pause stands in the boutique's row as `restored` too: what has its cause before it
-- is not sent (`tools/sending_rules.py`), as the customer may have got it already.
alter table public.platform_pauses add column restored_at timestamptz;
-- A shop that was paused before stays so when the restored ones go on.
grant update (restored_at) on public.platform_pauses to service_role;

create or replace function private.note_platform_pauses() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  actor text := coalesce(current_setting('app.actor', true), '');
  via text := coalesce(current_setting('app.via', true), '');
begin
  perform set_config('app.actor', '', true), set_config('app.via', '', true);
  update public.boutiques b set platform_pauses = (
    select coalesce(jsonb_object_agg(coalesce(p.provider, 'all'), p.paused_at), '{}')
      || coalesce(jsonb_object_agg('restored', p.restored_at)
        filter (where p.restored_at is not null), '{}')
    from public.platform_pauses p where p.boutique_id = new.boutique_id and p.ended_at is null)
  where b.id = new.boutique_id;
  perform set_config('app.actor', actor, true), set_config('app.via', via, true);
  return null;
end $$;
