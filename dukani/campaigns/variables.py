"""What stands in a recipient's message, frozen when she becomes one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dukani.agent.wording.meeting import first_name
from dukani.core.languages import LANGUAGES, Worded
from dukani.core.money import format_money
from dukani.domain.acts import Language
from dukani.domain.templates import one_line

_PIECES: Mapping[Language, Sequence[str]] = Worded(
    en=("no pieces", "one piece", "two pieces", "three pieces", "four pieces", "five pieces",
           "six pieces"),
    sw=("nguo", "nguo moja", "nguo mbili", "nguo tatu", "nguo nne", "nguo tano", "nguo sita"),
)  # fmt: skip
_MANY: Mapping[Language, str] = Worded(en="{} pieces", sw="nguo {}")
_DEAR = Worded(en="dear customer", sw="mteja wetu")


def frozen_variables(
    *,
    name: str | None,
    boutique: str,
    last_paid_minor: int | None,
    currency: str,
    slug: str,
    pieces: int,
    language: Language,
    overrides: Mapping[str, str],
) -> dict[str, str]:
    """Of a template: `customer_name`, `boutique_name`, `price` of her last purchase, `slug`.

    `pieces` are worded with their number, since a small shop has fewer than six for some.

    The owner's words stand in place of any of them but the slug, which is hers alone.
    """
    known = {
        "customer_name": first_name(name) or _DEAR[language],
        "boutique_name": boutique,
        "pieces": some_pieces(pieces, language),
    }
    if last_paid_minor is not None:
        known["price"] = format_money(last_paid_minor, currency)
    told = {name: one_line(text) for name, text in {**known, **overrides}.items()}
    return {**told, "slug": slug}


def some_pieces(number: int, language: Language) -> str:
    """So many pieces, in words: "four pieces", "nguo nne"."""
    words = _PIECES[language]
    return words[number] if number < len(words) else _MANY[language].format(number)


def language_of(chosen: str, *, customer: Language | None, boutique: Language) -> Language:
    """The language of her message: the campaign's, or her own, or the boutique's."""
    return next((one for one in LANGUAGES if one == chosen), None) or customer or boutique
