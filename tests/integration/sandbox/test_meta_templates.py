"""What the sandbox's Meta takes as a template and as products, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dukani.core.clients.messenger import OutboundMessage, Products, ProductSection
from dukani.core.clients.meta import message_body
from dukani.core.clients.meta_templates import components
from dukani.core.clients.templates import Template, TemplateButton, Variable
from dukani.domain.template_forms import purchase_notification
from dukani.sandbox.accounts import PWANI, Accounts
from dukani.sandbox.meta_refusals import Refused
from dukani.sandbox.meta_requests import read_message
from dukani.sandbox.models import ChatMessage
from dukani.sandbox.template_book import SandboxTemplate, TemplateBook
from dukani.sandbox.world import World

TO = "+254712345678"
PURCHASE = SandboxTemplate(
    id="1", account="pwani", name="purchase", language="sw", standing="APPROVED",
    components=components(
        purchase_notification("sw", base_url="https://shop.example", picture="p"), handle="4::h"
    ),
)  # fmt: skip
NAMED = (
    Variable("Asha", "customer_name"),
    Variable("Pwani", "boutique_name"),
    Variable("KSh 4,500", "price"),
    Variable("six pieces", "pieces"),
)
LINK = TemplateButton(0, "url", "0f3a9c21b7d4")
FULL = Template("purchase", "sw", NAMED, header_image_url="https://m.example/a", buttons=(LINK,))


def book(**changes: Any) -> TemplateBook:
    world = World(Accounts())
    world.templates["1"] = PURCHASE.model_copy(update=changes)
    return TemplateBook(world)


def send(template: Template, kept: TemplateBook | None = None) -> tuple[ChatMessage, str | None]:
    body = message_body(OutboundMessage(TO, template=template))
    return read_message(PWANI, "wamid.1", body, kept or book())


def test_a_template_is_shown_as_its_reader_gets_it() -> None:
    message, link = send(FULL)

    assert (message.kind, link) == ("image", "https://m.example/a")
    assert message.text.startswith("Habari Asha, asante kwa kununua Pwani. Mara ya mwisho")
    assert "https://shop.example/s/0f3a9c21b7d4" in message.text
    assert [row.title for row in message.rows] == ["ACHA"]


@pytest.mark.parametrize(
    ("template", "changes", "code"),
    [
        (replace(FULL, name="other"), {}, "132001"),
        (replace(FULL, language="en"), {}, "132001"),
        (FULL, {"standing": "PENDING"}, "132001"),
        (FULL, {"standing": "REJECTED"}, "132001"),
        (FULL, {"standing": "PAUSED"}, "132015"),
        (FULL, {"standing": "DISABLED"}, "132016"),
        (replace(FULL, body=NAMED[:2]), {}, "132000"),
        (replace(FULL, buttons=()), {}, "132000"),
        (replace(FULL, body=(*NAMED[:2], Variable("KSh 4,500", "sum"), NAMED[3])), {}, "132012"),
        (replace(FULL, body=tuple(Variable(v.value) for v in NAMED)), {}, "132012"),
        (replace(FULL, header_image_url=None), {}, "132012"),
        (replace(FULL, body=(*NAMED[:2], Variable("x" * 1000, "price"), NAMED[3])), {}, "132005"),
        (
            replace(FULL, body=(*NAMED[:2], Variable("see bit.ly/x", "price"), NAMED[3])),
            {},
            "132007",
        ),
    ],
)
def test_a_template_that_does_not_fit_is_refused_with_metas_code(
    template: Template, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        send(template, book(**changes))

    assert refused.value.code == code


def test_products_are_shown_by_their_ids() -> None:
    products = Products("900", (ProductSection("All", ("A", "B")),), header="For you")
    message, _ = read_message(
        PWANI, "wamid.1", message_body(OutboundMessage(TO, "See", products=products)), book()
    )
    assert (message.kind, message.form, message.header) == ("products", "product_list", "For you")
    assert [card.retailer_id for card in message.cards] == ["A", "B"]


@pytest.mark.parametrize(
    "template",
    [
        {"language": {"code": "sw"}},
        {"name": "hello"},
        {"name": "hello", "language": {"code": "sw"}, "components": [
            {"type": "body", "parameters": [{"type": "text", "text": "two\nlines"}]}]},
    ],
)  # fmt: skip
def test_what_meta_refuses_is_refused(template: dict[str, Any]) -> None:
    body = {"messaging_product": "whatsapp", "to": "254712345678", "type": "template"}
    with pytest.raises(Refused):
        read_message(PWANI, "wamid.1", body | {"template": template}, book())


def test_a_template_that_we_register_is_shown_as_its_reader_gets_it() -> None:
    template = Template("order_cancelled", "sw", (Variable("DK-1000"), Variable("Pwani")))
    message, _ = send(template)
    assert message.text.startswith("Oda yako DK-1000 imeghairiwa na Pwani")
