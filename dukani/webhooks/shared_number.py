"""Finds whose a message is that came to a number of several boutiques.

By what it answers; else the boutique that she last exchanged a message with, in a bounded time;
else the only one that ever wrote to her; else she is asked, and her messages wait for her answer.
A stop that answers nothing is a stop to all who wrote to her. What is told twice goes to the same
boutique again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta

from dukani.agent.local_reader import says_stop
from dukani.agent.wording.shared_number import stopped, which_shop
from dukani.core.clients.messenger import MAX_ROWS
from dukani.core.database import Connection
from dukani.core.store import (
    boutiques,
    consents,
    shared_numbers,
    shared_questions,
    webhook_events,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.consents import Purpose
from dukani.core.store.credentials import Credentials
from dukani.core.store.shared_numbers import Acquaintance
from dukani.core.store.shared_questions import Note, Question
from dukani.tools.shared_number import say
from dukani.webhooks.dependencies import Webhooks
from dukani.webhooks.inbound import (
    DeliveryStatus,
    IdentityChange,
    Inbound,
    InboundMessage,
    Preference,
)
from dukani.webhooks.raw_events import event_of

CHOSEN = "shop:"  # before the boutique's id, in the row of the list that she taps
ASK_AGAIN_AFTER = timedelta(minutes=10)
_EVERYTHING: tuple[Purpose, ...] = ("assistant", "marketing")

Record = Callable[[Boutique, Inbound], Awaitable[None]]


async def record_shared(
    webhooks: Webhooks, keys: Credentials, item: Inbound, record: Record
) -> bool:
    """Record the item with the boutiques it is of; False: it is nobody's.

    `record` stores an item for one boutique.
    """
    async with webhooks.services.database.system_connection() as conn:
        ids = await _known(conn, item) or await _boutiques_of(conn, item)
        found = [one for one in [await _open(conn, each) for each in ids] if one is not None]
    for boutique in found:
        await record(boutique, item)
    if found or not isinstance(item, InboundMessage) or item.by_staff:
        return bool(found)
    return await _without_context(webhooks, item, record)


async def _known(conn: Connection, item: Inbound) -> list[str]:
    """Who has it already. What goes to several goes to all again: each keeps it once."""
    if not isinstance(item, InboundMessage):
        return []
    return await shared_numbers.of_event(
        conn, provider=item.provider, account=item.account, event_key=item.event_key
    )


async def _boutiques_of(conn: Connection, item: Inbound) -> list[str]:
    match item:
        case DeliveryStatus():
            return await _of_message(conn, item, item.provider_id, item.message_id)
        case InboundMessage():
            answered = item.changes or item.reply_to
            return await _of_message(conn, item, answered) if answered else []
        case Preference():
            return [one.boutique_id for one in await _acquaintances(conn, item)]
        case IdentityChange():
            known = await shared_numbers.acquaintances(
                conn,
                provider=item.provider,
                account=item.account,
                phone=item.before.phone,
                wa_user_id=item.before.wa_user_id,
            )
            return [one.boutique_id for one in known]
    return []


async def _of_message(
    conn: Connection, item: Inbound, provider_id: str | None, message_id: str | None = None
) -> list[str]:
    found = await shared_numbers.of_message(
        conn,
        provider=item.provider,
        account=item.account,
        provider_id=provider_id,
        message_id=message_id,
    )
    return [found] if found else []


async def _acquaintances(conn: Connection, item: InboundMessage | Preference) -> list[Acquaintance]:
    return await shared_numbers.acquaintances(
        conn,
        provider=item.provider,
        account=item.account,
        phone=item.phone,
        wa_user_id=item.wa_user_id,
    )


async def _open(conn: Connection, boutique_id: str) -> Boutique | None:
    found = await boutiques.get(conn, boutique_id=boutique_id)
    return found if found is not None and found.active else None


async def _without_context(webhooks: Webhooks, item: InboundMessage, record: Record) -> bool:
    """A message that answers none of a boutique's."""
    remembered = timedelta(hours=webhooks.services.settings.shared_number.remembered_hours)
    async with webhooks.services.database.system_connection() as conn:
        known = await _acquaintances(conn, item)
        question = await _question(conn, item)
        chosen = choice(item, question) if question else None
        its = chosen or _last(known, since=datetime.now(UTC) - remembered)
        boutique = await _open(conn, its) if its else None
    if not known and question is None:
        return False
    if says_stop(item.text) and sum(one.customer_id is not None for one in known) > 1:
        await _stop_all(webhooks, item, known)
    elif boutique is None:
        await _ask(webhooks, item, known, question)
    elif chosen is not None and question is not None:
        for waiting in question.waiting:
            await record(boutique, InboundMessage.model_validate(waiting))
        await _close(webhooks, item, boutique)
    else:
        await record(boutique, item)
    return True


