"""Keeps a statement once and looks for what its lines are; again, it changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import timedelta

from dukani.core.database import Connection
from dukani.core.store import audit, statement_matches, statements
from dukani.domain.statement_matching import WINDOW, match
from dukani.tools.statements.reading import Statement

MOST_BAD_KEPT = 500


def digest_of(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


async def take_in(
    conn: Connection,
    read: Statement,
    *,
    digest: bytes,
    file_name: str,
    imported_by: str | None,
) -> tuple[str, bool]:
    """The statement's id, and whether the file is new."""
    await statements.lock(conn)
    known = await statements.of_digest(conn, digest=digest)
    if known is not None:
        return known, False
    statement_id = await statements.add(
        conn,
        digest=digest,
        file_name=file_name[-200:] or "statement",
        lines=read.lines,
        bad=[asdict(row) for row in read.bad[:MOST_BAD_KEPT]],
        imported_by=imported_by,
    )
    await look_again(conn)
    if imported_by is not None:
        await audit.write_by_member(
            conn, action="statement_imported", subject=f"statement:{statement_id}"
        )
    return statement_id, True


async def look_again(conn: Connection) -> None:
    """Look for what each open line is, among all that the shop knows by now."""
    await statement_matches.forget_alike(conn)
    lines = await statement_matches.open_lines(conn)
    if not lines:
        return
    around: timedelta = max(WINDOW.values())
    things = await statement_matches.things(
        conn,
        since=min(line.at for line in lines) - around,
        until=max(line.at for line in lines) + around,
    )
    originals = sorted({line.original for line in lines if line.original})
    reversible = await statement_matches.reversible(conn, receipts=originals)
    await statement_matches.add(conn, match(lines, things, reversible))
