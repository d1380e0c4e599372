-- A message is now taken at the end of a turn: what counts is when, not when the turn began.
-- With the transaction's clock a mark made in a long turn had run out before it was committed,
-- and a second worker sent the message again.
create or replace function private.status_only_forward() returns trigger language plpgsql as $$
begin
  if new.status < old.status or (new.status = 'failed' and old.status in ('delivered', 'read')) then
    new.status := old.status;
  end if;
  new.updated_at := clock_timestamp();
  return new;
end $$;
