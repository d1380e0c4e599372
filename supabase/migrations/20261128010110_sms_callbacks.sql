-- Africa's Talking signs nothing: the address that it calls ends with a token, which stands sealed
-- among the secrets. Its boutique is found by the token's digest.
alter table public.provider_credentials add column callback_digest bytea;
create unique index provider_credentials_callback on public.provider_credentials (callback_digest)
  where callback_digest is not null;
grant insert (callback_digest), update (callback_digest)
  on public.provider_credentials to boutique_owner;
