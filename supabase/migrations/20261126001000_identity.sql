-- One person may be shown by her phone in one message and by WhatsApp's user id in the next: she
-- is answered under the name she wrote with last, for the other may be somebody else's by now.
alter table public.conversations add column answer_to text;

-- Names a customer had before, and until when: what she wrote under them may arrive later.
create table public.former_names (
  boutique_id uuid not null,
  id bigint generated always as identity,
  name text not null,  -- a phone in E.164 or a WhatsApp user id
  customer_id uuid not null,
  until timestamptz not null,
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create index former_names_name on public.former_names (boutique_id, name, until);
create index former_names_customer on public.former_names (boutique_id, customer_id);

alter table public.former_names enable row level security;
revoke all on public.former_names from anon, authenticated;
grant select, insert, update, delete on public.former_names to service_role;
grant select, insert, update on public.former_names to boutique_agent;
create policy "The assistant works with its own boutique's former names"
  on public.former_names for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));
