-- Whoever was claimed for a posting that is now one with the claim is planned as before.
update public.campaign_recipients set state = 'planned', lease_until = null
where state = 'claimed';

-- The clock looks for recipients whom an occurrence that ended has left behind.
create index campaign_occurrences_ended on public.campaign_occurrences (ended_at)
  where ended_at is not null;
