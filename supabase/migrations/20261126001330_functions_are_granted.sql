-- What may be called is granted by name. PostgreSQL lets everybody call a new function, and that
-- default cannot be taken back for one schema, only for all that this role will make; Supabase
-- lets its API's roles call each new function in `public` besides.

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated;

do $$
declare
  ours regprocedure;
begin
  -- Not those of an extension: `vector` lies in `public` too, and its operators are functions.
  for ours in
    select p.oid::regprocedure from pg_proc p
    where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', ours);
  end loop;
end $$;

grant execute on function private.current_boutique() to boutique_agent, authenticated, service_role;
grant execute on function private.my_boutiques() to authenticated;
