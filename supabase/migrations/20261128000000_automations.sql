-- Events that become messages: rules, who is in one of them, what was decided, what was sent, and
-- what came of it.

-- What an owner wrote: when something happens, and after which wait, who is written what.
create table public.automation_rules (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(btrim(name)) between 1 and 80),
  trigger text not null check (trigger in (
    'cart_abandoned', 'price_dropped', 'back_in_stock', 'checkout_started', 'payment_failed',
    'order_delivered', 'view_product', 'add_to_cart', 'support_message')),
  class text not null check (class in ('service', 'marketing')),
  precedence integer not null default 50 check (precedence between 1 and 100),  -- 100 goes first
  is_on boolean not null default false,
  definition jsonb not null,  -- `RuleDefinition` of `domain/automations.py`
  version integer not null default 1 check (version > 0),
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  removed_at timestamptz,  -- kept for what it has sent
  primary key (boutique_id, id),
  check (removed_at is null or not is_on)
);
create unique index automation_rules_name on public.automation_rules
  (boutique_id, lower(name)) where removed_at is null;
create index automation_rules_on on public.automation_rules (boutique_id, trigger) where is_on;

create function private.automation_rule_version() returns trigger
language plpgsql set search_path = '' as $$
begin
  if new.definition is distinct from old.definition then
    new.version := old.version + 1;
  end if;
  new.updated_at := now();
  return new;
end $$;
create trigger automation_rules_version before update on public.automation_rules
  for each row execute function private.automation_rule_version();

-- One customer in one rule because of one thing: her cart, an order, a piece.
create table public.automation_enrolments (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  rule_id uuid not null,
  customer_id uuid not null,
  subject_kind text not null check (subject_kind in (
    'cart', 'window_cart', 'order', 'product', 'conversation')),
  subject_id uuid not null,
  facts jsonb not null default '{}',  -- of the event: prices, variant, pieces
  state text not null default 'active' check (state in ('active', 'done', 'stopped')),
  reason text,  -- why it ended
  step integer not null default 0 check (step >= 0),  -- the next one
  due_at timestamptz not null,
  counted_from timestamptz not null,  -- from when the steps' waits are counted
  variant text,
  held_out boolean not null default false,
  began_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (boutique_id, id),
  foreign key (boutique_id, rule_id) references public.automation_rules (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  check ((state = 'active') = (ended_at is null))
);
create unique index automation_enrolments_once on public.automation_enrolments
  (boutique_id, rule_id, customer_id, subject_id) where state = 'active';
create index automation_enrolments_due on public.automation_enrolments (due_at)
  where state = 'active';
create index automation_enrolments_of_a_boutique on public.automation_enrolments
  (boutique_id, due_at) where state = 'active';
create index automation_enrolments_customer on public.automation_enrolments
  (boutique_id, customer_id, began_at);
create index automation_enrolments_rule on public.automation_enrolments
  (boutique_id, rule_id, began_at);

-- A message that a rule, or a person by hand, had written to one customer on one channel.
create table public.automation_sends (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  rule_id uuid not null,
  rule_version integer not null,
  enrolment_id uuid not null,
  customer_id uuid not null,
  step integer not null,
  variant text,
  class text not null check (class in ('service', 'marketing')),
  channel text not null check (channel in ('whatsapp', 'sms')),
  replaces_id uuid,  -- the one that did not arrive, in whose place this goes
  state text not null default 'queued' check (state in (
    'queued', 'sent', 'delivered', 'read', 'failed', 'cancelled')),
  error_code text,
  message_id uuid,
  forced_by uuid,  -- the person who had it sent whatever the caps say
  -- What stands in its links, and in an order that came of it (`utm_message_id`).
  code text not null unique check (code ~ '^[0-9A-Za-z]{12}$'),
  target text not null default '',  -- path of our own pages to which its link leads
  subject_kind text not null,
  subject_id uuid not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  clicked_at timestamptz,  -- by a person, the first time
  replied_at timestamptz,
  converted_at timestamptz,
  opted_out_at timestamptz,
  primary key (boutique_id, id),
  -- A step is sent once on a channel, however often a job runs.
  unique (boutique_id, enrolment_id, step, channel),
  foreign key (boutique_id, rule_id) references public.automation_rules (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, enrolment_id)
    references public.automation_enrolments (boutique_id, id) on delete cascade,
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, message_id) references public.messages (boutique_id, id)
    on delete set null (message_id),
  foreign key (boutique_id, replaces_id) references public.automation_sends (boutique_id, id)
    on delete set null (replaces_id)
);
create index automation_sends_customer on public.automation_sends
  (boutique_id, customer_id, created_at);
