"""Our own auth service under `/auth/v1`, where Supabase's is not set: the part of GoTrue we need.

It speaks GoTrue's wire protocol, so that the apps use Supabase's own clients either way. It goes
with the embedded database, for demos and development.
"""
