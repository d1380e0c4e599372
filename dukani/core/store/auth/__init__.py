"""The tables of our own auth service, in Supabase's names: read through `identity_connection`."""
