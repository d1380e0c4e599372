-- The owner works from WhatsApp: her messages wait here for their job, and what she was asked waits
-- for her yes.

-- One row for each message of hers. The job marks it in the transaction that did what it says, so a
-- job tried twice finds nothing to do.
create table public.owner_inbox (
  boutique_id uuid not null,
  message_id uuid not null,
  id bigint generated always as identity,
  failures smallint not null default 0,
  created_at timestamptz not null default now(),
  handled_at timestamptz,
  primary key (boutique_id, message_id),
  foreign key (boutique_id, message_id) references public.messages (boutique_id, id)
    on delete cascade
);
create index owner_inbox_open on public.owner_inbox (boutique_id, id) where handled_at is null;

create table public.owner_sessions (
  boutique_id uuid primary key references public.boutiques on delete cascade,
  version integer not null default 0,  -- of what is pending: a yes to an older one is none
  pending jsonb,  -- what she was asked: `domain/owner_pending.py` has its kinds
  asked_at timestamptz,
  expires_at timestamptz,
  shopping_until timestamptz,  -- until then her words are a customer's
  last_inbound_at timestamptz
);

do $$
declare
  one text;
begin
  foreach one in array array['owner_inbox', 'owner_sessions'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select, insert, update on public.%I to boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
