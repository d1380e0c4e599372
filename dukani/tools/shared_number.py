"""The platform's own number: given to boutiques without one, and what it says for itself.

A boutique on it has a row of credentials like every other, so that sending, fetching and templates
ask no further. Only the door must find out whose a message is (`webhooks/shared_number.py`).
"""

from __future__ import annotations

import hashlib
import json
from typing import get_args

import structlog

from dukani.core.clients.messenger import MAX_ROW_TITLE, ListRow, OutboundMessage
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, ProviderError, ProviderUnavailable
from dukani.core.jobs import defer_number_note
from dukani.core.services import Services
from dukani.core.settings import Settings, SharedNumberProvider
from dukani.core.store import shared_numbers, shared_questions
from dukani.core.store.credentials import Credentials
from dukani.core.store.shared_questions import Note
from dukani.tools.messengers import messenger_of

log = structlog.get_logger()


def shared_keys(settings: Settings) -> Credentials | None:
    """The number's credentials; None: the platform has no number of its own."""
    its = settings.shared_number
    if its.account is None:
        return None
    given = {
        "access_token": its.access_token and its.access_token.get_secret_value(),
        "waba_id": its.waba_id,
        "account_sid": its.account_sid,
        "auth_token": its.auth_token and its.auth_token.get_secret_value(),
    }
    return Credentials(its.provider, its.account, {name: one for name, one in given.items() if one})


async def keep(services: Services) -> None:
    """Every boutique without a number of its own has this one, and nobody else; often repeated.

    A boutique whose recipients dislike what comes is held off it, alone: its campaigns halt.
    """
    keys = shared_keys(services.settings)
    async with services.database.system_connection() as conn:
        taken = await shared_numbers.take_back(
            conn, provider=keys.provider if keys else None, account=keys.account if keys else None
        )
        given = await _give(conn, services, keys) if keys else 0
        held = await shared_numbers.hold_the_disliked(conn) if keys else []
        await shared_questions.forget(conn)
    for one in held:
        log.warning("boutique_held", boutique=one.boutique_id, held_for=one.held_for)
    if given or taken:
        log.info("shared_number_kept", given=given, taken_back=taken)


async def _give(conn: Connection, services: Services, keys: Credentials) -> int:
    plain = json.dumps(keys.secrets, sort_keys=True).encode()
    return await shared_numbers.give(
        conn,
        provider=keys.provider,
        account=keys.account,
        secrets=keys.secrets,
        sealed=services.secrets.seal(keys.secrets),
        seal_of=hashlib.sha256(plain).hexdigest()[:16],
        instead_of=get_args(SharedNumberProvider),
    )


async def say(conn: Connection, note: Note, *, key: str) -> None:
    """Let the number write to somebody for itself, once for each `key`.

    Needs a system connection.
    """
    note_id = await shared_questions.add_note(conn, note, key=key)
    if note_id is not None:
        await defer_number_note(conn, note_id=note_id)


async def send_number_note(services: Services, *, note_id: str) -> None:
    """The job: it leaves once, unless it certainly did not. Raises ProviderUnavailable."""
    async with services.database.system_connection() as conn:
        note = await shared_questions.take_note(conn, note_id=note_id)
    keys = shared_keys(services.settings)
    if (
        note is None
        or keys is None
        or (keys.provider, keys.account)
        != (
            note.provider,
            note.account,
        )
    ):
        return
    rows = tuple(ListRow(row_id, title[:MAX_ROW_TITLE]) for row_id, title in note.rows)
    message = OutboundMessage(to=note.recipient, text=note.body, options=rows)
    try:
        await messenger_of(services, keys).send(message)
    except ProviderUnavailable:
        async with services.database.system_connection() as conn:
            await shared_questions.give_note_back(conn, note_id=note_id)
        raise
    except (ProviderError, ConfigurationError) as error:
        log.warning("number_note_not_sent", note=note_id, reason=str(error))
