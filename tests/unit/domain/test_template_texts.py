"""The templates are such as WhatsApp approves, and say the same in every language."""

from __future__ import annotations

import re

import pytest

from dukani.domain.templates import MAX_VALUE, TEMPLATES, MessageTemplate, one_line

EVERY = pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)


@EVERY
def test_a_template_has_the_same_parameters_in_every_language(template: MessageTemplate) -> None:
    assert set(template.texts) == {"en", "sw"}
    for text in template.texts.values():
        assert sorted(re.findall(r"\{(\w+)\}", text)) == sorted(template.parameters)


@EVERY
def test_no_text_begins_or_ends_with_a_parameter_or_has_two_in_a_row(
    template: MessageTemplate,
) -> None:
    for language in template.texts:
        registered = template.as_registered(language)
        assert not re.search(r"^\W*\{\{|\}\}\W*$|\}\}\s*\{\{", registered)
        assert len(registered) <= 550  # of WhatsApp's 1,024, with every value at its longest


@EVERY
def test_the_name_is_one_that_whatsapp_takes(template: MessageTemplate) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,60}", template.name)


def test_values_are_numbered_in_the_order_of_the_english_text() -> None:
    template = MessageTemplate("t", {"en": "Of {b} and {a}.", "sw": "Ya {a} na {b}."})

    assert template.as_registered("sw") == "Ya {{2}} na {{1}}."
    assert template.values_in_order({"a": "one", "b": "two"}) == ("two", "one")
    assert template.text("sw", {"a": "one", "b": "two"}) == "Ya one na two."


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("Amani\n\tblue    M", "Amani blue M"),
        ("  ", "-"),  # an empty parameter is refused
        ("x" * 400, "x" * (MAX_VALUE - 1) + "…"),
        ("{shop}", "{shop}"),  # braces of a name are no parameter
    ],
)
def test_a_value_is_made_one_that_the_providers_take(value: str, sent: str) -> None:
    assert one_line(value) == sent
    template = MessageTemplate("t", {"en": "It is {a}.", "sw": "Ni {a}."})
    assert template.text("en", {"a": value}) == f"It is {sent}."
