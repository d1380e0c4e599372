-- Whether Meta takes the number's offers at its endpoint for marketing; null: nobody asked yet.
alter table public.provider_credentials add column marketing_endpoint boolean;
grant update (marketing_endpoint) on public.provider_credentials to boutique_agent;
grant select (marketing_endpoint), update (marketing_endpoint)
  on public.provider_credentials to boutique_owner;
-- Another account has another answer.
create function private.forget_marketing_endpoint() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.account is distinct from old.account then
    new.marketing_endpoint := null;
  end if;
  return new;
end $$;
create trigger provider_credentials_marketing before update of account
  on public.provider_credentials
  for each row execute function private.forget_marketing_endpoint();
