-- Whose message has this code in its link. A link is opened before it is known which boutique's it
-- is; a closed one's opens nothing.
create function private.boutique_of_send(_code text) returns uuid
language sql stable security definer set search_path = '' as $$
  select s.boutique_id from public.automation_sends s
  join public.boutiques b on b.id = s.boutique_id and b.active where s.code = _code
$$;
revoke execute on function private.boutique_of_send(text) from public;
grant execute on function private.boutique_of_send(text) to service_role;
