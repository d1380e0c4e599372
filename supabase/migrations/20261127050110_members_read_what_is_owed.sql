-- What is owed is no secret among the shop's people: erasing a customer asks for it in their name.
grant select on public.credit_entries to boutique_staff;
create policy "Members read what is owed in their boutique" on public.credit_entries
  for select to boutique_staff using (boutique_id in (select private.my_boutiques()));
