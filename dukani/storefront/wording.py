"""The words of a personal page, in English and Swahili."""

from __future__ import annotations

from dataclasses import dataclass

from dukani.core.languages import Worded
from dukani.domain.acts import Language


@dataclass(frozen=True, slots=True)
class Words:
    """`{…}` are filled in by the page; `wants` is what the customer's message begins with."""

    title: str
    for_you: str
    sold_out: str
    sizes: str
    ask: str
    go_on: str
    wants: str
    hello: str
    nothing_left: str
    gone_title: str
    gone: str
    busy_title: str
    busy: str


WORDS: dict[Language, Words] = Worded(
    en=Words(
        title="Picked for you at {shop}",
        for_you="Picked for you",
        sold_out="Sold out",
        sizes="Sizes",
        ask="Ask on WhatsApp",
        go_on="Continue on WhatsApp",
        wants="Hello! I would like the {piece}.",
        hello="Hello! I am looking at the pieces you picked for me.",
        nothing_left="These pieces are all sold. Write to us: we have others.",
        gone_title="This page is not here",
        gone="The link may be cut off, or the shop has taken the page away.",
        busy_title="One moment, please",
        busy="We cannot show this page just now. It tries again by itself.",
    ),
    sw=Words(
        title="Umechaguliwa {shop}",
        for_you="Tumekuchagulia",
        sold_out="Imeisha",
        sizes="Saizi",
        ask="Uliza WhatsApp",
        go_on="Endelea WhatsApp",
        wants="Habari! Ningependa {piece}.",
        hello="Habari! Naangalia nguo mlizonichagulia.",
        nothing_left="Nguo hizi zote zimeisha. Tuandikie: tunazo nyingine.",
        gone_title="Ukurasa huu haupo",
        gone="Huenda kiungo kimekatika, au duka limeuondoa ukurasa.",
        busy_title="Subiri kidogo, tafadhali",
        busy="Hatuwezi kuonyesha ukurasa huu kwa sasa. Utajaribu tena wenyewe.",
    ),
)
