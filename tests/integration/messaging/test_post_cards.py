"""A card of a rule goes out whole: its picture, its words, and the button below them."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.services import Services
from dukani.core.store import messages
from tests.fakes.providers import FakeProviders
from tests.integration.messaging.test_delivery import a_chat, deliver, status_of

LINK = {"title": "Finish my order", "url": "https://dukani.example/l/aB3dE6gH9jK2"}
YES = {"id": "recover:yes", "title": "Yes, please"}


@pytest.mark.parametrize(
    ("kind", "payload", "action"),
    [
        (
            "link",
            {"link": LINK},
            {
                "name": "cta_url",
                "parameters": {"display_text": LINK["title"], "url": LINK["url"]},
            },
        ),
        ("buttons", {"buttons": [YES]}, {"buttons": [{"type": "reply", "reply": YES}]}),
    ],
)
@pytest.mark.parametrize("pictured", [True, False])
async def test_a_card_is_one_message_on_meta(
    services: Services,
    providers: FakeProviders,
    kind: str,
    payload: dict[str, Any],
    action: dict[str, Any],
    pictured: bool,
) -> None:
    # given
    chat = await a_chat(services, "meta", phone="+254712000001")
    async with services.database.tenant_connection(chat.boutique_id) as conn:
        await messages.queue_outbound(
            conn,
            conversation_id=chat.id,
            provider="meta",
            kind=kind,
            body="Your cart is waiting.",
            media_path=f"{chat.boutique_id}/dress.jpg" if pictured else None,
            payload=payload,
            purpose="utility",
        )

    # when
    await deliver(services, chat)

    # then
    (sent,) = providers.sent
    card = sent["interactive"]
    assert card["body"] == {"text": "Your cart is waiting."}
    assert card["action"] == action
    assert ("header" in card) is pictured
    assert await status_of(services) == [("sent", None)]
