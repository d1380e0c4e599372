-- A boutique's pieces in its catalogue at Meta: which catalogue, what it has of each colour and size,
-- and what was sent there by which batch.

create table public.meta_catalogues (
  boutique_id uuid not null primary key references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  catalogue_id text not null check (catalogue_id ~ '^[0-9]{1,32}$'),  -- Meta's
  name text not null default '' check (length(name) <= 200),
  state text not null default 'connected' check (state in ('connected', 'refused')),
  problem text check (length(problem) <= 500),  -- what Meta said last; null: all is well
  problem_code text check (length(problem_code) <= 20),
  connected_at timestamptz not null default now(),
  pushed_at timestamptz,  -- the last batch
  polled_at timestamptz,  -- the last question what became of one
  read_at timestamptz,  -- the last whole reading of what Meta has
  next_poll_at timestamptz,  -- null: no batch is open
  next_read_at timestamptz not null default now(),
  read_step smallint not null default 0,  -- how often was read since the last batch, for the next wait
  claimed_until timestamptz,  -- a job works on it, or Meta asked us to wait
  updated_at timestamptz not null default now()
);

-- A row for each colour and size that Meta is to have, or to lose; and for what it has of others.
-- Nothing refers to the variant: the row outlives it until Meta has deleted its item.
create table public.catalogue_items (
  boutique_id uuid not null references public.meta_catalogues (boutique_id) on delete cascade,
  retailer_id text not null check (length(retailer_id) between 1 and 100),  -- our variant's id
  variant_id uuid,  -- null: no item of ours
  product_id uuid,
  dirty boolean not null default true,  -- Meta has not got it as it is now
  changed_at timestamptz not null default now(),
  version bigint not null default 1,  -- of the change: what changes during a push stays dirty
  again boolean not null default false,  -- send it though it is as it was sent
  pushed_hash text,  -- of what was sent; null: never, or it was deleted there
  pushed_at timestamptz,
  push_id uuid,
  review text not null default 'none'
    check (review in ('none', 'pending', 'approved', 'rejected', 'outdated')),
  errors jsonb not null default '[]' check (jsonb_typeof(errors) = 'array'),
  theirs jsonb,  -- name, price_minor, currency, availability as Meta had them when it was read
  drift text[] not null default '{}'
    check (drift <@ array['price', 'title', 'availability', 'missing']),
  read_at timestamptz,
  primary key (boutique_id, retailer_id)
);
create index catalogue_items_dirty on public.catalogue_items (boutique_id, changed_at) where dirty;
create index catalogue_items_of_a_piece on public.catalogue_items (boutique_id, product_id);

create table public.catalogue_pushes (
  boutique_id uuid not null references public.meta_catalogues (boutique_id) on delete cascade,
  id uuid not null default gen_random_uuid(),
  handle text not null,
  items integer not null,
  state text not null default 'started' check (state in ('started', 'finished', 'failed')),
  errors integer not null default 0,
  asked integer not null default 0,  -- how often
  pushed_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (boutique_id, id)
);
create index catalogue_pushes_open on public.catalogue_pushes (boutique_id, pushed_at)
  where state = 'started';
create index catalogue_pushes_last on public.catalogue_pushes (boutique_id, pushed_at desc);

create trigger meta_catalogues_touch before update on public.meta_catalogues
  for each row execute function private.touch();
create trigger meta_catalogues_audit
  after insert or update of catalogue_id or delete on public.meta_catalogues for each row
  when (current_setting('app.actor', true) <> '' or current_setting('app.via', true) <> '')
  execute function private.audit_member();

-- Everything of a boutique, or of one piece, is to be sent; what it had not yet comes to it.
create function private.spoil_catalogue(_boutique uuid, _product uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from public.meta_catalogues m where m.boutique_id = _boutique) then
    return;
  end if;
  insert into public.catalogue_items (boutique_id, retailer_id, variant_id, product_id)
  select v.boutique_id, v.id::text, v.id, v.product_id
  from public.product_variants v
  where v.boutique_id = _boutique and (_product is null or v.product_id = _product)
  order by v.id
  on conflict (boutique_id, retailer_id) do update
    set dirty = true, changed_at = now(), version = public.catalogue_items.version + 1,
      variant_id = excluded.variant_id, product_id = excluded.product_id;
