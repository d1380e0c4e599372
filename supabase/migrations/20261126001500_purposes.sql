-- What a message is for, when it may leave, and what it was sent for.
alter table public.messages
  -- An answer or what follows from one; what the customer must know; what she is offered.
  add column purpose text not null default 'reply'
    check (purpose in ('reply', 'utility', 'marketing')),
  add column send_after timestamptz,  -- not before; null: at once
  add column template jsonb,  -- an approved template, filled in: it may leave outside the 24 hours
  add column reference text;  -- 'campaign:…', 'automation:…'
create index messages_of_reference on public.messages (boutique_id, reference)
  where reference is not null;
