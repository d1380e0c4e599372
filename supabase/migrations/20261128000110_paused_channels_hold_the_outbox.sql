-- What rules have queued on a channel that its owner stops has not left yet: it fails as any message
-- that cannot go there, so that an SMS goes in its place where she agreed to that.
create function private.hold_the_outbox() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  update public.messages m set status = 'failed', error_code = 'channel_paused'
  where m.boutique_id = new.boutique_id and m.channel = new.channel and m.direction = 'out'
    and m.status = 'queued' and m.reference like 'automation:%';
  return null;
end $$;
revoke execute on function private.hold_the_outbox() from public;
create trigger automation_channels_hold after insert on public.automation_channels
  for each row execute function private.hold_the_outbox();
