-- Offers asked for in the window: a code goes to the phone, and who writes it into the page owns it.
create table public.consent_codes (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  anonymous_id uuid not null,
  -- Keyed, like the prompts': nobody reads a number from here.
  phone_digest bytea not null,
  address_digest bytea not null,
  code_digest bytea not null,
  sealed text,  -- number and code, until the SMS with it has left
  language text not null check (language in ('en', 'sw')),
  channels text[] not null
    check (cardinality(channels) > 0 and channels <@ array['whatsapp', 'sms']),
  words text not null,  -- that she agreed to
  waits_for uuid,  -- the variant she wants to hear of
  tries integer not null default 0 check (tries >= 0),
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null default clock_timestamp() + interval '10 minutes',
  customer_id uuid,  -- whose number it turned out to be
  taken_at timestamptz,
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete set null (customer_id)
);
create index consent_codes_of_a_phone on public.consent_codes
  (boutique_id, phone_digest, created_at);
create index consent_codes_of_an_address on public.consent_codes
  (boutique_id, address_digest, created_at);
create index consent_codes_newest on public.consent_codes (boutique_id, created_at);
create index consent_codes_customer on public.consent_codes (boutique_id, customer_id);
alter table public.consent_codes enable row level security;
revoke all on public.consent_codes from anon, authenticated, service_role;
grant select, insert, update, delete on public.consent_codes to service_role, boutique_agent;
create policy "The assistant works with its own boutique's consent codes"
  on public.consent_codes for all to boutique_agent
  using (boutique_id = (select private.current_boutique()))
  with check (boutique_id = (select private.current_boutique()));

-- The same in the chat, where a shop sends no SMS: a code without pieces.
alter table public.cart_codes add column waits_for uuid;

-- A visitor takes away what her browser did here. Events stay, and are nobody's.
create function private.forget_visitor(_anonymous uuid) returns void
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
  update public.domain_events set anonymous_id = null
    where boutique_id = _boutique and anonymous_id = _anonymous;
  perform set_config('app.erasing', '', true);
end $$;
revoke all on function private.forget_visitor(uuid) from public;
grant execute on function private.forget_visitor(uuid) to boutique_agent;
