-- A number whose provider has just refused it sends nothing new for a moment: each delivery asks for
-- the latest refusal. The few refused messages are not looked for among all that wait.
create index messages_refused on public.messages (boutique_id, updated_at)
  where status = 'sending' and error_code is not null;
