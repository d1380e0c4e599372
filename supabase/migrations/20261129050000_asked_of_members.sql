-- Two things asked only which boutique is acted in, not whether who acts is of it still. Policies ask
-- both at every statement, so whoever was removed meanwhile reads and writes nothing more in what was
-- begun; these two went on.

-- The assistant's role is no member's: a boutique is all that it has.
grant execute on function private.my_boutiques() to boutique_agent;
create or replace view private.found_products as
  select boutique_id, id, sku, name, category, price_minor, active, created_at, found_by
  from public.products
  where boutique_id = (select private.current_boutique())
    and (current_user = 'boutique_agent' or boutique_id in (select private.my_boutiques()));

-- In a function with its maker's rights `role` still names whose the transaction is.
do $$
declare
  erasing text := pg_get_functiondef(p.oid) from pg_proc p
    where p.proname = 'erase_customer' and p.pronamespace = 'private'::regnamespace;
  was text := erasing;
begin
  erasing := replace(erasing, 'begin
  if _boutique is null or not exists (',
    'begin
  if current_setting(''role'') = ''boutique_owner''
    and _boutique not in (select private.owned_boutiques())
  then
    raise exception ''who erases a customer is an owner'' using errcode = ''insufficient_privilege'';
  end if;
  if _boutique is null or not exists (');
  if erasing = was then raise exception 'erase_customer is not as it was'; end if;
  execute erasing;
end $$;
