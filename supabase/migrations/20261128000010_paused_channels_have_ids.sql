-- The audit log names what was changed by its id.
alter table public.automation_channels add column id uuid not null default gen_random_uuid();
