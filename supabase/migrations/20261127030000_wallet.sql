-- The wallet: message tokens of a boutique as a double-entry ledger.
--
-- Nothing writes the ledger but the functions below, each of which is one step of a campaign. They
-- lock the boutique's one row in `wallets` first, so that moves of one boutique come one after
-- another and never wait for each other in a circle; whoever takes other locks too takes this last.

create table public.wallets (
  boutique_id uuid primary key references public.boutiques on delete cascade,
  -- The sums of the entries of each account, kept beside them; a test adds the entries up.
  available bigint not null default 0 check (available >= 0),
  held bigint not null default 0 check (held >= 0),
  spent bigint not null default 0 check (spent >= 0),
  top_up bigint not null default 0 check (top_up <= 0),  -- where tokens come from: minus what came
  platform_loss bigint not null default 0 check (platform_loss <= 0),  -- minus what we bore
  check (available + held + spent + top_up + platform_loss = 0)
);

-- Tokens set aside for one occurrence of a campaign. `remaining` is what no send has taken yet.
create table public.wallet_holds (
  boutique_id uuid not null references public.wallets on delete cascade,
  key text not null check (length(key) between 1 and 100),
  campaign_id uuid,
  remaining bigint not null default 0 check (remaining >= 0),
  created_at timestamptz not null default now(),
  released_at timestamptz,
  primary key (boutique_id, key),
  check (released_at is null or remaining = 0)
);

create table public.wallet_transfers (
  boutique_id uuid not null references public.wallets on delete cascade,
  id bigint not null generated always as identity,  -- in the order of the moves of a boutique
  key text not null,  -- what must happen once: `accept:` and the recipient, `top_up:` and its id
  kind text not null check (kind in ('top_up', 'grant', 'hold', 'accept', 'settle', 'give_back',
    'release', 'late', 'lose')),
  tokens bigint not null check (tokens > 0),
  available_after bigint not null,
  hold text,
  campaign_id uuid,
  recipient text,
  message_id uuid,
  top_up_id uuid,
  note text not null default '' check (length(note) <= 200),
  actor text not null,  -- as in the audit log
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, key)
);
create index wallet_transfers_of_a_campaign on public.wallet_transfers
  (boutique_id, campaign_id, id desc) where campaign_id is not null;
create index wallet_transfers_shown on public.wallet_transfers (boutique_id, id desc)
  where kind not in ('accept', 'settle');

create table public.wallet_entries (
  boutique_id uuid not null,
  transfer_id bigint not null,
  account text not null
    check (account in ('available', 'held', 'spent', 'top_up', 'platform_loss')),
  -- Whose the held tokens are: `hold:` and its key, or `send:` and the recipient.
  holder text not null default '',
  tokens bigint not null check (tokens <> 0),
  primary key (boutique_id, transfer_id, account, holder),
  foreign key (boutique_id, transfer_id) references public.wallet_transfers (boutique_id, id)
    on delete cascade,
  check ((account = 'held') = (holder <> ''))
);

-- A transfer only moves tokens: its entries add up to nothing when the transaction ends.
create function private.check_transfer(_boutique uuid, _transfer bigint) returns void
language plpgsql security definer set search_path = '' as $$
declare
  entries integer;
  total bigint;
begin
  select count(*), coalesce(sum(e.tokens), 0) into entries, total from public.wallet_entries e
  where e.boutique_id = _boutique and e.transfer_id = _transfer;
  if entries < 2 or total <> 0 then
    raise exception 'transfer %: % entries that add up to %', _transfer, entries, total
      using errcode = 'check_violation', constraint = 'wallet_transfers_balance';
  end if;
end $$;
create function private.check_new_transfer() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.check_transfer(new.boutique_id, new.id);
  return null;
end $$;
create function private.check_new_entry() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.check_transfer(new.boutique_id, new.transfer_id);
  return null;
