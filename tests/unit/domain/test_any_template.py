"""Whatever is written into a template or for its variables, it is checked and filled, as data."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.campaigns.automations import clauses
from dukani.core.template_form import VARIABLE, FormButton, TemplateForm, filled, numbered
from dukani.domain.template_checks import problems
from dukani.domain.templates import MAX_VALUE, TEMPLATES
from tests.examples import examples

PARTS = st.sampled_from(
    ["{{", "}}", "{", "}", " ", "\n", "name", "1", "²", "٣", "{{1}}", "{{ name }}", "{{²}}",
     "{{01}}", "{{a b}}", "{0}", "{name.__class__}", "%s", "\0", "\u202e", "hello ", "https://x.y/"]
)  # fmt: skip
written = st.lists(PARTS, max_size=14).map("".join) | st.text(max_size=60)
values = st.dictionaries(st.sampled_from(["1", "name", "²", "a b"]) | st.text(max_size=5), written)


@examples(400)
@given(body=written, other=written, name=written, examples_=values)
def test_any_form_is_checked(body: str, other: str, name: str, examples_: dict[str, str]) -> None:
    given_ = dict(list(examples_.items())[:20])
    form = TemplateForm(
        header="text", header_text=other, body=body, footer=other, examples=given_,
        buttons=(FormButton(kind="url", text=other, url=f"https://shop.example/{other}"),),
    )  # fmt: skip

    found = problems(name, "marketing", form)

    assert all(one.field and one.code and one.remedy for one in found)
    assert VARIABLE.findall(numbered(form)) == [
        str(form.variables.index(one) + 1) for one in VARIABLE.findall(body)
    ]


@examples(400)
@given(body=written, given_=values)
def test_what_is_filled_in_is_filled_in_once(body: str, given_: dict[str, str]) -> None:
    """A value that looks like a variable is words."""
    names = VARIABLE.findall(body)
    around = VARIABLE.split(body)[::2]

    told = filled(body, given_)

    begins = [re.escape(one) for one in around]
    between = [re.escape(given_.get(name) or "") or r"\{\{.*?\}\}" for name in names]
    whole = "".join(a + b for a, b in zip(begins, [*between, ""], strict=True))
    assert re.fullmatch(whole, told, re.DOTALL)


@pytest.mark.parametrize("name", TEMPLATES)
@examples(40)
@given(value=written)
def test_a_value_is_one_line_of_data_in_ours(name: str, value: str) -> None:
    template = TEMPLATES[name]

    told = template.text("en", dict.fromkeys(template.parameters, value))
    sent = template.values_in_order(dict.fromkeys(template.parameters, value))

    assert "\n" not in told
    assert all(0 < len(one) <= max(MAX_VALUE, template.longest) for one in sent)


def test_thousands_of_blanks_are_read_at_once() -> None:
    """They took a minute: each was tried before, in and behind the name."""
    for text in ("{{" + " " * 4000, "{{a" + " " * 4000, "{{ a" * 1000):
        assert VARIABLE.findall(text) == []
        assert clauses.VARIABLE.findall("{" + " " * 4000) == []
