-- What the assistant remembers of a conversation between turns: one row, written anew by each
-- turn. It takes the place of LangGraph's checkpoints, which had a schema of their own: what was
-- shown or asked last is forgotten once, carts, orders and addresses are not.

create table public.conversation_memories (
  boutique_id uuid not null,
  conversation_id uuid not null,
  state jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (boutique_id, conversation_id),
  foreign key (boutique_id, conversation_id) references public.conversations (boutique_id, id)
    on delete cascade
);

alter table public.conversation_memories enable row level security;
revoke all on public.conversation_memories from anon, authenticated;
grant select, insert, update, delete on public.conversation_memories to service_role;
grant select, insert, update on public.conversation_memories to boutique_agent;
create policy "The assistant works with its own boutique's conversation memories"
  on public.conversation_memories for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));

drop schema memory cascade;
