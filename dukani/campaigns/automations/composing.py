"""Makes one definition into what WhatsApp, SMS and Instagram show. Pure.

A value that is missing is never sent as a hole: a fallback stands in, or its clause is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dukani.agent.wording.markup import shorten
from dukani.campaigns.automations import words
from dukani.campaigns.automations.cards import MAX_BUTTON, Card, CardButton, WhatsAppCard
from dukani.campaigns.automations.clauses import Lacks, Place, Written, write
from dukani.campaigns.automations.fitting import fitted
from dukani.campaigns.automations.instagram import instagram_card
from dukani.campaigns.automations.message_values import Values
from dukani.campaigns.automations.sms_text import sms_text
from dukani.campaigns.automations.template_message import template_message
from dukani.campaigns.automations.wording import Wording, in_language, language_said
from dukani.core.channels import WhatsAppProvider
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.acts import Language
from dukani.domain.automations import Content
from dukani.domain.recovering import NOT_NOW, TAKE_UP

__all__ = ["Card", "Lacks", "compose"]

MAX_CAPTION = 1024  # of a picture, and of words above buttons
MAX_TEXT = 1600  # Twilio's; Meta takes more

Channel = Literal["whatsapp", "sms"]


@dataclass(frozen=True, slots=True)
class Ends:
    """What a message ends with: the call to action, and the way out of an offer."""

    label: str = ""
    link: str = ""
    buttons: tuple[CardButton, ...] = ()  # Meta's, in place of the words
    reply: str = ""  # what she is asked to answer, where there are no buttons
    yes: str = ""  # the word that she answers
    stop: str = ""

    @property
    def inline(self) -> str:
        """For {cta} within a sentence."""
        return self.yes or self.link

    def buttons_for(self, text: str) -> tuple[CardButton, ...]:
        """Not for a link that the words have."""
        return () if self.link and self.link in text else self.buttons

    @property
    def line(self) -> str:
        """For {cta} alone, or at the end."""
        if self.buttons:
            return ""
        return self.reply or (f"{self.label}: {self.link}" if self.link else "")


def compose(
    content: Content,
    values: Values,
    *,
    language: Language,
    code: str,
    public_url: str,
    window_open: bool,
    template: RegisteredTemplate | None = None,
    provider: WhatsAppProvider = "twilio",
    marketing: bool = True,
    one_way_sms: bool = True,
    channel: Channel | None = None,
) -> Card | Lacks:
    """The message in her language, if the owner wrote it in that, else in the other.

    `template`: the approved one in which it goes outside of WhatsApp's 24 hours. `one_way_sms`: the
    sender of the SMS cannot be answered. `channel` "sms": no template is asked for. Lacks, if the
    message would say nothing, or `template` is needed and there is none.
    """
    said = language_said(content, language)
    wording = Wording(content, values, said)
    base = public_url.rstrip("/")
    link = f"{base}/l/{code}" if content.cta else ""
    together = content.image == "pieces" and len(values.pieces) > 1  # buttons stand below one
    tapped = provider == "meta" and not together
    ends = _ends(content, said, link=link, tapped=tapped, marketing=marketing)
    body = _written(content, wording, ends)
    if isinstance(body, Lacks):
        return body
    whatsapp = WhatsAppCard(
        body.text,
        _picture(content, values, said),
        ends.buttons_for(body.text),
        shortened=body.shortened,
    )
    if not window_open and channel != "sms":
        in_template = template_message(content, values, template, code=code)
        if isinstance(in_template, Lacks):
            return in_template
        whatsapp = in_template
    stop = f"{base}/o/{code}" if one_way_sms else ""
    sms = sms_text(content, wording, label=ends.label, link=link, stop_link=stop)
    if isinstance(sms, Lacks):  # words of its own that say nothing without a value
        of_whatsapp = content.model_copy(update={"sms": None})
        sms = sms_text(of_whatsapp, wording, label=ends.label, link=link, stop_link=stop)
    if isinstance(sms, Lacks):
        return sms
    instagram = instagram_card(content, wording, label=ends.label, link=link)
    return Card(said, whatsapp, sms, instagram, dict(wording.stood_in), body.left_out)


def _ends(content: Content, said: Language, *, link: str, tapped: bool, marketing: bool) -> Ends:
    """`tapped`: as buttons, where the owner placed no {cta} within a sentence."""
    stop = words.STOP_IN_CHAT[said] if marketing else ""
    if content.cta is None:
        return Ends(stop=stop)
    label = cta_label(content, said)
    if content.cta.kind != "reply":
        opens = (CardButton("cta", label, link),)
        return Ends(label, link, opens if tapped else (), stop=stop)
    replies = (CardButton(TAKE_UP, label), CardButton(NOT_NOW, words.LATER[said]))
    asked = words.REPLY[said], words.YES[said]
    return Ends(label, "", replies if tapped else (), *asked, stop)


def cta_label(content: Content, said: Language) -> str:
    """The button's words."""
    assert content.cta is not None, "the caller asks of a message that has one"
    label = content.cta.label.get(said) or words.LABELS[content.cta.kind][said]
    return shorten(label, MAX_BUTTON)


@dataclass(frozen=True, slots=True)
class _Body:
    text: str
    left_out: tuple[str, ...]
    shortened: bool


def _written(content: Content, wording: Wording, ends: Ends) -> _Body | Lacks:
    """The words with their ends, in what WhatsApp takes; the link is never cut."""
    text = in_language(content.text, wording.language)
    longest = MAX_CAPTION if _pictured(content, wording.language) or ends.buttons else MAX_TEXT

    def fits(whole: str) -> bool:
        return len(whole) <= longest

    body = write(text, wording.lookup(cta=_cta(content, ends)))
    if isinstance(body, Lacks):
        return body
    tail = [] if ends.inline in body.text else [ends.line]
    whole = _joined(body.text, *tail, ends.stop)
    if fits(whole):
        return _Body(whole, body.left_out, shortened=False)
    cut = _cut(body, text, wording, ends, fits)
    return _Body(cut, body.left_out, shortened=True)


def _cut(
    body: Written, text: str, wording: Wording, ends: Ends, fits: Callable[[str], bool]
) -> str:
    """The words cut so that the ends stay whole: a link within them moves to the end."""
    moved = write(text, wording.lookup(cta=lambda _name, place: _moved(ends, place)))
    head = body.text if isinstance(moved, Lacks) else moved.text
    return fitted(head, lambda words_: _joined(words_, ends.line, ends.stop), fits)


def _moved(ends: Ends, place: Place) -> str | None:
    return "" if place.alone else ends.label or None


def _cta(content: Content, ends: Ends) -> Callable[[str, Place], str | None]:
    def words_of(_name: str, place: Place) -> str | None:
        if content.cta is None:
            return None
        return ends.line if place.alone else ends.inline

    return words_of


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _pictured(content: Content, said: Language) -> bool:
    return content.image != "none" or "{image}" in in_language(content.text, said)


def _picture(content: Content, values: Values, said: Language) -> str | None:
    return values.image if _pictured(content, said) else None
