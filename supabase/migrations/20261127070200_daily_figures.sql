-- A boutique's figures, a day a row, in its own time zone: what a page of figures reads however long
-- the history is. A job writes the days that are over; a page counts the others from the rows
-- themselves, with the same statements.

create table public.daily_sales (
  boutique_id uuid not null references public.boutiques on delete cascade,
  on_day date not null,
  orders integer not null,  -- paid on that day, in chats and the window
  orders_minor bigint not null,
  alone integer not null,  -- of these, sold without a person of the shop in the talk
  alone_minor bigint not null,
  counter_sales integer not null,
  counter_minor bigint not null,
  refunds integer not null,  -- given back on that day, of sales of whichever day
  refunds_minor bigint not null,
  primary key (boutique_id, on_day)
);
create table public.daily_kinds (
  boutique_id uuid not null references public.boutiques on delete cascade,
  on_day date not null,
  category text not null,  -- empty: of a piece that is not there any more
  pieces integer not null,
  minor bigint not null,
  primary key (boutique_id, on_day, category)
);
-- Who bought: distinct over several days, so the sum of days would not do.
create table public.daily_buyers (
  boutique_id uuid not null references public.boutiques on delete cascade,
  on_day date not null,
  customer_id uuid not null,
  is_first boolean not null,  -- bought for the first time on that day
  primary key (boutique_id, on_day, customer_id)
);
create table public.daily_chats (
  boutique_id uuid not null references public.boutiques on delete cascade,
  on_day date not null,
  -- Sessions that began on that day, by how far they came: each stage is in those before it.
  sessions integer not null,
  shown integer not null,
  in_cart integer not null,
  quoted integer not null,
  paid integer not null,
  with_person integer not null,
  misunderstanding integer not null,  -- sessions with a turn that was not understood
  turns integer not null,
  misunderstood integer not null,  -- turns
  -- Answers by how long the customer waited: up to 5 s, 30 s, 2 min, 10 min, an hour, longer.
  assistant_answers integer[] not null,
  person_answers integer[] not null,
  primary key (boutique_id, on_day)
);
create table public.daily_models (
  boutique_id uuid not null references public.boutiques on delete cascade,
  on_day date not null,
  model text not null,
  calls bigint not null,
  input_tokens bigint not null,
  output_tokens bigint not null,
  primary key (boutique_id, on_day, model)
);
-- The days that are written, whether or not anything happened on them.
create table public.daily_figures (
  boutique_id uuid not null references public.boutiques on delete cascade,
  on_day date not null,
  written_at timestamptz not null default now(),
  primary key (boutique_id, on_day)
);
-- Something of an earlier day has changed: the day is written anew. Rows are only ever added beside
-- one another, so that no transaction waits for another here.
create table public.changed_days (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id bigint generated always as identity,
  on_day date not null,
  primary key (boutique_id, id)
);

do $$
declare
  one text;
