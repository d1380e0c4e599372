"""Checks a template before it is sent to review, by WhatsApp's rules and the law's.

Meta, "Template components" and "Common rejection reasons" (read November 2026).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dukani.core.store.message_templates import TemplateCategory
from dukani.core.template_form import VARIABLE, FormButton, TemplateForm, is_number

MAX_BODY = 1024
MAX_HEADER = 60
MAX_FOOTER = 60
MAX_BUTTON = 25
MAX_BUTTONS = 10
MAX_LINKS = 2
MAX_NAME = 512
_NAME = re.compile(r"[a-z0-9_]+")
_NAMED = re.compile(r"[a-z][a-z0-9_]{0,40}")
_AT_AN_END = re.compile(r"^\W*\{\{|\}\}\W*$")
_IN_A_ROW = re.compile(r"\}\}\s*\{\{")
_LINK = re.compile(r"https?://[^\s{}]+")
# Whole messages that the assistant reads as a stop, as the button sends them.
WAYS_OUT = frozenset(("stop", "acha", "unsubscribe", "sitisha"))


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """What keeps a template from review: the field, a code that does not change, and the remedy."""

    field: str
    code: str
    remedy: str


def problems(name: str, category: TemplateCategory, form: TemplateForm) -> list[TemplateProblem]:
    """Everything that is wrong, in the order of the parts; empty: it may be submitted."""
    return [
        *_of_name(name),
        *_of_header(form),
        *_of_body(form),
        *_of_examples(form),
        *_of_footer(form),
        *_of_buttons(form),
        *_of_category(category, form),
    ]


def _of_name(name: str) -> Iterator[TemplateProblem]:
    if not name:
        yield TemplateProblem("name", "missing", "Give the template a name.")
    elif not _NAME.fullmatch(name) or len(name) > MAX_NAME:
        yield TemplateProblem(
            "name", "bad_name", "Use small letters, digits and underscores only, as new_arrivals."
        )


def _of_header(form: TemplateForm) -> Iterator[TemplateProblem]:
    if form.header == "image" and not form.header_picture:
        yield TemplateProblem(
            "header_picture", "no_example", "Add a picture, so that WhatsApp sees an example."
        )
    if form.header != "text":
        return
    if not form.header_text.strip():
        yield TemplateProblem("header_text", "missing", "Write the heading, or take it off.")
    if len(form.header_text) > MAX_HEADER:
        yield TemplateProblem("header_text", "too_long", f"At most {MAX_HEADER} characters.")
    if VARIABLE.search(form.header_text):
        yield TemplateProblem("header_text", "variable", "The heading takes no variable here.")
    if re.search(r"[\n*_~`]", form.header_text):
        yield TemplateProblem("header_text", "marked_up", "No line breaks and no *bold* here.")


def _of_body(form: TemplateForm) -> Iterator[TemplateProblem]:
    body = form.body
    if not body.strip():
        yield TemplateProblem("body", "missing", "Write what the message says.")
        return
    if len(body) > MAX_BODY:
        yield TemplateProblem("body", "too_long", f"At most {MAX_BODY} characters.")
    if _AT_AN_END.search(body.strip()):
        yield TemplateProblem(
            "body", "variable_at_end", "Put words before the first and after the last variable."
        )
    if _IN_A_ROW.search(body):
        yield TemplateProblem("body", "variables_in_a_row", "Put words between two variables.")
    if re.search(r"\n{3,}|\t| {5,}", body):
        yield TemplateProblem("body", "gaps", "At most one empty line in a row, and no tabs.")
    yield from _of_variables(form)


def _of_variables(form: TemplateForm) -> Iterator[TemplateProblem]:
    names = form.variables
    digits = [name for name in names if is_number(name)]
    left = VARIABLE.sub("", form.body)
    if "{{" in left or "}}" in left:
        yield TemplateProblem("body", "open_braces", "Close each variable: {{customer_name}}.")
    if digits and len(digits) < len(names):
        yield TemplateProblem("body", "mixed_variables", "Name all variables, or number them all.")
    elif digits and sorted(map(int, digits)) != list(range(1, len(names) + 1)):
        yield TemplateProblem("body", "bad_numbers", "Number the variables 1, 2, 3, without gaps.")
    for name in names:
        if not is_number(name) and not _NAMED.fullmatch(name):
            yield TemplateProblem(
                "body", "bad_variable", f"{{{{{name}}}}}: use small letters and underscores."
            )
    if names and len(left.split()) < 2 * len(names) + 1:
        yield TemplateProblem(
            "body", "too_few_words", "Write more words: WhatsApp refuses mostly variables."
        )


def _of_examples(form: TemplateForm) -> Iterator[TemplateProblem]:
    for name in form.variables:
        if not form.examples.get(name, "").strip():
            yield TemplateProblem(
                f"examples.{name}", "no_example", f"Give an example for {{{{{name}}}}}."
            )


def _of_footer(form: TemplateForm) -> Iterator[TemplateProblem]:
    if len(form.footer) > MAX_FOOTER:
        yield TemplateProblem("footer", "too_long", f"At most {MAX_FOOTER} characters.")
    if VARIABLE.search(form.footer):
        yield TemplateProblem("footer", "variable", "The small print takes no variable.")


def _of_buttons(form: TemplateForm) -> Iterator[TemplateProblem]:
    buttons = form.buttons
    links = [button for button in buttons if button.kind == "url"]
    if len(buttons) > MAX_BUTTONS:
        yield TemplateProblem("buttons", "too_many", f"At most {MAX_BUTTONS} buttons.")
    if len(links) > MAX_LINKS:
        yield TemplateProblem("buttons", "too_many_links", f"At most {MAX_LINKS} links.")
    changes = sum(one.kind != other.kind for one, other in pairwise(buttons))
    if changes > 1:
        yield TemplateProblem("buttons", "mixed_order", "Put the links together, and the replies.")
    texts = [button.text.strip().lower() for button in buttons]
    for place, button in enumerate(buttons):
        if texts.index(texts[place]) < place:
            yield TemplateProblem(f"buttons.{place}.text", "twice", "Two buttons say the same.")
        yield from _of_button(f"buttons.{place}", button)


def _of_button(field: str, button: FormButton) -> Iterator[TemplateProblem]:
    if not button.text.strip():
        yield TemplateProblem(f"{field}.text", "missing", "Write what the button says.")
    if len(button.text) > MAX_BUTTON:
        yield TemplateProblem(f"{field}.text", "too_long", f"At most {MAX_BUTTON} characters.")
    if VARIABLE.search(button.text):
        yield TemplateProblem(f"{field}.text", "variable", "A button's words take no variable.")
    if button.kind != "url":
        return
    fixed = button.url.removesuffix("{{1}}")
    if not _LINK.fullmatch(fixed):
        remedy = "Give an address that begins with https://; {{1}} may stand at its end only."
        yield TemplateProblem(f"{field}.url", "bad_link", remedy)
    elif button.has_suffix and not button.example.strip():
        yield TemplateProblem(f"{field}.example", "no_example", "Say what stands there, once.")


def _of_category(category: TemplateCategory, form: TemplateForm) -> Iterator[TemplateProblem]:
    if category == "authentication":
        remedy = "Codes for signing in are made at WhatsApp itself: take utility or marketing."
        yield TemplateProblem("category", "not_here", remedy)
    if category == "marketing" and not offers_way_out(form):
        remedy = "Offer the way out: a quick reply STOP, or “Reply STOP …” in the small print."
        yield TemplateProblem("footer", "no_way_out", remedy)


def offers_way_out(form: TemplateForm) -> bool:
    """Whether the reader is told a word that ends the offers, or has a button that says it."""
    replies = {b.text.strip().lower() for b in form.buttons if b.kind == "quick_reply"}
    said = set(re.findall(r"\w+", form.footer.lower()))
    return bool(WAYS_OUT & (replies | said))
