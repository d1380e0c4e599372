-- The timeline says why a message did not arrive: the event holds the provider's code, or ours.
create or replace function private.tell_of_automation_send() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  was public.automation_sends;  -- empty for a new one
  one text;
begin
  if tg_op = 'UPDATE' then
    was := old;
  end if;
  foreach one in array array_remove(array[
    case when was.sent_at is null and new.sent_at is not null then 'sent' end,
    case when was.delivered_at is null and new.delivered_at is not null then 'delivered' end,
    case when was.read_at is null and new.read_at is not null then 'read' end,
    case when was.clicked_at is null and new.clicked_at is not null then 'clicked' end,
    case when was.replied_at is null and new.replied_at is not null then 'replied' end,
    case when was.converted_at is null and new.converted_at is not null then 'converted' end,
    case when was.opted_out_at is null and new.opted_out_at is not null then 'opted_out' end,
    case when was.state is distinct from new.state and new.state in ('failed', 'cancelled')
      then new.state end], null) loop
    perform private.tell(new.boutique_id, 'automation_told', new.customer_id, null, new.id,
      jsonb_build_object('rule_id', new.rule_id, 'step', new.step, 'channel', new.channel,
        'what', one, 'code', case when one in ('failed', 'cancelled') then new.error_code end));
  end loop;
  return null;
end $$;
