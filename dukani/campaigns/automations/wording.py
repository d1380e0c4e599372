"""Says what stands for a variable of a message: its value, or a fallback. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast, get_args

from dukani.agent.wording.markup import clean
from dukani.campaigns.automations import words
from dukani.campaigns.automations.clauses import Lookup, Place
from dukani.campaigns.automations.message_values import Values
from dukani.core.money import format_money
from dukani.domain.acts import Language
from dukani.domain.automations import Content, Texts, Variable

VARIABLES: frozenset[str] = frozenset(get_args(Variable))


@dataclass(slots=True)
class Wording:
    """Words a variable in one language, and notes which of them a fallback stood in for."""

    content: Content
    values: Values
    language: Language
    stood_in: dict[Variable, str] = field(default_factory=dict)

    def lookup(self, *, cta: Lookup) -> Lookup:
        """For `clauses.write`; `cta` says what stands for the call to action there."""

        def look_up(name: str, place: Place) -> str | None:
            if name == "image":
                return ""  # the picture is beside the words
            if name == "cta":
                return cta(name, place)
            return self.word(cast(Variable, name), place) if name in VARIABLES else None

        return look_up

    def word(self, variable: Variable, place: Place) -> str | None:
        """None: nothing is known, and nothing may stand for it."""
        if value := self.value(variable):
            return value
        fallback = self._own_fallback(variable) or self._built_in(variable, place)
        if fallback is None:
            return None
        self.stood_in[variable] = fallback
        return fallback[0].upper() + fallback[1:] if place.starts else fallback

    def value(self, variable: Variable) -> str | None:
        """What is known, on one line and without marks that would make it bold."""
        values = self.values
        match variable:
            case "name":
                return _plain(values.name)
            case "shop":
                return _plain(values.shop)
            case "product":
                name = _plain(values.product.name) if values.product else None
                return name and words.product_and_others(name, values.others, self.language)
            case "price":
                return self._money(values.price_minor)
            case "total":
                return self._money(values.total_minor)
            case "discount":
                return values.discount.text(values.currency) if values.discount else None
            case _:
                return None

    def _money(self, amount_minor: int | None) -> str | None:
        return None if amount_minor is None else format_money(amount_minor, self.values.currency)

    def _own_fallback(self, variable: Variable) -> str | None:
        texts = self.content.fallbacks.get(variable)
        return _plain(in_language(texts, self.language)) if texts else None

    def _built_in(self, variable: Variable, place: Place) -> str | None:
        match variable:
            case "name":
                return words.NAME[self.language]
            case "shop":
                return words.SHOP[self.language]
            case "product" if place.before in words.DETERMINERS[self.language]:
                return words.PIECE[self.language]
            case "product":
                return words.PRODUCT[self.language]
            case _:
                return None  # no words stand for an amount of money


def in_language(texts: Texts, language: Language) -> str:
    """In this language, else in the other."""
    return texts.get(language) or next(iter(texts.values()))


def language_said(content: Content, wished: Language) -> Language:
    """The language in which the message is written: the wished one if the owner wrote it."""
    return wished if wished in content.text else next(iter(content.text))


def _plain(value: str | None) -> str | None:
    cleaned = clean((value or "").replace("{", "").replace("}", ""))
    return cleaned or None
