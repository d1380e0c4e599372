-- The owner pauses the assistant for every customer. Null: it answers.
alter table public.boutiques add column paused_at timestamptz;

grant update (paused_at) on public.boutiques to boutique_agent;
create policy "The owner pauses the assistant of her own boutique" on public.boutiques
  for update to boutique_agent
  using (id = (select private.current_boutique()))
  with check (id = (select private.current_boutique()));
