-- What the people of a boutique keep about its chats: whose each is, notes among themselves, tags,
-- texts they write often; and the words of messages, to be found again.

-- The member a chat is left to. With nobody named, whoever sees it first answers.
alter table public.conversations add column assigned_to uuid,
  add constraint conversations_assigned_to foreign key (boutique_id, assigned_to)
    references public.boutique_members (boutique_id, user_id) on delete set null (assigned_to);
grant update (assigned_to) on public.conversations to boutique_staff;
create index conversations_assigned on public.conversations
  (boutique_id, assigned_to, (greatest(last_inbound_at, created_at)) desc, id desc)
  where assigned_to is not null;

-- Notes among the shop's people. The assistant's role reads no text of them, so none can reach its
-- memory or a customer; it may only move them when two rows of one customer are joined.
create table public.internal_notes (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  conversation_id uuid not null,
  written_by uuid not null,
  body text not null check (length(body) between 1 and 4000),
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id)
    on delete cascade
);
create index internal_notes_of_a_chat on public.internal_notes
  (boutique_id, conversation_id, created_at desc, id desc);

create table public.customer_tags (
  boutique_id uuid not null,
  customer_id uuid not null,
  tag text not null check (length(tag) between 1 and 40 and tag = lower(btrim(tag))),
  created_at timestamptz not null default now(),
  primary key (boutique_id, customer_id, tag),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create index customer_tags_by_tag on public.customer_tags (boutique_id, tag);

-- Texts that people write often, found by what is typed after a slash.
create table public.quick_replies (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  shortcut text not null check (shortcut ~ '^[a-z0-9][a-z0-9-]{0,29}$'),
  english text not null default '' check (length(english) <= 2000),
  swahili text not null default '' check (length(swahili) <= 2000),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, shortcut),
  check (english <> '' or swahili <> '')
);
create trigger quick_replies_by_a_member after insert or update or delete on public.quick_replies
  for each row when (current_setting('app.actor', true) <> '')
  execute function private.audit_member();
create trigger quick_replies_touch before update on public.quick_replies
  for each row execute function private.touch();

do $$
declare
  one text;
begin
  foreach one in array array['internal_notes', 'customer_tags', 'quick_replies'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select on public.%I to boutique_staff', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant keeps to its own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
  foreach one in array array['customer_tags', 'quick_replies'] loop
    execute format('create policy %I on public.%I for insert to boutique_staff
      with check (boutique_id in (select private.my_boutiques()))',
      'Members add to their boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for delete to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members remove from their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
-- Joining two rows of one customer.
grant select (boutique_id, conversation_id), update (conversation_id)
  on public.internal_notes to boutique_agent;
grant select, insert, delete on public.customer_tags to boutique_agent;

grant insert (boutique_id, conversation_id, written_by, body)
  on public.internal_notes to boutique_staff;
create policy "Members write notes in their own name" on public.internal_notes
  for insert to boutique_staff
  with check (boutique_id in (select private.my_boutiques())
    and written_by = (select private.my_user_id()));
grant insert (boutique_id, customer_id, tag), delete on public.customer_tags to boutique_staff;
grant insert (boutique_id, shortcut, english, swahili), update (shortcut, english, swahili), delete
  on public.quick_replies to boutique_staff;
create policy "Members change their boutique's quick replies" on public.quick_replies
  for update to boutique_staff using (boutique_id in (select private.my_boutiques()));

-- Open pages look again when a chat changes hands, is read elsewhere, or gets a note. The list of
-- kinds is extended, not written anew, so that migrations may each add their own.
do $$
declare
  kinds text;
begin
  select pg_get_constraintdef(oid) into strict kinds from pg_constraint
  where conrelid = 'public.domain_events'::regclass and conname = 'domain_events_kind_check';
  alter table public.domain_events drop constraint domain_events_kind_check;
  execute 'alter table public.domain_events add constraint domain_events_kind_check '
    || regexp_replace(kinds, '^CHECK \((.*)\)$', 'check (kind = ''conversation_changed'' or \1)');
end $$;

create function private.tell_of_conversation() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(new.boutique_id, 'conversation_changed', new.customer_id, new.id, new.id,
    jsonb_build_object('what', case
      when new.handed_off_at is distinct from old.handed_off_at
        or new.assigned_to is distinct from old.assigned_to then 'holder'
      else 'read' end));
  return null;
end $$;
create trigger conversations_tell_of_change
  after update of handed_off_at, assigned_to, staff_read_seq on public.conversations
  for each row when (
    new.handed_off_at is distinct from old.handed_off_at
    or new.assigned_to is distinct from old.assigned_to
    or new.staff_read_seq is distinct from old.staff_read_seq)
  execute function private.tell_of_conversation();

create function private.tell_of_note() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.tell(new.boutique_id, 'conversation_changed', v.customer_id, v.id, v.id,
    jsonb_build_object('what', 'note'))
  from public.conversations v
  where v.boutique_id = new.boutique_id and v.id = new.conversation_id;
  return null;
end $$;
create trigger internal_notes_tell after insert on public.internal_notes
  for each row execute function private.tell_of_note();

-- The words of messages, each the boutique's own (as `products_own_words`), so that the index of one
-- shop does not grow with the others'. Words are lexemes here, for those are found by how they

create function private.lexemes_of(boutique_id uuid, body text) returns tsvector
language sql immutable parallel safe cost 1000 set search_path = '' as $$
  select array_to_tsvector(private.own_words(
    boutique_id,
    tsvector_to_array(to_tsvector('simple', translate(left(body, 4000), '-_/.,:@', '       ')))))
$$;
create index messages_own_words on public.messages
  using gin (private.lexemes_of(boutique_id, body)) where conversation_id is not null;
-- Whoever writes a message writes the index.
grant execute on function private.own_words(uuid, text[]) to boutique_staff;
grant execute on function private.lexemes_of(uuid, text)
  to boutique_agent, service_role, boutique_staff;

-- As `private.own_products`: past the policies, held to the boutique by its own conditions.
create view private.own_messages as
  select boutique_id, id, seq, conversation_id, direction, author, kind, body, created_at
  from public.messages
  where boutique_id = (select private.current_boutique())
    and boutique_id in (select private.my_boutiques()) and conversation_id is not null;
revoke all on private.own_messages from public;
grant select on private.own_messages to boutique_staff;
