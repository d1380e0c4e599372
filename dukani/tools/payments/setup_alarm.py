"""Tells the owner which M-Pesa setting of the boutique is wrong, once a day per setting."""

from __future__ import annotations

from datetime import UTC, datetime

import structlog

from dukani.agent.wording.owner_setup import setup_note
from dukani.core.clients.daraja import NAIROBI
from dukani.core.clients.mpesa_answers import outcome_of
from dukani.core.clients.mpesa_outcomes import Kind, Outcome
from dukani.core.database import Connection
from dukani.core.store import boutiques, owner_notices
from dukani.tools.messaging import queue_owner_note

log = structlog.get_logger()


async def tell_of_setup(
    conn: Connection, *, boutique_id: str, meaning: Outcome, code: str | None, said: str
) -> None:
    """Tells the owner if the answer blames the boutique's set-up. `conn` is a tenant connection."""
    if meaning.kind is not Kind.OURS_TO_MEND or meaning.setting is None:
        return
    log.error("mpesa_setup_refused", setting=meaning.setting, code=code, said=said[:200])
    today = datetime.now(UTC).astimezone(NAIROBI).date()
    about = f"mpesa_setup:{meaning.setting}:{today.isoformat()}"
    if not await owner_notices.first_time(conn, about=about):
        return
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None  # the connection is the boutique's
    note = setup_note(meaning.setting, code=code, said=said, language=boutique.language)
    await queue_owner_note(conn, boutique, note)


def warn_if_unlisted(code: str | None, said: str, *, where: str) -> Outcome:
    """The meaning of an answer; logs an error if its code is not in the table of outcomes."""
    meaning = outcome_of(code, said)
    if not meaning.listed:
        log.error(
            "mpesa_code_not_in_table", code=code, said=said[:200], taken_as=meaning.kind,
            where=where,
        )  # fmt: skip
    return meaning
