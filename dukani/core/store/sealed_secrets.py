"""Every secret that is kept sealed, to be sealed anew with another key.

`PROVIDERS` needs a system connection, `OWN_SIGN_IN` an identity connection.

What is sealed for minutes only (mails and consent codes that wait to be sent) is not here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, LiteralString

from dukani.core.database import Connection

Kept = Literal["credentials", "sessions", "signing keys"]

# Where it is kept.
_COLUMNS: dict[Kept, tuple[LiteralString, LiteralString]] = {
    "credentials": ("provider_credentials", "secrets"),
    "sessions": ("auth.sessions", "refresh_token_hmac_key"),
    "signing keys": ("auth.signing_keys", "sealed_key"),
}
PROVIDERS: tuple[Kept, ...] = ("credentials",)
OWN_SIGN_IN: tuple[Kept, ...] = ("sessions", "signing keys")


async def reseal(conn: Connection, kept: Kept, sealed_anew: Callable[[str], str]) -> int:
    """Seal all of them anew; how many. What others change meanwhile waits for this transaction."""
    table, column = _COLUMNS[kept]
    # A locked row stays where it is until we write it, and is found there without a search.
    cursor = await conn.execute(
        f"select ctid::text as place, {column} as sealed from {table}"
        f" where {column} is not null for update".encode()
    )
    rows = await cursor.fetchall()
    for row in rows:
        await conn.execute(
            f"update {table} set {column} = %(sealed)s where ctid = %(place)s::tid".encode(),
            {"place": row["place"], "sealed": sealed_anew(row["sealed"])},
        )
    return len(rows)
