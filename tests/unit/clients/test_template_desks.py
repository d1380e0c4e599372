"""What each provider is given of a shop's template, and what its words mean."""

from __future__ import annotations

import pytest

from dukani.core.clients.meta_templates import components
from dukani.core.clients.template_desk import Submission, category_of, quality_of, status_of
from dukani.core.clients.twilio_templates import content_of
from dukani.core.template_form import FormButton, TemplateForm
from dukani.domain.template_forms import purchase_notification

FORM = purchase_notification("en", base_url="https://shop.example", picture="b/p.jpg")
NUMBERED = TemplateForm(body="Hi {{2}} and {{1}} there.", examples={"1": "one", "2": "two"})


def test_meta_is_given_named_variables_with_their_examples() -> None:
    header, body, footer, buttons = components(FORM, handle="4::abc")

    assert header == {
        "type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::abc"]},
    }  # fmt: skip
    assert body["example"]["body_text_named_params"][0] == {
        "param_name": "customer_name", "example": "Asha",
    }  # fmt: skip
    assert footer["text"] == "Reply STOP to get no more offers"
    assert buttons["buttons"] == [
        {"type": "URL", "text": "See your pieces", "url": "https://shop.example/s/{{1}}",
         "example": ["https://shop.example/s/0f3a9c21b7d4"]},
        {"type": "QUICK_REPLY", "text": "STOP"},
    ]  # fmt: skip


def test_meta_is_given_numbered_examples_in_the_order_of_their_numbers() -> None:
    [body] = components(NUMBERED, handle=None)
    assert body["example"] == {"body_text": [["one", "two"]]}


def test_twilio_numbers_body_picture_and_link_in_one_row() -> None:
    wanted = Submission("n", "en", "marketing", FORM, "https://m.example/media/a.jpg?sig=1", b"x")

    content = content_of(wanted, media_base="https://m.example/")

    card = content["types"]["whatsapp/card"]
    assert card["body"].startswith("Hello {{1}}, thank you for shopping at {{2}}. Your last")
    assert card["media"] == ["https://m.example/{{5}}"]
    assert card["actions"][0]["url"] == "https://shop.example/s/{{6}}"
    assert content["variables"] == {
        "1": "Asha", "2": "Zuri Boutique", "3": "KSh 4,500", "4": "six pieces",
        "5": "media/a.jpg?sig=1", "6": "0f3a9c21b7d4",
    }  # fmt: skip


def test_twilio_is_given_plain_text_where_there_is_nothing_else() -> None:
    content = content_of(Submission("n", "sw", "utility", NUMBERED), media_base=None)
    assert content["types"] == {"twilio/text": {"body": "Hi {{1}} and {{2}} there."}}
    assert content["variables"] == {"1": "two", "2": "one"}


def test_a_link_of_a_fixed_address_takes_no_example() -> None:
    link = FormButton(kind="url", text="Shop", url="https://shop.example")
    [_, buttons] = components(TemplateForm(body="Hi", buttons=(link,)), handle=None)
    assert buttons["buttons"] == [{"type": "URL", "text": "Shop", "url": "https://shop.example"}]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("APPROVED", "approved"), ("received", "pending"), ("IN_APPEAL", "pending"),
        ("Rejected", "rejected"), ("PAUSED", "paused"), ("PENDING_DELETION", "disabled"),
        ("FLAGGED", "approved"), ("something new", None), (None, None),
    ],
)  # fmt: skip
def test_a_providers_word_means_a_status(word: object, status: str | None) -> None:
    assert status_of(word) == status


def test_what_is_not_known_says_nothing() -> None:
    assert category_of("MARKETING") == "marketing" and category_of("OTP") is None
    assert quality_of("YELLOW") == "yellow" and quality_of("UNKNOWN") is None
