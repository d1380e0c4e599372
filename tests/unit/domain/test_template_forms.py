"""A shop's own template is checked before it is sent to review."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.agent.local_reader import says_stop
from dukani.core.template_form import FormButton, TemplateForm, filled, numbered
from dukani.domain.template_checks import WAYS_OUT, offers_way_out, problems
from dukani.domain.template_forms import purchase_notification, standard_form
from dukani.domain.templates import TEMPLATES

STOP = FormButton(kind="quick_reply", text="STOP")
GOOD: dict[str, Any] = {
    "body": "Hello {{customer_name}}, the new dresses are here.",
    "examples": {"customer_name": "Asha"},
    "buttons": (STOP,),
}


def found(name: str = "new_arrivals", category: Any = "marketing", **parts: Any) -> set[str]:
    form = TemplateForm.model_validate(GOOD | parts)
    return {f"{one.field}: {one.code}" for one in problems(name, category, form)}


def link(url: str, example: str = "") -> FormButton:
    return FormButton(kind="url", text="See them", url=url, example=example)


def test_a_good_template_has_no_problem() -> None:
    assert found() == set()


@pytest.mark.parametrize("language", ["en", "sw"])
def test_the_template_of_a_campaign_may_be_submitted(language: Any) -> None:
    form = purchase_notification(language, base_url="https://shop.example/", picture="p.jpg")

    assert problems("customer_purchase_notification", "marketing", form) == []
    assert form.variables == ("customer_name", "boutique_name", "price", "pieces")
    assert form.buttons[0].url == "https://shop.example/s/{{1}}"


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"name": ""}, "name: missing"),
        ({"name": "New arrivals"}, "name: bad_name"),
        ({"name": "x" * 513}, "name: bad_name"),
        ({"body": "  "}, "body: missing"),
        ({"body": "x" * 1025}, "body: too_long"),
        ({"body": "{{customer_name}}, the new dresses are here."}, "body: variable_at_end"),
        ({"body": "The new dresses are here, {{customer_name}}."}, "body: variable_at_end"),
        ({"body": "For {{customer_name}} {{b}} these are new and here."},
         "body: variables_in_a_row"),
        ({"body": "Hello {{customer_name}}, and {{1}} as well, all are here."},
         "body: mixed_variables"),
        ({"body": "Hello {{1}}, and {{3}} as well, they are all here."}, "body: bad_numbers"),
        ({"body": "Hello {{Customer Name}}, the new dresses are here."}, "body: bad_variable"),
        ({"body": "Hello {{customer_name, the new dresses are here."}, "body: open_braces"),
        ({"body": "Dear {{customer_name}} hello"}, "body: too_few_words"),
        ({"body": "Hello.\n\n\n\nThe new dresses are here."}, "body: gaps"),
        ({"examples": {}}, "examples.customer_name: no_example"),
        ({"header": "image"}, "header_picture: no_example"),
        ({"header": "text"}, "header_text: missing"),
        ({"header": "text", "header_text": "x" * 61}, "header_text: too_long"),
        ({"header": "text", "header_text": "*New*"}, "header_text: marked_up"),
        ({"header": "text", "header_text": "For {{1}}"}, "header_text: variable"),
        ({"footer": "x" * 61}, "footer: too_long"),
        ({"footer": "For {{1}}"}, "footer: variable"),
        ({"buttons": (STOP, link("https://a.example/{{1}}/x", "x"))}, "buttons.1.url: bad_link"),
        ({"buttons": (STOP, link("shop.example"))}, "buttons.1.url: bad_link"),
        ({"buttons": (STOP, link("https://a.example/s/{{1}}"))}, "buttons.1.example: no_example"),
        ({"buttons": (STOP, STOP)}, "buttons.1.text: twice"),
        ({"buttons": (STOP, FormButton(kind="quick_reply", text="x" * 26))},
         "buttons.1.text: too_long"),
        ({"buttons": [link(f"https://a.example/{n}") for n in range(3)]},
         "buttons: too_many_links"),
        ({"buttons": (STOP, link("https://a.example"), FormButton(kind="quick_reply", text="B"))},
         "buttons: mixed_order"),
        ({"buttons": ()}, "footer: no_way_out"),  # and a footer that offers none
        ({"category": "authentication"}, "category: not_here"),
    ],
)  # fmt: skip
def test_what_whatsapp_would_reject_is_told_before(parts: dict[str, Any], problem: str) -> None:
    assert problem in found(**parts)


def test_news_of_an_order_needs_no_way_out() -> None:
    assert found(category="utility", buttons=()) == set()


def test_the_way_out_may_stand_in_the_small_print() -> None:
    assert offers_way_out(TemplateForm(body="x", footer="Jibu ACHA usitumiwe tena"))
    assert not offers_way_out(TemplateForm(body="x", footer="Stopover sale"))


def test_a_tapped_way_out_is_read_as_a_stop() -> None:
    assert all(says_stop(word) for word in WAYS_OUT)


def test_variables_are_filled_and_numbered_in_their_order() -> None:
    form = TemplateForm(body="Of {{b}} and {{a}}, and {{b}} again.")

    assert filled(form.body, {"a": "one"}) == "Of {{b}} and one, and {{b}} again."
    assert numbered(form) == "Of {{1}} and {{2}}, and {{1}} again."


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("language", ["en", "sw"])
def test_the_templates_of_the_code_may_be_submitted(name: str, language: Any) -> None:
    assert problems(name, "utility", standard_form(TEMPLATES[name], language)) == []
