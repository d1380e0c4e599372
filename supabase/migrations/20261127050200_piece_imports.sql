-- Pieces from a spreadsheet: the file's lines as they were read, what a trial said of each, and what
-- became of it. A line has one row, so that a job that dies and runs again tells nothing twice.

create table public.piece_imports (
  boutique_id uuid not null references public.boutiques on delete cascade,
  id uuid not null default gen_random_uuid(),
  file_name text not null check (length(file_name) between 1 and 200),
  columns text[] not null,  -- as the file names them
  mapping text[] not null,  -- for each column the field it holds, or ''
  archive_missing boolean not null default false,
  -- `ready`: the columns may be named; `checking`, `checked`: the trial; then the import itself, its
  -- pictures, and its end. `stopped`: whoever started it is no owner any more.
  status text not null default 'ready' check (status in
    ('ready', 'checking', 'checked', 'importing', 'picturing', 'imported', 'stopped')),
  run integer not null default 0,  -- a job of an earlier run does nothing
  lines integer not null check (lines >= 0),
  done integer not null default 0,  -- lines, in the order of `position`
  new integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  refused integer not null default 0,
  archived integer not null default 0,  -- pieces that are not in the file
  started_by uuid,  -- none: whoever runs the installation, by command
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (boutique_id, id),
  check (cardinality(columns) = cardinality(mapping))
);
create index piece_imports_newest on public.piece_imports (boutique_id, created_at desc);
create table public.piece_import_rows (
  boutique_id uuid not null,
  import_id uuid not null,
  line integer not null,  -- as a spreadsheet counts
  cells jsonb not null,
  -- The lines of one piece stand beside each other, wherever they are in the file.
  key text not null default '',
  group_line integer not null default 0,
  position integer not null default 0,
  outcome text check (outcome in ('new', 'changed', 'unchanged', 'refused')),
  changes jsonb not null default '[]',
  why jsonb,
  -- No other index: of several that begin alike the planner takes any, before the table has
  -- statistics, and would then read a whole list for each line.
  primary key (boutique_id, import_id, line),
  foreign key (boutique_id, import_id) references public.piece_imports (boutique_id, id)
    on delete cascade
);
-- A picture is fetched once for a colour of a piece, however many lines name it.
create table public.piece_import_pictures (
  boutique_id uuid not null,
  import_id uuid not null,
  product_id uuid not null,
  colour text not null,
  url text not null check (length(url) <= 2000),
  line integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'added', 'there', 'failed')),
  why jsonb,
  primary key (boutique_id, import_id, product_id, colour, url),
  foreign key (boutique_id, import_id) references public.piece_imports (boutique_id, id)
    on delete cascade,
  foreign key (boutique_id, product_id) references public.products (boutique_id, id)
    on delete cascade
);
create index piece_import_pictures_known on public.piece_import_pictures
  (boutique_id, product_id, url) where state in ('added', 'there');
-- What this boutique calls its columns.
create table public.piece_columns (
  boutique_id uuid not null references public.boutiques on delete cascade,
  name text not null check (length(name) between 1 and 100),
  field text not null,
  primary key (boutique_id, name)
);

-- What the boutique's list said last of a colour and size. The same figure again is the same list
-- again, not a new count: what was sold since stays sold.
alter table public.product_variants
  add column listed_units integer check (listed_units >= 0),
  add column listed_before integer check (listed_before >= 0);
grant insert (listed_units, listed_before), update (listed_units, listed_before)
  on public.product_variants to boutique_agent;

do $$
declare
  one text;
begin
  foreach one in array array['piece_imports', 'piece_import_rows', 'piece_import_pictures',
    'piece_columns']
  loop
    execute format('alter table public.%I enable row level security', one);
    execute format('revoke all on public.%I from anon, authenticated', one);
    execute format('grant select, insert, update, delete on public.%I to service_role', one);
    execute format('grant select, insert, update, delete on public.%I to boutique_agent', one);
    execute format('create policy %I on public.%I for all to boutique_agent
      using (boutique_id = (select private.current_boutique()))
      with check (boutique_id = (select private.current_boutique()))',
      'The assistant works with its own boutique''s ' || replace(one, '_', ' '), one);
  end loop;
end $$;
