"""Brings a Supabase project to this version, and looks at whether it keeps its tenants apart."""
