-- A recipient is claimed and noted as being posted in one transaction: nobody is between the two.
update public.campaign_recipients set state = 'planned', lease_until = null
where state = 'claimed';
alter table public.campaign_recipients drop constraint campaign_recipients_state_check;
alter table public.campaign_recipients add constraint campaign_recipients_state_check
  check (state in ('planned', 'posting', 'accepted', 'sent', 'delivered', 'read', 'skipped',
    'failed', 'unknown'));
alter table public.campaign_recipients drop column claimed_at;
drop index public.campaign_recipients_under_way;
create index campaign_recipients_under_way on public.campaign_recipients
  (boutique_id, lease_until) where state = 'posting';
