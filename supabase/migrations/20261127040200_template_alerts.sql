-- A message template that WhatsApp rejects, pauses, disables or puts into another category alerts the
-- shop's people: campaigns and order news wait for it, or cost more.
do $$
declare
  held text := pg_get_constraintdef(oid) from pg_constraint
    where conrelid = 'public.domain_events'::regclass and conname = 'domain_events_kind_check';
begin
  alter table public.domain_events drop constraint domain_events_kind_check;
  execute 'alter table public.domain_events add constraint domain_events_kind_check '
    || regexp_replace(held, '^CHECK \((.*)\)$', 'check (kind = ''template_changed'' or \1)');
end $$;

alter table public.alert_choices drop constraint alert_choices_muted_check,
  add constraint alert_choices_muted_check check (muted <@ array[
    'new_order', 'person_wanted', 'payment_review', 'low_stock', 'template_news']);
alter table public.boutiques drop constraint boutiques_owner_muted_check,
  add constraint boutiques_owner_muted_check check (owner_muted <@ array[
    'new_order', 'person_wanted', 'payment_review', 'low_stock', 'template_news']);

-- What is written by hand, from a draft to its submission, is no news to the one who does it.
create function private.tell_of_template() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  its jsonb := jsonb_build_object('name', new.name, 'language', new.language);
begin
  if new.status <> old.status and new.status in ('rejected', 'paused', 'disabled') then
    perform private.tell(new.boutique_id, 'template_changed', null, null, new.id,
      its || jsonb_build_object('what', new.status, 'reason', new.reason, 'category', new.category,
        'day', null));
  end if;
  if old.status <> 'draft' and new.category <> old.category then
    perform private.tell(new.boutique_id, 'template_changed', null, null, new.id,
      its || jsonb_build_object('what', 'category', 'reason', null, 'category', new.category,
        'day', null));
  end if;
  if new.next_category is not null and new.next_category is distinct from old.next_category then
    perform private.tell(b.id, 'template_changed', null, null, new.id,
      its || jsonb_build_object('what', 'next_category', 'reason', null,
        'category', new.next_category, 'day', (new.category_changes_at at time zone b.timezone)::date))
    from public.boutiques b where b.id = new.boutique_id;
  end if;
  return null;
end $$;
create trigger message_templates_tell after update of status, category, next_category
  on public.message_templates for each row execute function private.tell_of_template();

-- The owner's phone is told by the job of the kinds that no turn queues a note of.
create or replace function private.raise_alert() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  noted text := case new.kind when 'stock_low' then 'low_stock'
    when 'template_changed' then 'template_news' end;
begin
  if exists (select from public.push_subscriptions s where s.boutique_id = new.boutique_id)
    or (noted is not null and exists (
      select from public.boutiques b where b.id = new.boutique_id and b.owner_phone is not null
        and not noted = any (b.owner_muted)))
  then
    perform jobs.defer('send_alerts', 'alert:' || new.id,
      jsonb_build_object('boutique_id', new.boutique_id, 'event_id', new.id,
        'subject_id', new.subject_id), null);
  end if;
  return null;
end $$;
drop trigger domain_events_alert on public.domain_events;
create trigger domain_events_alert after insert on public.domain_events
  for each row when (new.kind in ('order_paid', 'person_wanted', 'payment_in_review', 'stock_low',
    'template_changed'))
  execute function private.raise_alert();
