-- A stop takes back at once what waits for the customer, in the transaction that writes it down: what
-- the rules have her in, what they queued, and offers of any other kind. Campaigns ask about consent
-- in the moment they send, so their messages are left to them.
create function private.consent_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  everything boolean := new.purpose = 'assistant';  -- services of rules too; receipts are replies
begin
  perform private.tell(new.boutique_id, 'consent_changed', new.customer_id, null,
    new.customer_id, jsonb_build_object(
      'purpose', new.purpose, 'granted', new.granted, 'source', new.source));
  if new.granted then
    -- What was held back for want of a yes is asked about again now.
    update public.automation_enrolments e set due_at = least(e.due_at, now())
    where e.boutique_id = new.boutique_id and e.customer_id = new.customer_id
      and e.state = 'active' and 'no_consent' = (
        select d.reason from public.automation_decisions d
        where d.boutique_id = e.boutique_id and d.enrolment_id = e.id
        order by d.id desc limit 1);
    return null;
  end if;
  if new.purpose in ('assistant', 'marketing') then
    update public.automation_enrolments e
    set state = 'stopped', reason = 'opted_out', ended_at = now()
    where e.boutique_id = new.boutique_id and e.customer_id = new.customer_id
      and e.state = 'active' and (everything or exists (
        select from public.automation_rules r where r.boutique_id = e.boutique_id
          and r.id = e.rule_id and r.class = 'marketing'));
  end if;
  -- Before their messages, whose failing would else be theirs.
  update public.automation_sends s
  set state = 'cancelled', error_code = 'opted_out'
  where s.boutique_id = new.boutique_id and s.customer_id = new.customer_id
    and s.state = 'queued' and case new.purpose
      when 'sms' then s.channel = 'sms' else everything or s.class = 'marketing' end
    and (s.message_id is null or exists (
      select from public.messages m where m.boutique_id = s.boutique_id
        and m.id = s.message_id and m.status = 'queued'));
  update public.messages m set status = 'failed', error_code = 'opted_out'
  from public.conversations c
  where c.boutique_id = new.boutique_id and c.customer_id = new.customer_id
    and m.boutique_id = c.boutique_id and m.conversation_id = c.id
    and m.status = 'queued' and m.campaign_recipient_id is null
    and (m.purpose = 'marketing' or (m.reference like 'automation:%' and (everything
      or new.purpose = 'sms')))
    and (new.purpose <> 'sms' or m.channel = 'sms');
  return null;
end $$;
create trigger consents_tell after insert on public.consents
  for each row execute function private.consent_changed();
