"""What is open that should not be, in a database that others reach with a public key."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

PUBLISHED = {"domain_events", "messages"}
# A person of the API takes a role of her own; the service takes the others.
ROLES = ("anon", "authenticated", "service_role", "boutique_agent", "boutique_staff",
         "boutique_owner")  # fmt: skip
# Words that a column of a secret has in its name.
SECRET = "secret|digest|token|password|p256dh|hmac|callback"


def faults(owner_url: str) -> Iterator[str]:
    """Everything that is wrong, a sentence each, with its remedy where it is no line of ours."""
    yield from walls(owner_url)
    yield from published(owner_url)
    yield from definers(owner_url)
    yield from files(owner_url)


def walls(owner_url: str) -> Iterator[str]:
    """Tables without row level security, what strangers may do, and roles nobody may take."""
    with psycopg.connect(owner_url) as conn:
        for (table,) in conn.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p') and not relrowsecurity"
        ).fetchall():
            yield f"public.{table} has no row level security"
        for (table,) in conn.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p', 'v', 'm')"
            " and has_table_privilege('anon', oid, 'select, insert, update, delete')"
        ).fetchall():
            yield f"public.{table} is open to whoever has the public key"
        for (function,) in conn.execute(
            "select p.oid::regprocedure::text from pg_proc p where pronamespace = any(array["
            "'public'::regnamespace, 'private'::regnamespace])"
            " and has_function_privilege('anon', p.oid, 'execute')"
            " and has_schema_privilege('anon', p.pronamespace, 'usage')"
            " and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
        ).fetchall():
            yield f"{function} may be called by whoever has the public key"
        for role in ROLES:
            try:
                with conn.transaction():
                    conn.execute(f"set local role {role}".encode())
            except psycopg.Error as error:
                yield f"{role} cannot be taken: {str(error).splitlines()[0]}"


def published(owner_url: str) -> Iterator[str]:
    with psycopg.connect(owner_url) as conn:
        rows = conn.execute(
            "select tablename from pg_publication_tables where pubname = 'supabase_realtime'"
        ).fetchall()
    found = {table for (table,) in rows}
    if found != PUBLISHED:
        yield f"supabase_realtime has {sorted(found)}, not {sorted(PUBLISHED)}"


def definers(owner_url: str) -> Iterator[str]:
    """Functions with their owner's rights that look for names along the caller's path."""
    with psycopg.connect(owner_url) as conn:
        for (function,) in conn.execute(
            "select p.oid::regprocedure::text from pg_proc p where p.prosecdef"
            " and p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)"
            " and not exists (select from unnest(p.proconfig) one where one like 'search_path=%')"
            " and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')"
        ).fetchall():
            yield f"{function} has its owner's rights and no search_path of its own"
        for table, column in conn.execute(
            "select t.tablename, name from pg_publication_tables t, unnest(t.attnames) name"
            " where t.pubname = 'supabase_realtime' and name ~ %s",
            (SECRET,),
        ).fetchall():
            yield f"supabase_realtime tells {table}.{column}, which is a secret"


def files(owner_url: str) -> Iterator[str]:
    """The service alone reaches the media: no bucket is public, no policy opens one."""
    with psycopg.connect(owner_url) as conn, conn.transaction():
        for (policy,) in conn.execute(
            "select policyname from pg_policies where schemaname = 'storage'"
        ).fetchall():
            yield f"the policy {policy!r} opens files to others than the service: drop it"
