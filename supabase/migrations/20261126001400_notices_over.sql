-- What was told of something that lasts is news again after it was over.
alter table public.owner_notices add column over_at timestamptz;
grant update (told_at, over_at) on public.owner_notices to boutique_agent;
