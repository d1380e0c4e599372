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

from dukani.core.languages import Worded
from dukani.domain.acts import Language
from dukani.domain.alerts import AlertKind

MAX_VALUE = 300  # characters of one parameter; WhatsApp takes 1,024 for all of the text
_PARAMETER = re.compile(r"\{(\w+)\}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A template; `texts` hold their parameters as {name}, the same ones in every language."""

    name: str
    texts: Mapping[Language, str]
    reader: Literal["customer", "owner"] = "customer"
    longest: int = MAX_VALUE  # characters of one value
    parameters: tuple[str, ...] = field(init=False)  # in the order of the English text

    def __post_init__(self) -> None:
        object.__setattr__(self, "parameters", tuple(_PARAMETER.findall(self.texts["en"])))

    def text(self, language: Language, values: Mapping[str, str]) -> str:
        """The text as the reader gets it."""
        return self.texts[language].format(**{name: self._fitted(values[name]) for name in values})

    def values_in_order(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """The values of the numbered parameters, as the provider takes them."""
        return tuple(self._fitted(values[name]) for name in self.parameters)

    def as_registered(self, language: Language) -> str:
        """The text with numbers for parameters ({{1}}), as it is registered at the provider."""
        numbers = {name: f"{{{{{n}}}}}" for n, name in enumerate(self.parameters, start=1)}
        return self.texts[language].format(**numbers)

    def _fitted(self, value: str) -> str:
        return one_line(value, longest=self.longest)


def one_line(value: str, *, longest: int = MAX_VALUE) -> str:
    """A value without what the providers refuse: line breaks, tabs, rows of spaces, too long."""
    flat = _SPACE.sub(" ", value).strip() or "-"
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


ORDER_SENT = MessageTemplate(
    "order_sent",
    Worded(
        en="Your order {number} from {shop} is on its way: {pieces}. "
        "Reply here if you have a question about it.",
        sw="Oda yako {number} kutoka {shop} imetumwa: {pieces}. Ukiwa na swali kuihusu, jibu hapa.",
    ),
)
ORDER_SENT_IN_PART = MessageTemplate(
    "order_sent_in_part",
    Worded(
        en="A part of your order {number} from {shop} is on its way: {pieces}. "
        "Still to come: {left}. Reply here if you have a question about it.",
        sw="Sehemu ya oda yako {number} kutoka {shop} imetumwa: {pieces}. "
        "Bado inakuja: {left}. Ukiwa na swali kuihusu, jibu hapa.",
    ),
)
ORDER_DELIVERED = MessageTemplate(
    "order_delivered",
    Worded(
        en="Your order {number} from {shop} is marked as delivered. "
        "If anything is not right, reply here and a person will help you.",
        sw="Oda yako {number} kutoka {shop} imeandikwa kuwa imefika. "
        "Kama kuna tatizo, jibu hapa na mtu wa duka atakusaidia.",
    ),
)
ORDER_CANCELLED = MessageTemplate(
    "order_cancelled",
    Worded(
        en="Your order {number} was cancelled by {shop}, and you owe nothing for it. "
        "Reply here if that is not what you expected.",
        sw="Oda yako {number} imeghairiwa na {shop}, na hudaiwi chochote. "
        "Kama hukutarajia hivyo, jibu hapa.",
    ),
)
ORDER_NOT_PAID = MessageTemplate(
    "order_not_paid",
    Worded(
        en="We looked for the payment of your order {number} at {shop} and did not find it. "
        "If you have paid, reply here with the M-Pesa code.",
        sw="Tumetafuta malipo ya oda yako {number} hapa {shop} na hatukuyapata. "
        "Kama umelipa, jibu hapa kwa kodi ya M-Pesa.",
    ),
)
ORDER_REFUNDED = MessageTemplate(
    "order_refunded",
    Worded(
        en="You were refunded {amount} for your order {number} from {shop} ({how}). "
        "Reply here if it does not reach you.",
        sw="Umerudishiwa {amount} za oda yako {number} kutoka {shop} ({how}). "
        "Zisipokufikia, jibu hapa.",
    ),
)

DEBT_REMINDER = MessageTemplate(
    "debt_reminder",
    Worded(
        en="Hello {name}, this is {shop}. A friendly reminder: {amount} is still to be paid for "
        "what you took on credit since {day}. You can pay {how}. "
        "Reply here if you have paid already or need more time.",
        sw="Habari {name}, hapa ni {shop}. Tunakukumbusha kwa upole: {amount} bado hazijalipwa "
        "kwa ulichochukua kwa deni tangu {day}. Unaweza kulipa {how}. "
        "Jibu hapa kama umeshalipa au unahitaji muda zaidi.",
    ),
)
CHAT_GOES_ON = MessageTemplate(
    "chat_goes_on",
    Worded(
        en="Hello {name}, this is {shop}. We have an answer to what you asked us. "
        "Reply here and we will go on with you.",
        sw="Habari {name}, hapa ni {shop}. Tuna jibu la ulichotuuliza. "
        "Jibu hapa na tutaendelea nawe.",
    ),
)
CHAT_ANSWERED = MessageTemplate(
    "chat_answered",
    Worded(
        en="Hello {name}, this is {shop} about what you asked us: {answer} "
        "Reply here if you have another question.",
        sw="Habari {name}, hapa ni {shop} kuhusu ulichotuuliza: {answer} "
        "Ukiwa na swali lingine, jibu hapa.",
    ),
)
# To the owner, in place of a note, when she has not written to her shop's number for 24 hours.
_LONGEST_NOTE = 700


def _alert(name: str, en: str, sw: str) -> MessageTemplate:
    return MessageTemplate(name, Worded(en=en, sw=sw), reader="owner", longest=_LONGEST_NOTE)


OF_AN_ALERT: Mapping[AlertKind, MessageTemplate] = {
    "new_order": _alert(
        "owner_new_order",
        "There is a new order at {shop}: {note} Reply here to run your shop by message.",
        "Kuna oda mpya katika {shop}: {note} Jibu hapa kuendesha duka lako kwa ujumbe.",
    ),
    "person_wanted": _alert(
        "owner_person_wanted",
        "A customer of {shop} waits for you: {note} Your reply to this message reaches them.",
        "Mteja wa {shop} anakusubiri: {note} Ukijibu ujumbe huu, jibu lako litamfikia.",
    ),
    "payment_review": _alert(
        "owner_payment_review",
        "A payment at {shop} needs you to look at it: {note} Reply here if you need help with it.",
        "Malipo katika {shop} yanahitaji uyaangalie: {note} Ukihitaji usaidizi, jibu hapa.",
    ),
    "low_stock": _alert(
        "owner_low_stock",
        "A piece at {shop} is running low: {note} Reply here to change your stock by message.",
        "Bidhaa katika {shop} inakaribia kuisha: {note} Jibu hapa kubadilisha stoki kwa ujumbe.",
    ),
    "template_news": _alert(
        "owner_template_news",
        "A message template of {shop} has changed: {note} Open your dashboard to look at it.",
        "Kiolezo cha ujumbe cha {shop} kimebadilika: {note} Fungua dashibodi yako kukiangalia.",
    ),
}

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
        DEBT_REMINDER,
        *OF_A_CHAT,
        *OF_AN_ALERT.values(),
    )
}
