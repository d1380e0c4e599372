-- The program tells whether the database is of its version (`/readyz`), so the system's role reads
-- which migrations were applied.

grant usage on schema supabase_migrations to service_role;
grant select on supabase_migrations.schema_migrations to service_role;
