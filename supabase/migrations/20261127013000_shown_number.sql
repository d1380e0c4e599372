-- The number that people write to: at Meta the account is an id, and the number is asked once.
alter table public.provider_credentials add column shown_number text
  check (shown_number ~ '^\+[1-9][0-9]{6,14}$');
grant update (shown_number) on public.provider_credentials to boutique_agent;
create policy "The assistant notes its own boutique's number" on public.provider_credentials
  for update to boutique_agent using (boutique_id = (select private.current_boutique()));
-- Another account is another number.
create function private.forget_shown_number() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.account is distinct from old.account and new.shown_number = old.shown_number then
    new.shown_number := null;
  end if;
  return new;
end $$;
create trigger provider_credentials_shown before update of account on public.provider_credentials
  for each row execute function private.forget_shown_number();

-- Whose page a slug opens: the page's reader belongs to no boutique.
create function private.boutique_of_link(_slug text) returns uuid
language sql stable security definer set search_path = '' as $$
  select l.boutique_id from public.catalog_links l
  join public.boutiques b on b.id = l.boutique_id and b.active where l.slug = _slug
$$;
revoke execute on function private.boutique_of_link(text) from public;
grant execute on function private.boutique_of_link(text) to service_role;
