"""What stands in braces in a rule's texts is known, or the nearest known name is told. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import get_args

from dukani.core.errors import InvalidValue
from dukani.domain.automations import Content, RuleDefinition, Texts, Variable

VARIABLES: tuple[Variable, ...] = get_args(Variable)
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
# What a shopkeeper who writes Swahili calls them.
_ALSO_CALLED: dict[str, Variable] = {
    "jina": "name", "mteja": "name", "bidhaa": "product", "produkti": "product", "nguo": "product",
    "bei": "price", "punguzo": "discount", "jumla": "total", "duka": "shop", "picha": "image",
    "kiungo": "cta", "link": "cta", "button": "cta", "picture": "image", "photo": "image",
    "customer": "name", "customer_name": "name", "boutique": "shop", "boutique_name": "shop",
    "piece": "product", "amount": "total",
}  # fmt: skip


def check_texts(written: RuleDefinition) -> None:
    """Raises InvalidValue for the first text that is blank, or in whose braces is no variable."""
    for place, content in _contents(written):
        for field, texts in _texts(content):
            for language, text in texts.items():
                _check(text, field=f"{place}.{field}.{language}")
        for language, label in (content.cta.label if content.cta else {}).items():
            _check_said(label, field=f"{place}.cta.label.{language}")


def _contents(written: RuleDefinition) -> Iterator[tuple[str, Content]]:
    for number, step in enumerate(written.steps):
        yield f"steps.{number}.message", step.message
    for arm, variant in enumerate(written.experiment.variants if written.experiment else ()):
        for number, content in enumerate(variant.messages):
            if content is not None:
                yield f"experiment.variants.{arm}.messages.{number}", content


def _texts(content: Content) -> Iterator[tuple[str, Texts]]:
    yield "text", content.text
    if content.sms:
        yield "sms", content.sms
    for variable, texts in content.fallbacks.items():
        yield f"fallbacks.{variable}", texts


def _check_said(text: str, *, field: str) -> None:
    if not text.strip():
        remedy = "It says nothing: write it, or leave this language out."
        raise InvalidValue(field=field, value=text, remedy=remedy)


def _check(text: str, *, field: str) -> None:
    _check_said(text, field=field)
    for found in _IN_BRACES.finditer(text):
        if found[1] not in VARIABLES:
            raise InvalidValue(field=field, value=found[0], remedy=_remedy(found[1]))
    rest = _IN_BRACES.sub("", text)
    if "{" in rest or "}" in rest:
        raise InvalidValue(
            field=field, value=text, remedy="A brace stands alone: write a variable as {name}."
        )


def _remedy(name: str) -> str:
    nearest = nearest_variable(name)
    known = ", ".join(f"{{{one}}}" for one in VARIABLES)
    if nearest is None:
        return f"There is no {{{name}}}: take one of {known}."
    return f"There is no {{{name}}}: write {{{nearest}}}."


def nearest_variable(name: str) -> Variable | None:
    """The variable that was probably meant; None: none is like it."""
    plain = name.strip().lower()
    names: dict[str, Variable] = {**{one: one for one in VARIABLES}, **_ALSO_CALLED}
    close = get_close_matches(plain, list(names), n=1, cutoff=0.6)
    return names[close[0]] if close else None