end $$;
-- The first is for a transfer without entries, the second for an entry that comes later.
create constraint trigger wallet_transfers_balance after insert on public.wallet_transfers
  deferrable initially deferred for each row execute function private.check_new_transfer();
create constraint trigger wallet_entries_balance after insert on public.wallet_entries
  deferrable initially deferred for each row execute function private.check_new_entry();

-- Bought tokens. What became of a prompt is added and never changed, each step once.
create table public.wallet_top_ups (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  tokens bigint not null check (tokens > 0),
  amount_minor bigint not null check (amount_minor > 0),
  currency char(3) not null,
  provider text not null check (provider in ('paylink', 'daraja')),
  account text not null,  -- the platform's short code
  phone text not null,
  callback_token text not null unique,
  started_by uuid,  -- none: whoever runs the installation, by command
  created_at timestamptz not null default now(),
  primary key (boutique_id, id)
);
create index wallet_top_ups_newest on public.wallet_top_ups (boutique_id, created_at desc);
create table public.wallet_top_up_steps (
  boutique_id uuid not null,
  top_up_id uuid not null,
  -- `unanswered`: M-Pesa was asked in vain. `paid` may come after that, and after `failed`.
  -- `review`: money was reported that is not the top-up's; a person must look.
  step text not null
    check (step in ('sending', 'accepted', 'failed', 'unanswered', 'paid', 'review')),
  checkout_request_id text,
  result_code text,
  result_text text,
  receipt text,
  received_minor bigint,
  at timestamptz not null default now(),
  primary key (boutique_id, top_up_id, step),
  foreign key (boutique_id, top_up_id) references public.wallet_top_ups (boutique_id, id)
    on delete cascade
);
-- The same money buys tokens once, in whichever boutique.
create unique index wallet_top_up_steps_receipt on public.wallet_top_up_steps (receipt)
  where step = 'paid' and receipt is not null;
create index wallet_top_up_steps_checkout on public.wallet_top_up_steps (checkout_request_id)
  where checkout_request_id is not null;

-- What a message costs. `region`: the country of the recipient's number (ISO 3166), `*` for the
-- rest. `cost_minor` is what the provider asks. Written by migrations, read by every boutique.
create table private.message_rates (
  category text not null check (category in ('marketing', 'utility')),
  region text not null check (region ~ '^([A-Z]{2}|\*)$'),
  valid_from date not null,
  tokens integer not null check (tokens > 0),
  cost_minor bigint not null check (cost_minor >= 0),
  currency char(3) not null,
  primary key (category, region, valid_from)
);
-- What a token costs the boutique.
create table private.token_prices (
  currency char(3) not null,
  valid_from date not null,
  price_minor bigint not null check (price_minor > 0),
  primary key (currency, valid_from)
);
-- Meta's rate card for messages, per delivered template message since 2025-07-01
-- (developers.facebook.com/docs/whatsapp/pricing, read 2026-11): the five countries are in "Rest of
-- Africa", US$ 0.0225 for marketing and 0.0040 for utility; "Other" is 0.0604 and 0.0077. In cents
-- of a Kenyan shilling, at 129.20 to the dollar.
insert into private.message_rates (category, region, valid_from, tokens, cost_minor, currency)
select r.category, c.region, date '2025-07-01', r.tokens, r.cost_minor, 'KES'
from (values ('marketing', 1, 291), ('utility', 1, 52)) r (category, tokens, cost_minor)
cross join (values ('KE'), ('UG'), ('TZ'), ('RW'), ('ET')) c (region)
union all values
  ('marketing', '*', date '2025-07-01', 3, 780, 'KES'),
  ('utility', '*', date '2025-07-01', 1, 99, 'KES');
insert into private.token_prices (currency, valid_from, price_minor)
values ('KES', '2025-07-01', 350);
alter table private.message_rates enable row level security;
alter table private.token_prices enable row level security;
create policy "Every boutique reads the rates" on private.message_rates
  for select to boutique_agent, boutique_staff using (true);
