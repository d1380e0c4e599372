-- That a consent changed is told with the customer herself as its subject: what stays of such events
-- after she is erased is the shop's.
do $$
declare
  erasing text := pg_get_functiondef(p.oid) from pg_proc p
    where p.proname = 'erase_customer' and p.pronamespace = 'private'::regnamespace;
  was text := erasing;
begin
  erasing := replace(erasing, 'customer_id = null, conversation_id = null, anonymous_id = null
    where boutique_id = _boutique and (customer_id',
    'customer_id = null, conversation_id = null, anonymous_id = null,
      subject_id = case when subject_id = any (her) then _boutique else subject_id end
    where boutique_id = _boutique and (customer_id');
  if erasing = was then raise exception 'erase_customer is not as it was'; end if;
  execute erasing;
end $$;