create index automation_sends_rule on public.automation_sends (boutique_id, rule_id, created_at);
create index automation_sends_newest on public.automation_sends (boutique_id, created_at, id);
create index automation_sends_message on public.automation_sends (boutique_id, message_id);
create index automation_sends_replaced on public.automation_sends (boutique_id, replaces_id);
-- What did not arrive on WhatsApp, until an SMS goes in its place or it is decided that none does.
create table public.automation_fallbacks_due (
  boutique_id uuid not null,
  send_id uuid not null,
  at timestamptz not null default now(),
  primary key (boutique_id, send_id),
  foreign key (boutique_id, send_id) references public.automation_sends (boutique_id, id)
    on delete cascade
);
create index automation_fallbacks_due_at on public.automation_fallbacks_due (at);

-- What was decided and why, a row each time: sent, or not and for which reason.
create table public.automation_decisions (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id bigint generated always as identity,
  rule_id uuid not null,
  enrolment_id uuid,
  customer_id uuid,
  step integer,
  verdict text not null check (verdict in ('enrolled', 'sent', 'waits', 'skipped', 'stopped')),
  reason text,
  details jsonb not null default '{}',
  send_id uuid,
  by uuid,  -- the person, when it was done by hand
  created_at timestamptz not null default clock_timestamp(),
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade
);
create index automation_decisions_rule on public.automation_decisions
  (boutique_id, rule_id, id desc);
create index automation_decisions_customer on public.automation_decisions
  (boutique_id, customer_id, id desc);
create index automation_decisions_enrolment on public.automation_decisions
  (boutique_id, enrolment_id, id desc);
create index automation_decisions_time on public.automation_decisions (created_at);

-- Who fetched the link of a message: a person, the preview of an app, a bot.
create table public.automation_clicks (
  boutique_id uuid not null,
  id bigint generated always as identity,
  send_id uuid not null,
  opened_by text not null check (opened_by in ('person', 'preview', 'bot')),
  method text not null,
  agent text not null check (length(agent) <= 200),
  opened_at timestamptz not null default clock_timestamp(),
  primary key (boutique_id, id),
  foreign key (boutique_id, send_id) references public.automation_sends (boutique_id, id)
    on delete cascade
);
create index automation_clicks_send on public.automation_clicks (boutique_id, send_id, opened_at);

-- An order that came of a message, once.
create table public.automation_conversions (
  boutique_id uuid not null,
  order_id uuid not null,
  send_id uuid not null,
  rule_id uuid not null,
  came_by text not null check (came_by in ('link', 'click', 'reply')),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  converted_at timestamptz not null,
  reversed_at timestamptz,
  primary key (boutique_id, order_id),
  foreign key (boutique_id, order_id) references public.orders (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, send_id) references public.automation_sends (boutique_id, id)
    on delete cascade
);
create index automation_conversions_send on public.automation_conversions (boutique_id, send_id);
create index automation_conversions_rule on public.automation_conversions
  (boutique_id, rule_id, converted_at);
alter table public.orders add column utm_message_id text
  check (utm_message_id ~ '^[0-9A-Za-z]{12}$');

-- A channel that the owner has stopped for what rules send. No row: it sends.
create table public.automation_channels (
  boutique_id uuid not null references public.boutiques on delete cascade,
  channel text not null check (channel in ('whatsapp', 'sms')),
  reason text check (length(reason) <= 200),
  paused_by uuid,
  paused_at timestamptz not null default now(),
  primary key (boutique_id, channel)
);