begin
  foreach one in array array['daily_sales', 'daily_kinds', 'daily_buyers', 'daily_chats',
    'daily_models', 'daily_figures', 'changed_days'] loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated, service_role', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select, insert, update, delete on public.%I to boutique_agent', one);
    execute format('grant select on public.%I to boutique_staff', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant writes its own boutique''s ' || replace(one, '_', ' '), one);
    execute format('create policy %I on public.%I for select to boutique_staff
      using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
-- A day's model use is counted from rows that no member may read.
grant select on public.token_usage to boutique_staff;
create policy "Members read what their boutique's models used" on public.token_usage
  for select to boutique_staff using (boutique_id in (select private.my_boutiques()));

create function private.local_day(_boutique uuid, _at timestamptz) returns date
language sql stable security definer set search_path = '' as $$
  select (_at at time zone b.timezone)::date from public.boutiques b where b.id = _boutique
$$;
revoke execute on function private.local_day(uuid, timestamptz) from public;

-- Days are read by the time at which things happened.
create index messages_of_a_time on public.messages (boutique_id, created_at);
create index token_usage_of_a_day on public.token_usage (boutique_id, on_day);

-- What a sold piece was, as an order's items have it: the piece may be filed anew later.
alter table public.counter_sale_items add column category text not null default '';
alter table public.counter_sale_items disable trigger user;
update public.counter_sale_items i set category = p.category
from public.product_variants v
join public.products p on p.boutique_id = v.boutique_id and p.id = v.product_id
where v.boutique_id = i.boutique_id and v.id = i.variant_id;
alter table public.counter_sale_items enable trigger user;
create function private.counter_item_category() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if new.category = '' then
    new.category := coalesce((select p.category from public.product_variants v
      join public.products p on p.boutique_id = v.boutique_id and p.id = v.product_id
      where v.boutique_id = new.boutique_id and v.id = new.variant_id), '');
  end if;
  return new;
end $$;
create trigger counter_sale_items_category before insert on public.counter_sale_items
  for each row execute function private.counter_item_category();

-- Notes the days before today among these times. A day is written only once it has been over for two
-- hours, so what is committed shortly after midnight is in it.
create function private.day_changed(_boutique uuid, _times timestamptz[]) returns void
language sql security definer set search_path = '' as $$
  insert into public.changed_days (boutique_id, on_day)
  select distinct _boutique, (t.at at time zone b.timezone)::date
  from public.boutiques b, unnest(_times) t(at)
  where b.id = _boutique
    and (t.at at time zone b.timezone)::date < (clock_timestamp() at time zone b.timezone)::date
$$;

-- Which of a customer's sales was the first changes with any of them.
create function private.buyer_changed(_boutique uuid, _customer uuid) returns void
language sql security definer set search_path = '' as $$
  select private.day_changed(_boutique, array(
    select o.paid_at from public.orders o
    where o.boutique_id = _boutique and o.customer_id = _customer and o.paid_at is not null
    union all
    select s.created_at from public.counter_sales s
    where s.boutique_id = _boutique and s.customer_id = _customer))
$$;

create function private.order_figures_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  today date := private.local_day(coalesce(new.boutique_id, old.boutique_id), clock_timestamp());
  it record;
begin
  for it in
    select r.* from (select old.* union all select new.*) r
    where r.id is not null
  loop
    if it.paid_at is not null
      and private.local_day(it.boutique_id, it.paid_at) < today
    then
      perform private.day_changed(it.boutique_id, array[it.paid_at]);
      perform private.buyer_changed(it.boutique_id, it.customer_id);
    end if;
    -- The session it was placed in began up to a day before.
    if private.local_day(it.boutique_id, it.created_at) < today
      or private.local_day(it.boutique_id, it.created_at - interval '24 hours') < today
    then
      perform private.day_changed(it.boutique_id, array(
        select s.started_at from public.chat_sessions s
        where s.boutique_id = it.boutique_id and s.conversation_id = it.conversation_id
          and s.started_at > it.created_at - interval '24 hours'
          and s.started_at <= it.created_at));
    end if;
  end loop;
  return null;
end $$;
create trigger orders_figures_of_change
  after update of payment_status, paid_at, items_minor, delivery_minor, customer_id, conversation_id
  on public.orders for each row when (
    old.payment_status = 'paid' or new.payment_status = 'paid'
    or old.conversation_id is distinct from new.conversation_id)
  execute function private.order_figures_changed();
create trigger orders_figures_of_delete after delete on public.orders
  for each row when (old.payment_status = 'paid') execute function private.order_figures_changed();

create function private.sale_figures_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  it record;
begin
  for it in
    select r.* from (select old.* union all select new.*) r where r.id is not null
  loop
    if private.local_day(it.boutique_id, it.created_at)
      < private.local_day(it.boutique_id, clock_timestamp())
    then
      perform private.day_changed(it.boutique_id, array[it.created_at]);
      perform private.buyer_changed(it.boutique_id, it.customer_id);
    end if;
  end loop;
  return null;
end $$;
create trigger counter_sales_figures_of_insert after insert on public.counter_sales
  for each row when (new.created_at < now() - interval '1 minute')
  execute function private.sale_figures_changed();
create trigger counter_sales_figures_of_change
  after update of undone_at, customer_id, total_minor, created_at on public.counter_sales
  for each row execute function private.sale_figures_changed();
create trigger counter_sales_figures_of_delete after delete on public.counter_sales
  for each row execute function private.sale_figures_changed();

-- A talk that goes on after midnight is of the day on which it began.
create function private.session_figures_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.day_changed(old.boutique_id, array[old.started_at] || array(
    -- Whether a sale was the assistant's alone is told by the talk.
    select o.paid_at from public.orders o
    where o.boutique_id = old.boutique_id and o.conversation_id = old.conversation_id
      and o.created_at >= old.started_at and o.created_at < old.started_at + interval '24 hours'
      and o.paid_at is not null));
  return null;
end $$;
create trigger chat_sessions_figures_of_change after update or delete on public.chat_sessions
  for each row execute function private.session_figures_changed();

-- Another time zone has other days.
create function private.days_changed_whole() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  one text;
begin
  foreach one in array array['daily_sales', 'daily_kinds', 'daily_buyers', 'daily_chats',
    'daily_models', 'daily_figures', 'changed_days'] loop
    execute format('delete from public.%I where boutique_id = $1', one) using new.id;
  end loop;
  return null;
end $$;
create trigger boutiques_have_other_days after update of timezone on public.boutiques
  for each row when (old.timezone <> new.timezone) execute function private.days_changed_whole();

revoke execute on function private.day_changed(uuid, timestamptz[]),
  private.buyer_changed(uuid, uuid), private.counter_item_category(),
  private.order_figures_changed(), private.sale_figures_changed(),
  private.session_figures_changed(), private.days_changed_whole() from public;
