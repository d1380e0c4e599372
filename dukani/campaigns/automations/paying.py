"""What a rule's message costs in message tokens: an offer outside of WhatsApp's 24 hours does.

A send has a hold of its own, named by the send's id, which is used up at once: `settle` when the
message has arrived, `give_back` when it will not. Each locks the wallet: take other locks before.
"""

from __future__ import annotations

from datetime import UTC, datetime

from dukani.campaigns import wallet
from dukani.campaigns.automations.cards import Card
from dukani.campaigns.rates import Rates, category_of
from dukani.core.database import Connection
from dukani.core.store import message_rates
from dukani.core.store.message_templates import RegisteredTemplate


async def tokens_of(
    conn: Connection,
    card: Card,
    template: RegisteredTemplate | None,
    *,
    marketing: bool,
    phone: str | None,
) -> int:
    """0: it is sent within the 24 hours, or is a service message in a template of that kind."""
    now = datetime.now(UTC)
    category = category_of(template, at=now)
    if card.whatsapp.template is None or not (marketing or category == "marketing"):
        return 0
    rates = Rates(await message_rates.on(conn, day=now.date()))
    return rates.of(category, phone).tokens


async def pay(
    conn: Connection,
    card: Card,
    template: RegisteredTemplate | None,
    *,
    send_id: str,
    marketing: bool,
    phone: str | None,
    message_id: str | None = None,
) -> bool:
    """Takes what the WhatsApp message costs, once for a send. False: there are too few tokens."""
    tokens = await tokens_of(conn, card, template, marketing=marketing, phone=phone)
    if not tokens:
        return True
    try:
        await wallet.hold(conn, key=send_id, tokens=tokens)
    except wallet.NotEnoughTokens:
        return False
    await wallet.accept(conn, hold=send_id, recipient=send_id, tokens=tokens, message_id=message_id)
    await wallet.release(conn, hold=send_id)  # nothing is left in it
    return True


async def settle(conn: Connection, *, send_id: str) -> None:
    """The message arrived. Nothing happens to one that cost nothing."""
    await wallet.settle(conn, recipient=send_id)


async def give_back(conn: Connection, *, send_id: str) -> None:
    """It will not arrive: its tokens are available again."""
    await wallet.give_back(conn, recipient=send_id)
