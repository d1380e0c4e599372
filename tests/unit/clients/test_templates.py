"""A filled-in template on both wires."""

from __future__ import annotations

import json

import pytest

from dukani.core.clients.messenger import OutboundMessage, Products, ProductSection
from dukani.core.clients.meta import message_body
from dukani.core.clients.templates import (
    Template,
    TemplateButton,
    Variable,
    template_of,
    twilio_template,
)
from dukani.core.errors import ProviderRefused

TO = "+254712345678"
PICTURE = "https://m.example/a.jpg"
NUMBERED = Template(
    "order_ready",
    "sw",
    (Variable("Asha"), Variable("DK-1042")),
    header_image_url=PICTURE,
    buttons=(TemplateButton(0, "url", "o/1042"), TemplateButton(1, "quick_reply", "STOP")),
    content_sid="HX1",
)
NAMED = Template("hello", "en", (Variable("Asha", "first_name"),), content_sid="HX2")


def test_meta_is_given_header_body_and_buttons() -> None:
    body = message_body(OutboundMessage(TO, "Asha, …", template=NUMBERED))
    assert body["type"] == "template"
    assert body["template"] == {
        "name": "order_ready",
        "language": {"code": "sw"},
        "components": [
            {"type": "header", "parameters": [{"type": "image", "image": {"link": PICTURE}}]},
            {"type": "body", "parameters": [
                {"type": "text", "text": "Asha"}, {"type": "text", "text": "DK-1042"},
            ]},
            {"type": "button", "sub_type": "url", "index": "0",
             "parameters": [{"type": "text", "text": "o/1042"}]},
            {"type": "button", "sub_type": "quick_reply", "index": "1",
             "parameters": [{"type": "payload", "payload": "STOP"}]},
        ],
    }  # fmt: skip


def test_a_named_variable_keeps_its_name() -> None:
    template = message_body(OutboundMessage(TO, template=NAMED))["template"]
    told = template["components"][0]["parameters"]
    assert told == [{"type": "text", "text": "Asha", "parameter_name": "first_name"}]
    assert json.loads(twilio_template(NAMED, provider="twilio")["ContentVariables"]) == {
        "first_name": "Asha"
    }


def test_a_template_without_blanks_has_no_components() -> None:
    bare = Template("hours", "en", content_sid="HX3")
    template = message_body(OutboundMessage(TO, template=bare))["template"]
    assert template == {"name": "hours", "language": {"code": "en"}}
    assert twilio_template(bare, provider="twilio") == {"ContentSid": "HX3"}


def test_twilio_numbers_all_blanks_in_one_row() -> None:
    fields = twilio_template(NUMBERED, provider="twilio")
    assert fields["ContentSid"] == "HX1"
    assert json.loads(fields["ContentVariables"]) == {
        "1": "Asha", "2": "DK-1042", "3": PICTURE, "4": "o/1042", "5": "STOP",
    }  # fmt: skip


@pytest.mark.parametrize("value", ["", "  ", "a\nb", "a\tb", "a    b", "a" * 1025])
def test_what_meta_would_refuse_in_a_blank_is_refused_here(value: str) -> None:
    spoiled = Template("hello", "en", (Variable(value),), content_sid="HX1")
    with pytest.raises(ProviderRefused, match="hello"):
        message_body(OutboundMessage(TO, template=spoiled))
    with pytest.raises(ProviderRefused, match="hello"):
        twilio_template(spoiled, provider="twilio")


def test_twilio_needs_the_id_of_its_copy() -> None:
    with pytest.raises(ProviderRefused, match="ContentSid"):
        twilio_template(Template("hello", "en"), provider="twilio")


def test_variables_are_all_named_or_all_numbered() -> None:
    with pytest.raises(ValueError, match="hello"):
        Template("hello", "en", (Variable("a"), Variable("b", "name")))


@pytest.mark.parametrize("template", [NUMBERED, NAMED, Template("hours", "en")])
def test_a_message_keeps_its_template(template: Template) -> None:
    plain = json.loads(json.dumps(template.as_plain()))
    assert template_of(plain, header_image_url=None) == template


def test_one_product_is_shown_by_itself_and_several_as_a_list() -> None:
    one = Products("900", (ProductSection("", ("SKU-1",)),))
    two = Products("900", (ProductSection("Dresses", ("SKU-1", "SKU-2")),), header="For you")
    single = message_body(OutboundMessage(TO, "See", products=one))["interactive"]
    listed = message_body(OutboundMessage(TO, "See", products=two))["interactive"]
    assert single["action"] == {"catalog_id": "900", "product_retailer_id": "SKU-1"}
    assert listed["header"] == {"type": "text", "text": "For you"}
    assert listed["action"]["sections"] == [
        {
            "title": "Dresses",
            "product_items": [{"product_retailer_id": "SKU-1"}, {"product_retailer_id": "SKU-2"}],
        }
    ]


def test_more_products_than_a_list_holds_are_refused() -> None:
    with pytest.raises(ValueError, match="31"):
        Products("900", (ProductSection("All", tuple(map(str, range(31)))),))
