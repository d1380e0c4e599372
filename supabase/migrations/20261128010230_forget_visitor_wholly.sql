-- A browser that is forgotten leaves events that are nobody's, also those that were hers since she
-- said who she is.
create or replace function private.forget_visitor(_anonymous uuid) returns void
language plpgsql security definer set search_path = '' as $$
declare
  _boutique uuid := private.current_boutique();
begin
  if _boutique is null then return; end if;
  delete from public.visitor_customers
    where boutique_id = _boutique and anonymous_id = _anonymous;
  delete from public.window_carts where boutique_id = _boutique and anonymous_id = _anonymous;
  delete from public.consent_codes where boutique_id = _boutique and anonymous_id = _anonymous;
  update public.cart_codes set anonymous_id = null
    where boutique_id = _boutique and anonymous_id = _anonymous;
  perform set_config('app.erasing', 'on', true);
  update public.domain_events set anonymous_id = null, customer_id = null
    where boutique_id = _boutique and anonymous_id = _anonymous;
  perform set_config('app.erasing', '', true);
end $$;
