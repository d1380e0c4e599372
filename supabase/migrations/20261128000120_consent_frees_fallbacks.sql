-- An SMS that is held until she agrees to SMS is asked about at once when she does.
create function private.consent_frees_fallbacks() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.automation_fallbacks_due d set at = least(d.at, now())
  from public.automation_sends s
  where s.boutique_id = new.boutique_id and s.customer_id = new.customer_id
    and d.boutique_id = s.boutique_id and d.send_id = s.id;
  return null;
end $$;
revoke execute on function private.consent_frees_fallbacks() from public;
create trigger consents_free_fallbacks after insert on public.consents
  for each row when (new.granted) execute function private.consent_frees_fallbacks();
