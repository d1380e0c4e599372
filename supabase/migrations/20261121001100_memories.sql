-- What the assistant remembers of a conversation between turns: one row, written anew by each
-- turn. It takes the place of LangGraph's checkpoints. Their schema, `memory`, stays for now:
-- workers of the version before may still be running, and somebody may want to go back.

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

-- A checkpoint cannot be read here: what was shown or asked last is forgotten once. That she has
-- been greeted, and the order whose payment is awaited, is known without it.
insert into public.conversation_memories (boutique_id, conversation_id, state)
select v.boutique_id, v.id, '{"introduced": true}' || coalesce(
  (select jsonb_build_object('order_id', o.id, 'step', 'payment_initiated')
   from public.orders o
   where o.boutique_id = v.boutique_id and o.conversation_id = v.id
     and o.status = 'open' and o.payment_status = 'pending'
   order by o.created_at desc limit 1), '{}')
from public.conversations v;
