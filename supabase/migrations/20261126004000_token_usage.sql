-- What language models cost a boutique, and the limit of one conversation's share of it.

create table public.token_usage (
  boutique_id uuid not null,
  conversation_id uuid not null,
  on_day date not null,  -- UTC
  model text not null,
  calls integer not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  primary key (boutique_id, conversation_id, on_day, model),
  foreign key (boutique_id, conversation_id)
    references public.conversations (boutique_id, id) on delete cascade
);

alter table public.token_usage enable row level security;
revoke all on public.token_usage from anon, authenticated, service_role;
grant select, insert, update, delete on public.token_usage to boutique_agent, service_role;
create policy "The assistant counts its own boutique's tokens"
  on public.token_usage for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
