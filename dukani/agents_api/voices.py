"""In which language texts are, and how money is written."""

from __future__ import annotations

from dukani.agent.facts import Voice
from dukani.core import languages
from dukani.core.money import format_money
from dukani.core.store.boutiques import Boutique


def voice_of(boutique: Boutique, language: languages.Language | None) -> Voice:
    """Names no shopper."""
    return Voice(
        language=language or boutique.language,
        currency=boutique.currency,
        boutique=boutique.name,
        customer=None,
    )


def money(amount_minor: int, boutique: Boutique) -> str:
    return format_money(amount_minor, boutique.currency)
