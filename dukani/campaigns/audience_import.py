"""Puts a file's customers on a list, with their proof in the ledger of consents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dukani.campaigns.audience_file import BadRow, ProvenRow, ProvenRows
from dukani.core.database import Connection
from dukani.core.store import audience_imports, audience_lists

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """`members`: new on the list; `consents`: new in the ledger; `bad`: rows refused, by line."""

    list_id: str
    members: int
    consents: int
    bad: Sequence[BadRow]


async def import_rows(conn: Connection, rows: ProvenRows, *, name: str) -> Imported:
    """The same file on the same list again changes nothing.

    A customer's own no stands, whatever a file says, and so does what she agreed to herself.
    """
    list_id = await audience_lists.of_file(conn, name=name)
    members, consents, bad = 0, 0, list(rows.bad)
    for some in _chunks(rows.good):
        ids = await audience_imports.add_customers(
            conn, names={row.phone: row.name for row in some}
        )
        no = await audience_imports.said_no(conn, customer_ids=list(ids.values()))
        bad += [
            BadRow(row.line, "this customer said stop: only she herself can take that back")
            for row in some
            if ids[row.phone] in no
        ]
        good = {ids[row.phone]: row.proof for row in some if ids[row.phone] not in no}
        consents += await audience_imports.add_consents(conn, proofs=good)
        members += await audience_lists.add_members(conn, list_id=list_id, customer_ids=list(good))
    return Imported(list_id, members, consents, sorted(bad, key=lambda row: row.line))


def _chunks(rows: Sequence[ProvenRow]) -> list[Sequence[ProvenRow]]:
    return [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]
