-- Conversations, their messages, and the inbox of events each conversation works off in order.

create table public.conversations (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  channel text not null check (channel in ('twilio', 'meta')),
  step text not null default 'start',  -- as of the last turn, for people to read
  last_inbound_at timestamptz,  -- opens WhatsApp's 24-hour window
  handed_off_at timestamptz,  -- null: the assistant answers
  handoff_reason text,
  last_staff_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, customer_id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create trigger conversations_touch before update on public.conversations
  for each row execute function private.touch();

-- In the order in which they may follow one another: a status only moves forward.
create type public.message_status as enum
  ('received', 'queued', 'sending', 'sent', 'delivered', 'read', 'failed');

create table public.messages (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  seq bigint generated always as identity,
  conversation_id uuid,  -- null: a note to the owner
  recipient text,  -- of a note to the owner: E.164
  direction text not null check (direction in ('in', 'out')),
  author text not null check (author in ('customer', 'assistant', 'staff', 'owner')),
  kind text not null default 'text',
  body text not null default '',
  media_path text,
  reply_to text,  -- provider id of the message this one answers
  payload jsonb not null default '{}',  -- location, list row, shown options
  understanding jsonb,  -- what the reader made of an inbound message
  channel text not null check (channel in ('twilio', 'meta')),
  provider_id text,
  status public.message_status not null,
  error_code text,
  attempts smallint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, provider_id),
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id)
    on delete cascade,
  check ((conversation_id is null) <> (recipient is null))
);
create index messages_conversation on public.messages (boutique_id, conversation_id, seq desc);
create index messages_to_send on public.messages (boutique_id, conversation_id, seq)
  where status in ('queued', 'sending');

-- A late `sent` never overwrites `delivered`; `failed` never overwrites what arrived.
create function private.status_only_forward() returns trigger language plpgsql as $$
begin
  if new.status < old.status or (new.status = 'failed' and old.status in ('delivered', 'read')) then
    new.status := old.status;
  end if;
  new.updated_at := now();
  return new;
end $$;
create trigger messages_status_only_forward before update on public.messages
  for each row execute function private.status_only_forward();

create table public.conversation_events (
  boutique_id uuid not null,
  id bigint generated always as identity,
  conversation_id uuid not null,
  kind text not null
    check (kind in ('message', 'payment_result', 'staff_message', 'hand_back', 'timer')),
  message_id uuid,
  payload jsonb not null default '{}',
  created_at timestamptz not null default now(),
  handled_at timestamptz,
  primary key (boutique_id, id),
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, message_id) references public.messages (boutique_id, id)
    on delete cascade
);
create index conversation_events_open on public.conversation_events (boutique_id, conversation_id, id)
  where handled_at is null;

-- What the outside world said, byte for byte enough to read it again, once.
create table public.webhook_events (
  id bigint generated always as identity primary key,
  boutique_id uuid references public.boutiques on delete cascade,  -- null: nobody's number
  provider text not null check (provider in ('twilio', 'meta', 'paylink', 'daraja')),
  event_key text not null,
  kind text not null,
  payload jsonb not null,
  outcome text not null default 'stored',  -- stored, handled, ignored, unknown_number, unreadable…
  created_at timestamptz not null default now(),
  unique (provider, event_key)
);
create index webhook_events_boutique on public.webhook_events (boutique_id, id desc);
create index webhook_events_open on public.webhook_events (provider, kind) where outcome = 'unmatched';
