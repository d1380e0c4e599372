-- A message that its provider took and told nothing of since: its tokens would be held for ever. They
-- are the boutique's again, as a send of its own kind: providers charge what was delivered, and of
-- this nothing was told. A delivery that is told of still later is taken as any late one is.
alter table public.wallet_transfers drop constraint wallet_transfers_kind_check;
alter table public.wallet_transfers add constraint wallet_transfers_kind_check
  check (kind in ('top_up', 'grant', 'hold', 'accept', 'settle', 'give_back', 'release', 'late',
    'lose', 'expire'));

-- The number of tokens that came back; none: the send had ended before, or took none.
create function private.expire_send(_recipient text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  boutique uuid := private.current_boutique();
  taken public.wallet_transfers;
begin
  perform private.locked_wallet(boutique);
  select * into taken from public.wallet_transfers t
  where t.boutique_id = boutique and t.key = 'accept:' || _recipient;
  if not found or not private.move_tokens(boutique, 'end:' || _recipient, 'expire', taken.tokens,
    'held', 'send:' || _recipient, 'available', '', taken.hold, taken.campaign_id, _recipient,
    taken.message_id)
  then
    return null;
  end if;
  return taken.tokens;
end $$;
revoke execute on function private.expire_send(text) from public;
grant execute on function private.expire_send(text) to boutique_agent, service_role;

alter table public.campaign_recipients add column expired_at timestamptz;
create index campaign_recipients_untold on public.campaign_recipients (posting_at)
  where state in ('accepted', 'sent') and expired_at is null;
