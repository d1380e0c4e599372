"""The message templates we have approved by WhatsApp: their names, parameters and texts.

Outside the 24 hours after a customer's last message nothing else reaches the customer. A boutique
registers each of these at its provider, in the languages it speaks, word for word: `dukani
templates show` prints them, and `core/store/message_templates.py` keeps which are approved.
All are of the category utility: they tell of something the reader has asked or paid for, and
advertise nothing. The provider refuses a text that begins or ends with a parameter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from dukani.domain.acts import Language

MAX_VALUE = 300  # characters of one parameter; WhatsApp takes 1,024 for all of the text
_PARAMETER = re.compile(r"\{(\w+)\}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A template; `texts` hold their parameters as {name}, the same ones in every language."""

    name: str
    texts: Mapping[Language, str]
    reader: Literal["customer", "owner"] = "customer"
    parameters: tuple[str, ...] = field(init=False)  # in the order of the English text

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", tuple(_PARAMETER.findall(self.texts["en"])))

    def text(self, language: Language, values: Mapping[str, str]) -> str:
        """The text as the reader gets it."""
        return self.texts[language].format(**{name: one_line(values[name]) for name in values})

    def values_in_order(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The values of the numbered parameters, as the provider takes them."""
        return tuple(one_line(values[name]) for name in self.parameters)

    def as_registered(self, language: Language) -> str:
        """The text with numbers for parameters ({{1}}), as it is registered at the provider."""
        numbers = {name: f"{{{{{n}}}}}" for n, name in enumerate(self.parameters, start=1)}
        return self.texts[language].format(**numbers)


def one_line(value: str) -> str:
    """A value without what the providers refuse: line breaks, tabs, rows of spaces, too long."""
    flat = _SPACE.sub(" ", value).strip() or "-"
    return flat if len(flat) <= MAX_VALUE else flat[: MAX_VALUE - 1].rstrip() + "…"


ORDER_SENT = MessageTemplate(
    "order_sent",
    {
        "en": "Your order {number} from {shop} is on its way: {pieces}. "
        "Reply here if you have a question about it.",
        "sw": "Oda yako {number} kutoka {shop} imetumwa: {pieces}. "
        "Ukiwa na swali kuihusu, jibu hapa.",
    },
)
ORDER_SENT_IN_PART = MessageTemplate(
    "order_sent_in_part",
    {
        "en": "A part of your order {number} from {shop} is on its way: {pieces}. "
        "Still to come: {left}. Reply here if you have a question about it.",
        "sw": "Sehemu ya oda yako {number} kutoka {shop} imetumwa: {pieces}. "
        "Bado inakuja: {left}. Ukiwa na swali kuihusu, jibu hapa.",
    },
)
ORDER_DELIVERED = MessageTemplate(
    "order_delivered",
    {
        "en": "Your order {number} from {shop} is marked as delivered. "
        "If anything is not right, reply here and a person will help you.",
        "sw": "Oda yako {number} kutoka {shop} imeandikwa kuwa imefika. "
        "Kama kuna tatizo, jibu hapa na mtu wa duka atakusaidia.",
    },
)
ORDER_CANCELLED = MessageTemplate(
    "order_cancelled",
    {
        "en": "Your order {number} was cancelled by {shop}, and you owe nothing for it. "
        "Reply here if that is not what you expected.",
        "sw": "Oda yako {number} imeghairiwa na {shop}, na hudaiwi chochote. "
        "Kama hukutarajia hivyo, jibu hapa.",
    },
)
ORDER_NOT_PAID = MessageTemplate(
    "order_not_paid",
    {
        "en": "We looked for the payment of your order {number} at {shop} and did not find it. "
        "If you have paid, reply here with the M-Pesa code.",
        "sw": "Tumetafuta malipo ya oda yako {number} hapa {shop} na hatukuyapata. "
        "Kama umelipa, jibu hapa kwa kodi ya M-Pesa.",
    },
)
ORDER_REFUNDED = MessageTemplate(
    "order_refunded",
    {
        "en": "You were refunded {amount} for your order {number} from {shop} ({how}). "
        "Reply here if it does not reach you.",
        "sw": "Umerudishiwa {amount} za oda yako {number} kutoka {shop} ({how}). "
        "Zisipokufikia, jibu hapa.",
    },
)

CHAT_GOES_ON = MessageTemplate(
    "chat_goes_on",
    {
        "en": "Hello {name}, this is {shop}. We have an answer to what you asked us. "
        "Reply here and we will go on with you.",
        "sw": "Habari {name}, hapa ni {shop}. Tuna jibu la ulichotuuliza. "
        "Jibu hapa na tutaendelea nawe.",
    },
)
CHAT_ANSWERED = MessageTemplate(
    "chat_answered",
    {
        "en": "Hello {name}, this is {shop} about what you asked us: {answer} "
        "Reply here if you have another question.",
        "sw": "Habari {name}, hapa ni {shop} kuhusu ulichotuuliza: {answer} "
        "Ukiwa na swali lingine, jibu hapa.",
    },
)
# What people may write themselves in a chat whose 24 hours are over.
OF_A_CHAT = (CHAT_ANSWERED, CHAT_GOES_ON)

TEMPLATES: Mapping[str, MessageTemplate] = {
    template.name: template
    for template in (
        ORDER_SENT,
        ORDER_SENT_IN_PART,
        ORDER_DELIVERED,
        ORDER_CANCELLED,
        ORDER_NOT_PAID,
        ORDER_REFUNDED,
        *OF_A_CHAT,
    )
}
