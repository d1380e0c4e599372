-- Until when a sender's messages are paid for at the pace she may write: each adds a little. One
-- who writes faster is answered later, and nothing of hers is lost.
alter table public.conversations add column paced_until timestamptz;
