"""What is said by SMS: that a stop or a start was heard; and to the owner, that somebody wrote."""

from __future__ import annotations

from dukani.agent.wording.markup import clean, lines, quoted
from dukani.core.languages import Worded
from dukani.domain.acts import Language

MAX_WORDS = 400
_STOPPED: dict[Language, str] = Worded(
    en="{shop}: you will get no more SMS or offers from us. Reply START to get SMS again.",
    sw="{shop}: hutapata tena SMS wala matangazo kutoka kwetu. Jibu ANZA ili kupata SMS tena.",
)
_STARTED: dict[Language, str] = Worded(
    en="{shop}: you will get SMS from us again. Reply STOP to end them.",
    sw="{shop}: utapata tena SMS kutoka kwetu. Jibu ACHA ili kusitisha.",
)
_WROTE: dict[Language, str] = Worded(
    en="{who} answered by SMS. The assistant does not answer SMS: write to them in the chat, or "
    "call.",
    sw="{who} amejibu kwa SMS. Msaidizi hajibu SMS: mwandikie kwenye mazungumzo, au mpigie.",
)


def consent_told(shop: str, *, granted: bool, language: Language) -> str:
    """What a customer is told once who said stop or start by SMS."""
    said = _STARTED if granted else _STOPPED
    return said[language].format(shop=clean(shop))


def sms_note(who: str, words: str, *, language: Language) -> str:
    """Tells the owner of an SMS; `who` is from `customer_named`."""
    return lines(_WROTE[language].format(who=who), quoted(words, limit=MAX_WORDS))
