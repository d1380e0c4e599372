"""Proves by a code that a phone is hers who asks for a shop's offers, and records that she does.

    number ──SMS──► code ──written into the page──► consents, her browser, her wait for a piece

Whoever types a number may be anybody: nothing of its customer is told, and nothing is kept of who
does not write the code.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import uuid4

import structlog

from dukani.core.clients.messenger import OutboundMessage
from dukani.core.database import Connection
from dukani.core.errors import ConfigurationError, ProviderError, ProviderUnavailable
from dukani.core.jobs import defer_consent_code
from dukani.core.languages import Worded
from dukani.core.services import Services
from dukani.core.store import (
    boutiques,
    consent_codes,
    credentials,
    customers,
    products,
    sms_senders,
    stock_waits,
    visitors,
)
from dukani.core.store.boutiques import Boutique
from dukani.core.store.consent_codes import Channel, ConsentCode
from dukani.domain.acts import Language
from dukani.tools import offers
from dukani.tools.messengers import messenger_of

MOST_OF_A_PHONE = 3  # a day
MOST_OF_AN_ADDRESS = 20  # an hour; a mobile network shows many phones as one
MOST_OF_A_SHOP = 120  # an hour
SOURCE = "window"
CODE_SMS: dict[Language, str] = Worded(
    en="{code} is your code for {shop}. It ends in 10 minutes. Not asked for? Ignore it.",
    sw="{code} ni msimbo wako wa {shop}. Unaisha baada ya dakika 10. Hukuuomba? Upuuze.",
)

Answer = Literal["done", "wrong", "late", "spent", "stopped"]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Wish:
    """What she asks for: where (the better first), in which words, and what she waits for."""

    channels: Sequence[Channel]
    words: str
    language: Language
    waits_for: str | None = None


async def ask(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    wish: Wish,
    *,
    phone: str,
    network_address: str,
    anonymous_id: str,
) -> str | None:
    """Send a code to `phone` (E.164); its id. None: asked often enough for now."""
    phone_digest = _digest(services, boutique.id, f"phone {phone}")
    address_digest = _digest(services, boutique.id, f"from {network_address}")
    asked = await consent_codes.count(
        conn, phone_digest=phone_digest, address_digest=address_digest
    )
    if (
        asked.of_phone >= MOST_OF_A_PHONE
        or asked.of_address >= MOST_OF_AN_ADDRESS
        or asked.of_shop >= MOST_OF_A_SHOP
    ):
        return None
    code_id, code = str(uuid4()), f"{secrets.randbelow(10**6):06d}"
    await consent_codes.add(
        conn,
        code_id=code_id,
        anonymous_id=anonymous_id,
        phone_digest=phone_digest,
        address_digest=address_digest,
        code_digest=_digest(services, code_id, code),
        sealed=services.secrets.seal({"phone": phone, "code": code}),
        language=wish.language,
        channels=wish.channels,
        words=wish.words,
        waits_for=wish.waits_for,
    )
    await defer_consent_code(conn, boutique_id=boutique.id, code_id=code_id)
    return code_id


async def send_consent_code(services: Services, *, boutique_id: str, code_id: str) -> None:
    """The job. Raises ProviderUnavailable, to be tried again: the same code twice does no harm."""
    async with services.database.tenant_connection(boutique_id) as conn:
        one = await consent_codes.get(conn, code_id=code_id)
        sender = await sms_senders.in_use(conn)
        shop = await boutiques.get(conn, boutique_id=boutique_id)
        if one is None or one.sealed is None or one.is_late or sender is None or shop is None:
            return
        keys = await credentials.get(
            conn, boutique_id=boutique_id, provider=sender.provider, box=services.secrets
        )
    if keys is None:
        return
    told = services.secrets.open(one.sealed)
    text = CODE_SMS[one.language].format(code=told["code"], shop=shop.name)
    try:
        await messenger_of(services, keys).send(OutboundMessage(to=told["phone"], text=text))
    except ProviderUnavailable:
        raise
    except (ProviderError, ConfigurationError) as error:
        log.warning("consent_code_not_sent", code=code_id, reason=str(error))
    async with services.database.tenant_connection(boutique_id) as conn:
        await consent_codes.note_sent(conn, code_id=code_id)


async def answer(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    *,
    code_id: str,
    code: str,
    phone: str,
    anonymous_id: str,
) -> Answer:
    """Take the code that was written into the page, by the browser that asked for it."""
    one = await consent_codes.get(conn, code_id=code_id, lock=True)
    asked_here = (
        one is not None
        and one.anonymous_id == anonymous_id
        and one.phone_digest == _digest(services, boutique.id, f"phone {phone}")
    )
    if one is None or not asked_here or (one.is_late and not one.is_taken):
        return "late"
    if one.tries >= consent_codes.MOST_TRIES and not one.is_taken:
        return "spent"
    if one.code_digest != _digest(services, code_id, code):
        await consent_codes.note_try(conn, code_id=code_id)
        return "wrong"
    return "done" if one.is_taken else await _agreed(conn, one, phone=phone)


async def _agreed(conn: Connection, one: ConsentCode, *, phone: str) -> Answer:
    customer = await customers.find_or_create(conn, phone=phone)
    await consent_codes.take(conn, code_id=one.id, customer_id=customer.id)
    await visitors.is_now(conn, anonymous_id=one.anonymous_id, customer_id=customer.id)
    if not await offers.agree(
        conn, customer_id=customer.id, channels=one.channels, words=one.words, source=SOURCE
    ):
        return "stopped"
    if one.waits_for is not None:
        await wait_for(conn, customer_id=customer.id, variant_id=one.waits_for)
    return "done"


async def wait_for(conn: Connection, *, customer_id: str, variant_id: str) -> None:
    """She wants to hear when the variant is there again; one that is no more is left."""
    variant = await products.variant(conn, variant_id=variant_id)
    if variant is not None:
        await stock_waits.add(
            conn,
            customer_id=customer_id,
            product_id=variant.product_id,
            variant_id=variant.id,
            source="window",
        )


def _digest(services: Services, of: str, value: str) -> bytes:
    """Keyed: six digits, and numbers, are guessed through in no time otherwise."""
    return bytes.fromhex(services.secrets.sign(f"consent {of} {value}"))
