"""Outside of the 24 hours the shop's own approved template says it, with the message's values."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from dukani.campaigns.automations.cards import WhatsAppCard
from dukani.campaigns.automations.clauses import Lacks
from dukani.campaigns.automations.template_message import chosen, template_message
from dukani.core.clients.templates import TemplateButton
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.automations import Content
from tests.unit.campaigns.automations.composed import CODE, all_known, values

CONTENT = Content(text={"en": "Hi"}, template="cart_left")
FORM: dict[str, Any] = {
    "header": "image",
    "header_picture": "zuri/example.jpg",
    "body": "Hi {{customer_name}}, {{product}} costs {{price}} at {{boutique_name}}.",
    "buttons": [{"kind": "url", "text": "Order", "url": "https://dukani.co.ke/l/{{1}}"}],
    "examples": {"customer_name": "Asha"},
}


def a_template(**fields: Any) -> RegisteredTemplate:
    nothing = dict.fromkeys((
        "content_sid", "quality", "reason", "provider_id", "media_base", "next_category",
        "category_changes_at", "submitted_at",
    ))  # fmt: skip
    now = datetime.now(UTC)
    usual = {
        "id": "1", "provider": "meta", "name": "cart_left", "language": "en", "locale": "en",
        "status": "approved", "category": "marketing", "form": FORM, "checked_at": now,
        "updated_at": now,
    }  # fmt: skip
    return RegisteredTemplate(**nothing | usual | fields)  # type: ignore[arg-type]


def test_its_variables_are_filled_by_their_names_and_its_link_ends_in_the_code() -> None:
    made = template_message(CONTENT, all_known(), a_template(), code=CODE)

    assert isinstance(made, WhatsAppCard)
    assert made.text == "Hi Amina, Rose dress costs KES 4,500 at Zuri."
    assert made.template is not None
    assert made.template.buttons == (TemplateButton(0, "url", CODE),)
    assert made.picture == "zuri/rose.jpg"


def test_what_has_a_fallback_is_never_empty_and_money_is_never_made_up() -> None:
    only_named = a_template(form=FORM | {"body": "Hi {{customer_name}}, it waits."})

    made = template_message(CONTENT, values(), only_named, code=CODE)

    assert isinstance(made, WhatsAppCard)
    assert made.text == "Hi dear customer, it waits."
    assert made.picture == "zuri/example.jpg"
    assert template_message(CONTENT, values(), a_template(), code=CODE) == Lacks("price")


@pytest.mark.parametrize(
    ("found", "lacks"),
    [
        (None, "template"),
        (a_template(form=None), "template"),  # registered elsewhere: its text is not known
        (a_template(form=FORM | {"body": "Hi {{1}}, it waits."}), "1"),
    ],
)
def test_a_template_that_cannot_be_filled_is_not_sent(
    found: RegisteredTemplate | None, lacks: str
) -> None:
    assert template_message(CONTENT, all_known(), found, code=CODE) == Lacks(lacks)


def test_the_one_in_her_language_is_chosen_else_another() -> None:
    english, swahili = a_template(), a_template(language="sw")

    assert chosen([english, swahili], "sw") is swahili
    assert chosen([english], "sw") is english
    assert chosen([], "sw") is None