-- How far the rules have read a boutique's events (`core/store/domain_events.py`).
create table public.automation_cursors (
  boutique_id uuid primary key references public.boutiques on delete cascade,
  transaction_id xid8 not null default '0',
  id bigint not null default 0,
  read_at timestamptz not null default now()
);
-- By which boutiques with new events are found, whatever others there are.
create index domain_events_written on public.domain_events (transaction_id);
-- Who looked at a piece, or put it into a cart.
create index domain_events_of_a_piece on public.domain_events (boutique_id, subject_id, occurred_at)
  where kind in ('view_product', 'add_to_cart');

-- Who wants to hear when a piece is there again, in the order in which they asked.
create table public.stock_waits (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  customer_id uuid not null,
  product_id uuid not null,
  variant_id uuid,  -- null: any of the piece
  source text not null check (source in ('chat', 'window', 'member')),
  created_at timestamptz not null default clock_timestamp(),
  told_at timestamptz,
  ended_at timestamptz,  -- bought, told, or wanted no more
  primary key (boutique_id, id),
  foreign key (boutique_id, customer_id) references public.customers (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, product_id) references public.products (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, variant_id) references public.product_variants (boutique_id, id)
    on delete cascade
);
create unique index stock_waits_once on public.stock_waits
  (boutique_id, customer_id, product_id, coalesce(variant_id, product_id)) where ended_at is null;
create index stock_waits_in_order on public.stock_waits (boutique_id, product_id, created_at)
  where ended_at is null;
create index stock_waits_customer on public.stock_waits (boutique_id, customer_id);
create index stock_waits_variant on public.stock_waits (boutique_id, variant_id);

-- The cart that a visitor of the window has in her browser, as she left it; nothing says who she is.
create table public.window_carts (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  anonymous_id uuid not null,
  lines jsonb not null check (jsonb_typeof(lines) = 'array'),  -- [[variant id, quantity], …]
  version integer not null default 1,
  told_version integer not null default 0,  -- the one that `cart_abandoned` was told of
  utm_message_id text check (utm_message_id ~ '^[0-9A-Za-z]{12}$'),
  changed_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,  -- ordered, emptied, or taken into the chat
  primary key (boutique_id, id)
);
create unique index window_carts_open on public.window_carts (boutique_id, anonymous_id)
  where ended_at is null;
create index window_carts_left_untold on public.window_carts (changed_at)
  where ended_at is null and told_version < version;
alter table public.carts add column told_version integer not null default 0;
create index carts_left_untold on public.carts (updated_at)
  where status = 'active' and told_version < version;
alter table public.boutiques add column cart_left_after interval not null default '1 hour'
  check (cart_left_after between '10 minutes' and '7 days');

do $$
declare
  one text;
begin
  foreach one in array array['automation_rules', 'automation_enrolments', 'automation_sends',
    'automation_fallbacks_due', 'automation_decisions', 'automation_clicks',
    'automation_conversions', 'automation_channels', 'automation_cursors', 'stock_waits',
    'window_carts'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format(
      'grant select, insert, update, delete on public.%I to service_role, boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
  foreach one in array array['automation_rules', 'automation_enrolments', 'automation_sends',
    'automation_decisions', 'automation_clicks', 'automation_conversions', 'automation_channels',
    'stock_waits'] loop
    execute format('grant select on public.%I to boutique_staff', one);
    execute format('create policy %I on public.%I for select to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
  foreach one in array array['automation_rules', 'automation_channels'] loop
    execute format('create policy %I on public.%I for all to boutique_owner
      using (boutique_id in (select private.owned_boutiques()))
      with check (boutique_id in (select private.owned_boutiques()))',
      'Owners write their boutique''s ' || replace(one, '_', ' '), one);
    execute format('create trigger %I after insert or update or delete on public.%I
      for each row when (current_setting(''app.actor'', true) <> '''')
      execute function private.audit_member()', one || '_by_a_member', one);
  end loop;
end $$;
grant insert (boutique_id, id, name, trigger, class, precedence, is_on, definition, created_by),
  update (name, trigger, class, precedence, is_on, definition, removed_at)
  on public.automation_rules to boutique_owner;
grant insert (boutique_id, channel, reason, paused_by), delete
  on public.automation_channels to boutique_owner;
