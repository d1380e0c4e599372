"""A message as each channel shows it. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dukani.core.clients.templates import Template
from dukani.domain.acts import Language
from dukani.domain.automations import Variable

MAX_BUTTON = 20  # characters, of WhatsApp and of Instagram


@dataclass(frozen=True, slots=True)
class CardButton:
    """Opens its `url`; without one a reply, whose `id` comes back when it is tapped."""

    id: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class WhatsAppCard:
    """`picture`: a path in the media store. `template`: sent in place of the text, if there is one.

    `shortened`: words were left out, for WhatsApp takes no more.

    `buttons`: at most three replies, or one link; where there is none, the text has the link.
    """

    text: str = field(repr=False)
    picture: str | None = None
    buttons: tuple[CardButton, ...] = ()
    template: Template | None = field(default=None, repr=False)
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class SmsText:
    """`shortened`: words were left out, so that it fits into three segments."""

    text: str = field(repr=False)
    segments: int
    encoding: str
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class InstagramCard:
    """As Instagram's generic template shows it; `text` is the message beside the card."""

    title: str
    subtitle: str
    text: str = field(repr=False)
    image: str | None = None
    buttons: tuple[CardButton, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One message on every channel, in the language in which it is said.

    `stood_in`: variables without a value, with the words that stand for them. `left_out`:
    variables for whose sake a clause was left out.
    """

    language: Language
    whatsapp: WhatsAppCard
    sms: SmsText
    instagram: InstagramCard
    stood_in: Mapping[Variable, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
