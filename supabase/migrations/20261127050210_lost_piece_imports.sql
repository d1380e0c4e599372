-- When a job last did something of an import: one that stands still has lost its job.
alter table public.piece_imports
  add column touched_at timestamptz not null default now();
create index piece_imports_under_way on public.piece_imports (touched_at)
  where status in ('checking', 'importing', 'picturing');
