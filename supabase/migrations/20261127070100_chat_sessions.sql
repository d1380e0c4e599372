-- How far each talk came, and what the assistant could not do: told by the turn that did it.

-- A conversation is one customer's for ever; a session is 24 hours of it from the customer's first
-- message on, as messaging providers count conversations. Figures and plans count these. No words
-- are in it.
create table public.chat_sessions (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  conversation_id uuid not null,
  started_at timestamptz not null default now(),
  turns integer not null default 1 check (turns > 0),
  replied boolean not null default false,  -- the assistant said something
  shown boolean not null default false,  -- pieces were shown or priced
  in_cart boolean not null default false,
  quoted boolean not null default false,  -- the total was shown, and asked to be agreed to
  with_person boolean not null default false,  -- a person of the shop was called, or wrote
  misunderstood integer not null default 0 check (misunderstood >= 0),  -- turns
  primary key (boutique_id, id),
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id)
    on delete cascade
);
create index chat_sessions_of_conversation
  on public.chat_sessions (boutique_id, conversation_id, started_at desc);
create index chat_sessions_newest on public.chat_sessions (boutique_id, started_at desc, id desc);
create index orders_of_conversation on public.orders (boutique_id, conversation_id, created_at)
  where conversation_id is not null;

-- One thing a customer asked for and did not get. `kind` and `subject` group what is the same wish.
create table public.unmet_wishes (
  boutique_id uuid not null,
  id bigint generated always as identity,
  conversation_id uuid not null,
  message_id uuid,  -- the customer's words
  kind text not null check (kind in (
    'piece', 'size', 'colour', 'price', 'stock', 'delivery', 'question', 'words'
  )),
  subject text not null check (length(subject) between 1 and 200),
  details jsonb not null default '{}',  -- `agent/outcomes.py` has the fields of each kind
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, message_id) references public.messages (boutique_id, id)
    on delete set null (message_id)
);
create index unmet_wishes_newest on public.unmet_wishes (boutique_id, created_at desc);
create index unmet_wishes_alike on public.unmet_wishes (boutique_id, kind, subject, created_at desc);
create index unmet_wishes_conversation on public.unmet_wishes (boutique_id, conversation_id);
create index unmet_wishes_message on public.unmet_wishes (boutique_id, message_id);

-- A group that somebody of the shop has dealt with; it comes back when it is asked for again.
create table public.unmet_wishes_done (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  kind text not null,
  subject text not null,
  how text not null check (how in (
    'fact', 'zone', 'piece', 'stock', 'synonym', 'answer', 'dismissed'
  )),
  done_at timestamptz not null default now(),
  primary key (boutique_id, id)
);
create index unmet_wishes_done_alike
  on public.unmet_wishes_done (boutique_id, kind, subject, done_at desc);

-- What customers of this shop call a thing, in the words that the assistant knows.
create table public.synonyms (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  said text not null check (said = lower(btrim(said)) and length(said) between 2 and 60),
  means text not null check (length(btrim(means)) between 1 and 80),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, said)
);

-- The shop's own answers to questions that the assistant would not understand.
create table public.own_answers (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  asked text not null check (length(btrim(asked)) between 3 and 120),
  english text not null check (length(btrim(english)) between 1 and 500),
  swahili text check (length(btrim(swahili)) between 1 and 500),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id)
);
create unique index own_answers_once on public.own_answers (boutique_id, lower(asked));

do $$
declare
  one text;
begin
  foreach one in array array['chat_sessions', 'unmet_wishes', 'unmet_wishes_done', 'synonyms',
    'own_answers'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select on public.%I to boutique_agent, boutique_staff', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
  -- What owners write is in the audit log.
  foreach one in array array['unmet_wishes_done', 'synonyms', 'own_answers'] loop
    execute format('create policy %I on public.%I for insert to boutique_owner
      with check (boutique_id in (select private.owned_boutiques()))',
      'Owners add to their boutique''s ' || replace(one, '_', ' '), one);
    execute format('create trigger %I after insert or update or delete on public.%I
      for each row when (current_setting(''app.actor'', true) <> '''')
      execute function private.audit_member()', one || '_by_a_member', one);
  end loop;
end $$;
grant insert, update, delete on public.chat_sessions to boutique_agent;
grant insert, delete on public.unmet_wishes to boutique_agent;
-- A customer's sessions and wishes follow her when two rows of one person become one.
grant update (conversation_id) on public.unmet_wishes to boutique_agent;
grant insert (boutique_id, kind, subject, how) on public.unmet_wishes_done to boutique_owner;
grant insert (boutique_id, said, means), delete on public.synonyms to boutique_owner;
grant insert (boutique_id, asked, english, swahili), delete on public.own_answers
  to boutique_owner;
create policy "Owners take away their boutique's synonyms" on public.synonyms
  for delete to boutique_owner using (boutique_id in (select private.owned_boutiques()));
create policy "Owners take away their boutique's own answers" on public.own_answers
  for delete to boutique_owner using (boutique_id in (select private.owned_boutiques()));

-- What was done about a wish goes with the last of its kind: its subject may be a customer's words.
create function private.wishes_gone() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.unmet_wishes_done d
  using (select distinct boutique_id, kind, subject from gone) g
  where d.boutique_id = g.boutique_id and d.kind = g.kind and d.subject = g.subject
    and not exists (select from public.unmet_wishes w
      where w.boutique_id = g.boutique_id and w.kind = g.kind and w.subject = g.subject);
  return null;
end $$;
revoke execute on function private.wishes_gone() from public;
create trigger unmet_wishes_gone after delete on public.unmet_wishes
  referencing old table as gone for each statement execute function private.wishes_gone();
