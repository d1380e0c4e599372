-- Products, their variants, pictures and what the eye made of them.

create table public.products (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  sku text not null check (length(sku) between 1 and 40),
  name text not null check (length(name) between 1 and 120),
  description text not null default '',
  category text not null,
  pattern text not null default 'plain',
  embroidery boolean not null default false,
  occasions text[] not null default '{}',
  price_minor bigint not null check (price_minor > 0),
  active boolean not null default true,
  search tsvector,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, sku)
);

create function private.index_product() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  new.search :=
    setweight(to_tsvector('english', new.name), 'A')
    || setweight(to_tsvector('english', new.category || ' ' || new.pattern
         || case when new.embroidery then ' embroidered embroidery' else '' end
         || ' ' || array_to_string(new.occasions, ' ')), 'B')
    || setweight(to_tsvector('english', new.description), 'D');
  return new;
end $$;
create trigger products_index before insert or update on public.products
  for each row execute function private.index_product();
create index products_search on public.products using gin (search);

create table public.product_variants (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  product_id uuid not null,
  colour text not null,
  size text not null,
  sku text not null check (length(sku) between 1 and 64),
  price_minor bigint check (price_minor > 0),  -- overrides the product's
  quantity integer not null default 0 check (quantity >= 0),  -- on hand; moved by the ledger only
  primary key (boutique_id, id),
  unique (boutique_id, sku),
  unique (boutique_id, product_id, colour, size),
  foreign key (boutique_id, product_id) references public.products (boutique_id, id)
    on delete cascade
);

create table public.product_images (
  boutique_id uuid not null,
  id uuid not null default gen_random_uuid(),
  product_id uuid not null,
  colour text,  -- the colour it shows; null: any
  path text not null,  -- in the media store, under the boutique's own folder
  position smallint not null default 0,
  created_at timestamptz not null default now(),
  primary key (boutique_id, id),
  unique (boutique_id, path),
  foreign key (boutique_id, product_id) references public.products (boutique_id, id)
    on delete cascade
);
create index product_images_product on public.product_images (boutique_id, product_id, position);

-- No approximate index: a boutique has hundreds of pictures, and reading them all under the
-- boutique's key is exact and takes about a millisecond.
create table public.product_embeddings (
  boutique_id uuid not null,
  image_id uuid not null,
  model text not null,  -- vectors of two models are never compared
  vector vector(512) not null,
  created_at timestamptz not null default now(),
  primary key (boutique_id, model, image_id),
  foreign key (boutique_id, image_id) references public.product_images (boutique_id, id)
    on delete cascade
);
