-- Queueing a message names its `wording` too. What staff write is sent as they wrote it: nothing
-- words it anew.
grant insert (wording) on public.messages to boutique_staff;
alter policy "Members queue replies of their own" on public.messages
  with check (boutique_id in (select private.my_boutiques()) and conversation_id is not null
    and direction = 'out' and author = 'staff' and status = 'queued' and wording is null);