def _last(known: Sequence[Acquaintance], *, since: datetime) -> str | None:
    """The boutique of the last message that was exchanged, if it is not long ago; or the only."""
    if known and (len(known) == 1 or known[0].last_at > since):
        return known[0].boutique_id
    return None


def choice(item: InboundMessage, question: Question) -> str | None:
    """The boutique that the message names, by its row, its number or its name."""
    said = item.text.strip().strip(".*").casefold()
    for number, option in enumerate(question.options, 1):
        tapped = item.row_id == CHOSEN + option["id"]
        if tapped or said in (str(number), option["name"].casefold()):
            return option["id"]
    return None


async def _question(conn: Connection, item: InboundMessage) -> Question | None:
    return await shared_questions.question(
        conn, provider=item.provider, account=item.account, identity=_identity(item)
    )


async def _ask(
    webhooks: Webhooks,
    item: InboundMessage,
    known: Sequence[Acquaintance],
    question: Question | None,
) -> None:
    """Let the message wait, and ask; what follows within minutes asks no second time."""
    listed = known[:MAX_ROWS]
    async with webhooks.services.database.system_connection() as conn:
        await shared_questions.ask(
            conn,
            provider=item.provider,
            account=item.account,
            identity=_identity(item),
            options=[{"id": one.boutique_id, "name": one.name} for one in listed],
            item=item.model_dump(mode="json"),
        )
        if question is not None and datetime.now(UTC) - question.asked_at < ASK_AGAIN_AFTER:
            return
        names = [one.name for one in listed]
        note = _note(
            item,
            which_shop(names, language=listed[0].language),
            rows=[[CHOSEN + one.boutique_id, one.name] for one in listed],
        )
        await say(conn, note, key=f"which:{item.event_key}")


async def _close(webhooks: Webhooks, item: InboundMessage, boutique: Boutique) -> None:
    """The answer itself is no message to the shop, and told twice is none either."""
    async with webhooks.services.database.system_connection() as conn:
        event = event_of(item) | {"boutique_id": boutique.id, "outcome": "handled"}
        await webhook_events.store(conn, **event)
        await shared_questions.answered(
            conn, provider=item.provider, account=item.account, identity=_identity(item)
        )


async def _stop_all(
    webhooks: Webhooks, item: InboundMessage, known: Sequence[Acquaintance]
) -> None:
    """Nothing more comes from any of them, and she is told from whom."""
    for one in known:
        if one.customer_id is None:  # her own shop's notes are no offers
            continue
        async with webhooks.services.database.tenant_connection(one.boutique_id) as conn:
            event = event_of(item) | {"boutique_id": one.boutique_id, "outcome": "handled"}
            if await webhook_events.store(conn, **event) is None:
                continue
            for purpose in _EVERYTHING:
                await consents.record(
                    conn,
                    customer_id=one.customer_id,
                    purpose=purpose,
                    granted=False,
                    source="whatsapp",
                    words=item.text or None,
                )
    async with webhooks.services.database.system_connection() as conn:
        names = [one.name for one in known if one.customer_id is not None]
        text = stopped(names, language=known[0].language)
        await say(conn, _note(item, text), key=f"stopped:{item.event_key}")


def _note(item: InboundMessage, body: str, *, rows: list[list[str]] | None = None) -> Note:
    return Note(item.provider, item.account, _identity(item), body, rows or [])


def _identity(item: InboundMessage) -> str:
    """Her phone, else her WhatsApp id, as an answer is addressed to."""
    return item.phone or item.wa_user_id or ""
