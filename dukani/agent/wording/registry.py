"""Registers templates: the function that words each fact in each language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from dukani.agent.facts import Fact, Voice
from dukani.core.languages import FULL
from dukani.domain.acts import Language


class Said(NamedTuple):
    """A fact's text, and a closing hint that is dropped if a later fact asks something."""

    text: str
    closing: str = ""


F = TypeVar("F", bound=Fact)
Template = Callable[[F, Voice], str | Said]

TEMPLATES: dict[tuple[type[Fact], Language], Callable[[Any, Voice], str | Said]] = {}


def words(fact: type[F], language: Language) -> Callable[[Template[F]], Template[F]]:
    """Register the function below as the words for `fact` in `language`."""

    def register(template: Template[F]) -> Template[F]:
        TEMPLATES[fact, language] = template
        return template

    return register


def said(fact: Fact, voice: Voice) -> Said:
    """The fact in the customer's language, or in English where that has no template for it."""
    template = TEMPLATES.get((type(fact), voice.language))
    if template is None:
        voice = voice.model_copy(update={"language": FULL})
        template = TEMPLATES[type(fact), FULL]
    worded = template(fact, voice)
    return worded if isinstance(worded, Said) else Said(worded)
