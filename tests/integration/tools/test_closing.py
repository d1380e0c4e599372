"""A boutique goes, or is closed when something of it must be kept."""

from __future__ import annotations

import pytest

from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.settings import ROOT
from dukani.core.store import consents, messages
from dukani.pieces_file import read_pieces
from dukani.tools.closing import remove_boutique
from dukani.tools.stocking import stock_piece
from tests.factories import a_boutique, a_conversation, a_customer
from tests.wiring import TWILIO_NUMBER, Caller, a_line, doors_of, rows

DOCS = ROOT / "docs"


async def filled(services: Services, slug: str) -> str:
    boutique_id = await a_line(services, "twilio", TWILIO_NUMBER, slug=slug)
    text = (DOCS / "pieces.csv").read_text()
    for piece in read_pieces(text, folder=DOCS, is_toml=False, currency="KES").good:
        await stock_piece(services, piece.new, piece.pictures, boutique_id=boutique_id)
    return boutique_id


async def order(services: Services, boutique_id: str, payment_status: str) -> None:
    customer = await a_customer(services.database, boutique_id)
    async with services.database.system_connection() as conn:
        await conn.execute(
            """insert into orders (boutique_id, number, customer_id, currency, items_minor,
                 address, payment_status) values (%s, %s, %s, 'KES', 100, 'Here', %s)""",
            (boutique_id, f"DK-{payment_status[:4]}", customer, payment_status),
        )


async def test_a_boutique_in_which_nothing_was_paid_is_deleted_whole(services: Services) -> None:
    # given one with pieces, a chat and an order that was never paid, and its neighbour
    boutique_id = await filled(services, "malaika")
    await a_conversation(services.database, boutique_id)
    await order(services, boutique_id, "unpaid")
    other = await a_boutique(services.database)

    # when
    removed = await remove_boutique(services, "malaika")

    # then
    assert removed.kept is None
    assert [str(b["id"]) for b in await rows(services, "boutiques")] == [other]
    for table in ("products", "orders", "customers", "provider_credentials"):
        columns = "boutique_id"
        async with services.database.system_connection() as conn:
            cursor = await conn.execute(f"select {columns} from {table}".encode())
            assert await cursor.fetchall() == []


@pytest.mark.parametrize("payment_status", ["paid", "needs_review", "pending"])
async def test_a_boutique_with_money_in_it_is_closed_and_kept(
    services: Services, payment_status: str
) -> None:
    # given
    boutique_id = await filled(services, "malaika")
    await order(services, boutique_id, payment_status)
    conversation = await a_conversation(services.database, boutique_id)
    async with services.database.tenant_connection(boutique_id) as conn:
        await messages.queue_outbound(
            conn, provider="twilio", conversation_id=conversation, body="Karibu"
        )

    # when
    removed = await remove_boutique(services, "malaika")

    # then its records are there, what waited is not sent, and an audit line says so
    assert removed.kept is not None and "paid" in removed.kept
    assert len(await rows(services, "orders")) == 1
    [message] = await rows(services, "messages")
    assert (message["status"], message["error_code"]) == ("failed", "closed")
    assert "boutique_closed" in [line["action"] for line in await rows(services, "audit_log")]

    # and its webhooks take nothing
    async with doors_of(services) as client:
        await Caller(client).twilio(Body="Habari")
    assert len(await rows(services, "messages")) == 1


async def test_a_word_of_consent_is_kept(services: Services) -> None:
    boutique_id = await filled(services, "malaika")
    customer = await a_customer(services.database, boutique_id)
    async with services.database.tenant_connection(boutique_id) as conn:
        await consents.record(
            conn, customer_id=customer, purpose="assistant", granted=False, source="whatsapp"
        )
    removed = await remove_boutique(services, "malaika")
    assert removed.kept is not None
    assert len(await rows(services, "consents")) == 1


async def test_a_slug_nobody_has_is_told_those_there_are(services: Services) -> None:
    await filled(services, "malaika")
    with pytest.raises(NotFound, match="malaika"):
        await remove_boutique(services, "malayka")