create policy "Every boutique reads the price of a token" on private.token_prices
  for select to boutique_agent, boutique_staff using (true);
revoke all on private.message_rates, private.token_prices from public, anon, authenticated;
grant select on private.message_rates, private.token_prices to boutique_agent, boutique_staff;
grant select, insert on private.message_rates, private.token_prices to service_role;

do $$
declare
  one text;
begin
  foreach one in array array['wallets', 'wallet_holds', 'wallet_transfers', 'wallet_entries',
    'wallet_top_ups', 'wallet_top_up_steps']
  loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select on public.%I to service_role, boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to %s
      using (boutique_id in (select private.%s()))',
      'People read their boutique''s ' || replace(one, '_', ' '), one,
      -- Staff see what there is; what was bought with whose money is the owner's.
      case when one in ('wallets', 'wallet_holds') then 'boutique_staff' else 'boutique_owner' end,
      case when one in ('wallets', 'wallet_holds') then 'my_boutiques' else 'owned_boutiques' end);
    continue when one in ('wallets', 'wallet_holds');
    execute format('create trigger %I before update on public.%I
      for each row execute function private.forbid_change()', one || '_append_only', one);
    -- Rows go with their boutique only, by the foreign key's own trigger.
    execute format('create trigger %I before delete on public.%I
      for each row when (pg_trigger_depth() = 0) execute function private.forbid_change()',
      one || '_never_deleted', one);
    execute format('create trigger %I before truncate on public.%I
      for each statement execute function private.forbid_change()', one || '_never_emptied', one);
  end loop;
end $$;
grant select on public.wallets, public.wallet_holds to boutique_staff;
grant select on public.wallet_transfers, public.wallet_entries to boutique_owner;
grant select (boutique_id, id, tokens, amount_minor, currency, provider, account, phone, started_by,
  created_at) on public.wallet_top_ups to boutique_owner;
grant select on public.wallet_top_up_steps to boutique_owner;
grant insert on public.wallet_top_ups, public.wallet_top_up_steps to boutique_agent, service_role;

-- The boutique's wallet, locked until the transaction ends.
create function private.locked_wallet(_boutique uuid) returns public.wallets
language plpgsql security definer set search_path = '' as $$
declare
  it public.wallets;
begin
  if _boutique is null then
    raise exception 'a wallet is of one boutique: set app.boutique_id'
      using errcode = 'insufficient_privilege';
  end if;
  select * into it from public.wallets w where w.boutique_id = _boutique for no key update;
  if not found then
    insert into public.wallets (boutique_id) values (_boutique) on conflict do nothing;
    select * into it from public.wallets w where w.boutique_id = _boutique for no key update;
  end if;
  return it;
end $$;

-- Moves tokens from one account to another, once for each key; false when that was done before.
-- The caller has the lock.
create function private.move_tokens(_boutique uuid, _key text, _kind text, _tokens bigint,
  _from text, _from_holder text, _to text, _to_holder text, _hold text default null,
  _campaign uuid default null, _recipient text default null, _message uuid default null,
  _top_up uuid default null, _note text default '') returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  transfer bigint;
begin
  insert into public.wallet_transfers (boutique_id, key, kind, tokens, available_after, hold,
    campaign_id, recipient, message_id, top_up_id, note, actor)
  select _boutique, _key, _kind, _tokens, w.available
      + case 'available' when _to then _tokens when _from then -_tokens else 0 end,
    _hold, _campaign, _recipient, _message, _top_up, _note, private.current_actor()
  from public.wallets w where w.boutique_id = _boutique
  on conflict (boutique_id, key) do nothing
  returning id into transfer;
  if transfer is null then
    return false;
  end if;
  insert into public.wallet_entries (boutique_id, transfer_id, account, holder, tokens)
  values (_boutique, transfer, _from, _from_holder, -_tokens),
    (_boutique, transfer, _to, _to_holder, _tokens);
  if _from <> _to then
    update public.wallets set
      available = available + case 'available' when _to then _tokens when _from then -_tokens else 0 end,
      held = held + case 'held' when _to then _tokens when _from then -_tokens else 0 end,
      spent = spent + case 'spent' when _to then _tokens when _from then -_tokens else 0 end,
      top_up = top_up - case _from when 'top_up' then _tokens else 0 end,
      platform_loss = platform_loss - case _from when 'platform_loss' then _tokens else 0 end
    where boutique_id = _boutique;
  end if;
  if _from_holder like 'hold:%' or _to_holder like 'hold:%' then
    update public.wallet_holds set remaining = remaining
      + case when _to_holder = 'hold:' || _hold then _tokens else -_tokens end
    where boutique_id = _boutique and key = _hold;
  end if;
  return true;
end $$;

-- Sets tokens aside. 'held', 'before' for a key that did so already, 'short' where available has
-- too few, 'released' for a hold that is over.
create function private.hold_tokens(_hold text, _key text, _tokens bigint, _campaign uuid,
  out result text, out available bigint)
language plpgsql security definer set search_path = '' as $$
declare
  boutique uuid := private.current_boutique();
  wallet public.wallets := private.locked_wallet(boutique);
begin
  available := wallet.available;
  if exists (select from public.wallet_transfers t
    where t.boutique_id = boutique and t.key = 'hold:' || _key)
  then
    result := 'before';
  elsif exists (select from public.wallet_holds h
    where h.boutique_id = boutique and h.key = _hold and h.released_at is not null)
  then
    result := 'released';
  elsif wallet.available < _tokens then
    result := 'short';
  else
    insert into public.wallet_holds (boutique_id, key, campaign_id)
    values (boutique, _hold, _campaign) on conflict do nothing;
    perform private.move_tokens(boutique, 'hold:' || _key, 'hold', _tokens, 'available', '', 'held',
      'hold:' || _hold, _hold, (select h.campaign_id from public.wallet_holds h
        where h.boutique_id = boutique and h.key = _hold));
    available := wallet.available - _tokens;
    result := 'held';
  end if;
end $$;

-- One send takes its tokens out of the hold. 'taken', 'before', 'short', or 'none': no such hold.
create function private.take_tokens(_hold text, _recipient text, _tokens bigint, _message uuid,
  out result text, out remaining bigint)
language plpgsql security definer set search_path = '' as $$
declare
  boutique uuid := private.current_boutique();
  it public.wallet_holds;
begin
  perform private.locked_wallet(boutique);
  select * into it from public.wallet_holds h where h.boutique_id = boutique and h.key = _hold;
  remaining := coalesce(it.remaining, 0);
  if remaining >= _tokens then
    result := case when private.move_tokens(boutique, 'accept:' || _recipient, 'accept', _tokens,
      'held', 'hold:' || _hold, 'held', 'send:' || _recipient, _hold, it.campaign_id, _recipient,
      _message) then 'taken' else 'before' end;
    remaining := remaining - case result when 'taken' then _tokens else 0 end;
  elsif exists (select from public.wallet_transfers t
    where t.boutique_id = boutique and t.key = 'accept:' || _recipient)
  then
    result := 'before';
  else
    result := case when it.key is null then 'none' else 'short' end;
  end if;
end $$;

-- Ends a send: delivered, its tokens are spent; not delivered, they are available again. The first
-- of both counts, but for a delivery that is reported after its tokens were given back: they are
-- taken from what is available, else the platform bears them. 'settled', 'given_back', 'late',
-- 'lost', 'before', or 'none': the send never took any.
create function private.end_send(_recipient text, _delivered boolean) returns text
language plpgsql security definer set search_path = '' as $$
declare
  boutique uuid := private.current_boutique();
  wallet public.wallets := private.locked_wallet(boutique);
  taken public.wallet_transfers;
  ended text;
begin
  select * into taken from public.wallet_transfers t
  where t.boutique_id = boutique and t.key = 'accept:' || _recipient;
  if not found then
    return 'none';
  end if;
  select t.kind into ended from public.wallet_transfers t
  where t.boutique_id = boutique and t.key = 'end:' || _recipient;
  if ended is null then
    perform private.move_tokens(boutique, 'end:' || _recipient,
      case when _delivered then 'settle' else 'give_back' end, taken.tokens,
      'held', 'send:' || _recipient, case when _delivered then 'spent' else 'available' end, '',
      taken.hold, taken.campaign_id, _recipient, taken.message_id);
    return case when _delivered then 'settled' else 'given_back' end;
  end if;
  if ended = 'settle' or not _delivered then
    return 'before';
  end if;
  if not private.move_tokens(boutique, 'late:' || _recipient,
    case when wallet.available >= taken.tokens then 'late' else 'lose' end, taken.tokens,
    case when wallet.available >= taken.tokens then 'available' else 'platform_loss' end, '',
    'spent', '', taken.hold, taken.campaign_id, _recipient, taken.message_id)
  then
    return 'before';
  end if;
  return case when wallet.available >= taken.tokens then 'late' else 'lost' end;
end $$;

-- Ends a hold: what no send took is available again. The number of these tokens; none: no such hold.
create function private.release_hold(_hold text) returns bigint
language plpgsql security definer set search_path = '' as $$
declare
  boutique uuid := private.current_boutique();
  it public.wallet_holds;
begin
  perform private.locked_wallet(boutique);
  select * into it from public.wallet_holds h where h.boutique_id = boutique and h.key = _hold;
  if it.key is null or it.released_at is not null then
    return case when it.key is null then null else 0 end;
  end if;
  if it.remaining > 0 then
    perform private.move_tokens(boutique, 'release:' || _hold, 'release', it.remaining, 'held',
      'hold:' || _hold, 'available', '', _hold, it.campaign_id);
  end if;
  update public.wallet_holds set released_at = now() where boutique_id = boutique and key = _hold;
  return it.remaining;
end $$;

-- The tokens of a top-up that was paid, once.
create function private.credit_top_up(_top_up uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  boutique uuid := private.current_boutique();
  bought bigint;
begin
  perform private.locked_wallet(boutique);
  select u.tokens into bought from public.wallet_top_ups u
  join public.wallet_top_up_steps s on s.boutique_id = u.boutique_id and s.top_up_id = u.id
    and s.step = 'paid'
  where u.boutique_id = boutique and u.id = _top_up;
  if bought is null then
    raise exception 'top-up % is not paid', _top_up using errcode = 'check_violation';
  end if;
  return private.move_tokens(boutique, 'top_up:' || _top_up, 'top_up', bought, 'top_up', '',
    'available', '', _top_up => _top_up);
end $$;

-- Tokens that the platform gives. By whoever runs the installation only.
create function private.grant_tokens(_key text, _tokens bigint, _note text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  boutique uuid := private.current_boutique();
begin
  perform private.locked_wallet(boutique);
  return private.move_tokens(boutique, 'grant:' || _key, 'grant', _tokens, 'top_up', '',
    'available', '', _note => _note);
end $$;

revoke execute on function private.check_transfer(uuid, bigint), private.check_new_transfer(),
  private.check_new_entry(), private.locked_wallet(uuid),
  private.move_tokens(uuid, text, text, bigint, text, text, text, text, text, uuid, text, uuid,
    uuid, text),
  private.hold_tokens(text, text, bigint, uuid), private.take_tokens(text, text, bigint, uuid),
  private.end_send(text, boolean), private.release_hold(text), private.credit_top_up(uuid),
  private.grant_tokens(text, bigint, text) from public;
grant execute on function private.hold_tokens(text, text, bigint, uuid),
  private.take_tokens(text, text, bigint, uuid), private.end_send(text, boolean),
  private.release_hold(text), private.credit_top_up(uuid) to boutique_agent, service_role;
grant execute on function private.grant_tokens(text, bigint, text) to service_role;
