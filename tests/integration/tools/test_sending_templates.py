"""An approved template is sent in the reader's language, and nothing else is sent as one."""

from __future__ import annotations

from typing import Literal

import pytest

from dukani.core.channels import MessagingProvider
from dukani.core.database import Database
from dukani.core.store import conversations, message_templates
from dukani.core.store.messages import Message
from dukani.domain.templates import ORDER_SENT
from dukani.tools.templates import queue_utility
from tests.factories import a_boutique, a_conversation

VALUES = {"number": "DK-1000", "shop": "Zuri", "pieces": "Amani"}
SID = "HX" + "0" * 32


async def send(
    database: Database, boutique: str, provider: MessagingProvider, language: Literal["en", "sw"]
) -> Message | None:
    chat = await a_conversation(database, boutique, provider=provider)
    async with database.tenant_connection(boutique) as conn:
        conversation = await conversations.get(conn, conversation_id=chat)
        assert conversation is not None
        return await queue_utility(
            conn, conversation, ORDER_SENT, VALUES, language=language, reference="order:DK-1000"
        )


async def approve(
    database: Database, boutique: str, provider: MessagingProvider, *languages: Literal["en", "sw"],
    status: message_templates.TemplateStatus = "approved",
) -> None:  # fmt: skip
    async with database.system_connection() as conn:
        for language in languages:
            await message_templates.put(
                conn, boutique_id=boutique, provider=provider, name="order_sent",
                language=language, status=status,
                content_sid=SID if provider == "twilio" else None,
            )  # fmt: skip


@pytest.mark.parametrize("provider", ["meta", "twilio"])
async def test_it_is_sent_in_the_readers_language(
    database: Database, provider: MessagingProvider
) -> None:
    boutique = await a_boutique(database)
    await approve(database, boutique, provider, "en", "sw")

    message = await send(database, boutique, provider, "sw")

    assert message is not None and message.template is not None
    assert message.body.startswith("Oda yako DK-1000 kutoka Zuri imetumwa: Amani.")
    assert (message.purpose, message.reference) == ("utility", "order:DK-1000")
    assert message.template["language"] == "sw"
    assert [v["value"] for v in message.template["body"]] == ["DK-1000", "Zuri", "Amani"]
    assert message.template.get("content_sid") == (SID if provider == "twilio" else None)


async def test_another_language_is_better_than_silence(database: Database) -> None:
    boutique = await a_boutique(database)
    await approve(database, boutique, "meta", "en")

    message = await send(database, boutique, "meta", "sw")

    assert message is not None and message.body.startswith("Your order DK-1000 from Zuri")


@pytest.mark.parametrize("status", ["pending", "rejected", "paused"])
async def test_what_is_not_approved_is_not_sent(
    database: Database, status: message_templates.TemplateStatus
) -> None:
    boutique = await a_boutique(database)
    await approve(database, boutique, "meta", "en", status=status)

    assert await send(database, boutique, "meta", "en") is None


async def test_neither_another_boutiques_nor_another_providers_counts(database: Database) -> None:
    boutique, other = await a_boutique(database), await a_boutique(database)
    await approve(database, other, "meta", "en")
    await approve(database, boutique, "twilio", "en")

    assert await send(database, boutique, "meta", "en") is None
