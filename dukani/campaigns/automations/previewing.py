"""Shows a message before it is sent, on each channel, and says what is to be minded about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dukani.campaigns.automations.cards import Card, WhatsAppCard
from dukani.campaigns.automations.clauses import Lacks
from dukani.campaigns.automations.composing import compose
from dukani.campaigns.automations.examples import Shown, values_to_show
from dukani.campaigns.automations.template_message import approved_template, template_message
from dukani.campaigns.automations.values import Values
from dukani.core.database import Connection
from dukani.core.sms_segments import segments
from dukani.core.store.boutiques import Boutique
from dukani.domain.acts import Language
from dukani.domain.automations import Content, RuleClass, Trigger

CODE = "aB3dE6gH9jK2"  # of the example's links, which lead nowhere
SHOWN_LETTERS = 5

WarningCode = Literal[
    "no_template", "template_not_approved", "template_lacks", "sms_several", "sms_shortened",
    "sms_dear_letters", "no_picture", "other_language", "whatsapp_shortened",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Warned:
    """`detail`: the variable, the letters, or the number that it is about."""

    code: WarningCode
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Previewed:
    """`card` in WhatsApp's 24 hours, `outside` after them; `lacks`: why there is no card."""

    shown: Shown
    card: Card | None
    lacks: str | None
    outside: WhatsAppCard | None
    warnings: tuple[Warned, ...]


async def preview(
    conn: Connection,
    boutique: Boutique,
    content: Content,
    *,
    trigger: Trigger,
    rule_class: RuleClass,
    public_url: str,
    customer_id: str | None = None,
    language: Language | None = None,
    one_way_sms: bool = True,
) -> Previewed:
    """As the customer would read it; without one, as an example. Raises NotFound."""
    shown = await values_to_show(conn, boutique, content, trigger=trigger, customer_id=customer_id)
    said = language or shown.values.language
    made = compose(
        content,
        shown.values,
        language=said,
        code=CODE,
        public_url=public_url,
        window_open=True,
        provider=boutique.whatsapp_provider,
        marketing=rule_class == "marketing",
        one_way_sms=one_way_sms,
    )
    outside, warned = await _outside(conn, boutique, content, shown.values, said)
    if isinstance(made, Lacks):
        return Previewed(shown, None, made.variable, outside, warned)
    warnings = (*warned, *_warnings(content, made, said))
    return Previewed(shown, made, None, outside, warnings)


async def _outside(
    conn: Connection, boutique: Boutique, content: Content, values: Values, language: Language
) -> tuple[WhatsAppCard | None, tuple[Warned, ...]]:
    if content.template is None:
        return None, (Warned("no_template"),)
    found = await approved_template(
        conn, content, provider=boutique.whatsapp_provider, language=language
    )
    if found is None:
        return None, (Warned("template_not_approved", content.template),)
    filled = template_message(content, values, found, code=CODE)
    if isinstance(filled, Lacks):
        return None, (Warned("template_lacks", filled.variable),)
    return filled, ()


def _warnings(content: Content, card: Card, wished: Language) -> Iterator[Warned]:
    if card.language != wished:
        yield Warned("other_language", card.language)
    if card.whatsapp.shortened:
        yield Warned("whatsapp_shortened")
    if card.sms.shortened:
        yield Warned("sms_shortened")
    elif card.sms.segments > 1:
        yield Warned("sms_several", str(card.sms.segments))
    if dear := dear_letters(card.sms.text):
        yield Warned("sms_dear_letters", dear)
    if content.image != "none" and card.whatsapp.picture is None:
        yield Warned("no_picture")


def dear_letters(text: str) -> str:
    """The letters because of which an SMS holds 70 characters and not 160, the first few."""
    if segments(text).encoding == "GSM-7":
        return ""
    dear = [letter for letter in dict.fromkeys(text) if segments(letter).encoding != "GSM-7"]
    return " ".join(dear[:SHOWN_LETTERS])
