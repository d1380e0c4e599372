-- When a process last had the model. Vectors of a model that no process has had for long are
-- deleted (`core/store/retention.py`), the oldest first.
alter table public.photo_models add column used_at timestamptz not null default now();
create index photo_models_used on public.photo_models (used_at);
