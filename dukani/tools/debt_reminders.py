"""The polite reminder of what somebody owes: by WhatsApp, in her language, once in seven days.

It is a service message, of something she took and agreed to pay: it goes to somebody who has
written to the shop and has not said stop, and outside the 24 hours by its approved template only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from dukani.agent.wording.dates import day_in_words
from dukani.core.database import Connection
from dukani.core.errors import Conflict
from dukani.core.money import format_money
from dukani.core.store import boutiques, consents, conversations, customer_profile, customers
from dukani.core.store import debtors as store
from dukani.core.store.boutiques import Boutique
from dukani.core.store.conversations import Conversation
from dukani.core.store.debtors import Debtor
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.acts import Language
from dukani.domain.templates import DEBT_REMINDER
from dukani.tools import approved_templates, chats, debts
from dukani.tools.messaging import queue_template
from dukani.tools.sending_rules import is_window_open
from dukani.tools.staff import tell_that_staff_wrote

NOT_WITHIN = timedelta(days=7)
REFERENCE = "debt"

Obstacle = Literal["no_chat", "opted_out", "reminded_lately", "not_approved"]
_REMEDIES: dict[Obstacle, str] = {
    "no_chat": "She has never written to the shop on WhatsApp: write to her yourself.",
    "opted_out": "She wrote stop: nothing may be sent until she writes again.",
    "reminded_lately": "She was reminded in the last seven days: leave her some time.",
    "not_approved": "WhatsApp has not approved the template debt_reminder: register it first.",
}


class NotReminded(Conflict):
    """This reminder cannot be sent."""


@dataclass(frozen=True, slots=True)
class Reminder:
    text: str
    language: Language
    obstacle: Obstacle | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """All that a reminder needs. `template`: none is needed where the 24 hours are open."""

    debtor: Debtor
    boutique: Boutique
    values: dict[str, str]
    reminder: Reminder
    chat: Conversation | None
    template: RegisteredTemplate | None


async def preview(conn: Connection, *, boutique_id: str, debtor_id: str) -> Reminder:
    """Raises NotFound."""
    return (await _ready(conn, boutique_id, debtor_id)).reminder


async def send(
    conn: Connection, *, boutique_id: str, debtor_id: str, user_id: str, silent_for: timedelta
) -> Reminder:
    """Queues it in the member's name; what she answers is the member's too.

    Raises NotFound, or NotReminded with what stands in the way.
    """
    ready = await _ready(conn, boutique_id, debtor_id)
    if ready.reminder.obstacle is not None:
        raise NotReminded(_REMEDIES[ready.reminder.obstacle])
    assert ready.chat is not None  # or there would be an obstacle
    if not await store.take_turn(
        conn,
        debtor_id=debtor_id,
        owed_minor=ready.debtor.owed_minor,
        user_id=user_id,
        not_within_days=NOT_WITHIN.days,
    ):
        raise NotReminded(_REMEDIES["reminded_lately"])
    if ready.template is None:
        await chats.reply(
            conn,
            conversation_id=ready.chat.id,
            text=ready.reminder.text,
            by=user_id,
            silent_for=silent_for,
        )
        return ready.reminder
    chat = await chats.take_over(
        conn, conversation_id=ready.chat.id, by=user_id, silent_for=silent_for
    )
    await queue_template(
        conn,
        chat,
        approved_templates.filled(DEBT_REMINDER, ready.template, ready.values),
        ready.reminder.text,
        purpose="utility",
        written_by=user_id,
        reference=REFERENCE,
    )
    await tell_that_staff_wrote(conn, chat)
    return ready.reminder


async def _ready(conn: Connection, boutique_id: str, debtor_id: str) -> _Ready:
    debtor = await debts.the_debtor(conn, debtor_id=debtor_id)
    found = await customers.get(conn, customer_id=debtor.customer_id or debtor.id)
    boutique = await boutiques.get(conn, boutique_id=boutique_id)
    assert boutique is not None  # the connection is of a member of it
    language = (found.language if found else None) or boutique.language
    chat = await _chat(conn, debtor)
    template = None
    if chat is not None:
        template = await approved_templates.registered(
            conn, DEBT_REMINDER, provider=chat.provider, language=language
        )
    said = template.language if template else language
    values = _values(debtor, boutique, said)
    return _Ready(
        debtor=debtor,
        boutique=boutique,
        values=values,
        reminder=Reminder(
            DEBT_REMINDER.text(said, values), said, await _obstacle(conn, debtor, chat, template)
        ),
        chat=chat,
        template=template,
    )


async def _chat(conn: Connection, debtor: Debtor) -> Conversation | None:
    if debtor.customer_id is None:
        return None
    chat_id = await customer_profile.conversation_of(conn, customer_id=debtor.customer_id)
    return await conversations.get(conn, conversation_id=chat_id) if chat_id else None


async def _obstacle(
    conn: Connection,
    debtor: Debtor,
    chat: Conversation | None,
    template: RegisteredTemplate | None,
) -> Obstacle | None:
    now = datetime.now(UTC)
    if chat is None or debtor.customer_id is None:
        return "no_chat"
    if not await consents.may_answer(conn, customer_id=debtor.customer_id):
        return "opted_out"
    if debtor.reminded_at is not None and now - debtor.reminded_at < NOT_WITHIN:
        return "reminded_lately"
    if template is None and not is_window_open(chat.last_inbound_at, now):
        return "not_approved"
    return None


def _values(debtor: Debtor, boutique: Boutique, language: Language) -> dict[str, str]:
    since = debtor.since.astimezone(ZoneInfo(boutique.timezone)).date()
    return {
        "name": debtor.name.split(" ")[0],
        "shop": boutique.name,
        "amount": format_money(debtor.owed_minor, debtor.currency),
        "day": day_in_words(since, language),
        "how": _how(boutique, language),
    }


def _how(boutique: Boutique, language: Language) -> str:
    in_shop = "in the shop" if language == "en" else "dukani"
    for kind in ("till", "paybill"):
        if number := boutique.shop_info.get(kind):
            by = "or by M-Pesa" if language == "en" else "au kwa M-Pesa"
            return f"{in_shop} {by}, {kind} {number}"
    return in_shop
