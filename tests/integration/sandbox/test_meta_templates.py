"""What the sandbox's Meta takes as a template and as products, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.core.clients.messenger import OutboundMessage, Products, ProductSection
from dukani.core.clients.meta import message_body
from dukani.core.clients.templates import Template, Variable
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.meta_requests import Refused, read_message

TO = "+254712345678"


def test_a_template_is_shown_by_its_name_and_what_fills_it() -> None:
    template = Template("hello", "sw", (Variable("Asha"),), header_image_url="https://m.example/a")
    message, link = read_message(
        PWANI, "wamid.1", message_body(OutboundMessage(TO, template=template))
    )
    assert (message.text, message.kind, link) == (
        "[template hello] · Asha", "image", "https://m.example/a",
    )  # fmt: skip


def test_products_are_shown_by_their_ids() -> None:
    products = Products("900", (ProductSection("All", ("A", "B")),), header="For you")
    message, _ = read_message(
        PWANI, "wamid.1", message_body(OutboundMessage(TO, "See", products=products))
    )
    assert message.text == "See\n[product A]\n[product B]"


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
        read_message(PWANI, "wamid.1", body | {"template": template})


def test_a_template_that_we_register_is_shown_as_its_reader_gets_it() -> None:
    template = Template("order_cancelled", "sw", (Variable("DK-1000"), Variable("Pwani")))
    message, _ = read_message(
        PWANI, "wamid.1", message_body(OutboundMessage(TO, template=template))
    )
    assert message.text.startswith("Oda yako DK-1000 imeghairiwa na Pwani")