end $$;
revoke execute on function private.spoil_catalogue(uuid, uuid) from public;
grant execute on function private.spoil_catalogue(uuid, uuid) to service_role;

create function private.spoil_product() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.spoil_catalogue(new.boutique_id, new.id);
  return null;
end $$;
create trigger products_spoil_catalogue
  after update of name, description, category, sku, price_minor, active on public.products
  for each row when (
    (new.name, new.description, new.category, new.sku, new.price_minor, new.active)
    is distinct from
    (old.name, old.description, old.category, old.sku, old.price_minor, old.active))
  execute function private.spoil_product();

-- One item, in the transaction that changes its variant. Stock counts when it begins or ends.
create function private.spoil_variant() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  it public.product_variants := case when tg_op = 'DELETE' then old else new end;
begin
  if not exists (select from public.meta_catalogues m where m.boutique_id = it.boutique_id) then
    return null;
  end if;
  insert into public.catalogue_items (boutique_id, retailer_id, variant_id, product_id)
  values (it.boutique_id, it.id::text, it.id, it.product_id)
  on conflict (boutique_id, retailer_id) do update
    set dirty = true, changed_at = now(), version = public.catalogue_items.version + 1,
      variant_id = excluded.variant_id, product_id = excluded.product_id;
  return null;
end $$;
create trigger product_variants_join_catalogue after insert or delete on public.product_variants
  for each row execute function private.spoil_variant();
create trigger product_variants_spoil_catalogue
  after update on public.product_variants for each row when (
    (new.colour, new.size, new.price_minor, new.retired, new.available > 0)
    is distinct from (old.colour, old.size, old.price_minor, old.retired, old.available > 0))
  execute function private.spoil_variant();

create function private.spoil_picture() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  it public.product_images := case when tg_op = 'DELETE' then old else new end;
begin
  perform private.spoil_catalogue(it.boutique_id, it.product_id);
  return null;
end $$;
create trigger product_images_spoil_catalogue
  after insert or delete or update of path, colour, position on public.product_images
  for each row execute function private.spoil_picture();

create function private.spoil_shop() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  perform private.spoil_catalogue(new.id, null);
  return null;
end $$;
create trigger boutiques_spoil_catalogue after update of name, slug, currency on public.boutiques
  for each row when (
    (new.name, new.slug, new.currency) is distinct from (old.name, old.slug, old.currency))
  execute function private.spoil_shop();
-- A catalogue that is connected begins with all there is; another one has none of it.
create function private.fill_catalogue() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    delete from public.catalogue_items i where i.boutique_id = new.boutique_id;
    delete from public.catalogue_pushes p where p.boutique_id = new.boutique_id;
  end if;
  perform private.spoil_catalogue(new.boutique_id, null);
  return null;
end $$;
create trigger meta_catalogues_begin after insert on public.meta_catalogues
  for each row execute function private.fill_catalogue();
create trigger meta_catalogues_begin_anew after update of catalogue_id on public.meta_catalogues
  for each row when (new.catalogue_id <> old.catalogue_id)
  execute function private.fill_catalogue();

do $$
declare
  named text;
begin
  foreach named in array array['meta_catalogues', 'catalogue_items', 'catalogue_pushes'] loop
    execute format('alter table public.%I enable row level security', named);
    execute format('revoke all on public.%I from anon, authenticated', named);
    execute format(
      'grant select, insert, update, delete on public.%I to service_role, boutique_agent', named);
    execute format('grant select on public.%I to boutique_staff', named);
    execute format(
      'create policy %I on public.%I for all to boutique_agent
         using (boutique_id = (select private.current_boutique()))
         with check (boutique_id = (select private.current_boutique()))',
      'The assistant keeps its own boutique''s ' || replace(named, '_', ' '), named);
    execute format(
      'create policy %I on public.%I for select to boutique_staff
         using (boutique_id in (select private.my_boutiques()))',
      'Members read their boutique''s ' || replace(named, '_', ' '), named);
  end loop;
end $$;
