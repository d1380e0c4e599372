"""The words of a message that no owner wrote: what stands for a missing value, and its ends."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.core.languages import Worded
from dukani.domain.acts import Language
from dukani.domain.automations import CtaKind

# For a variable that has no value and no fallback of the owner's; the others have none.
NAME: Mapping[Language, str] = Worded(en="dear customer", sw="mpenzi mteja")
SHOP: Mapping[Language, str] = Worded(en="our shop", sw="duka letu")
PRODUCT: Mapping[Language, str] = Worded(en="the piece you chose", sw="nguo uliyochagua")
PIECE: Mapping[Language, str] = Worded(en="piece", sw="nguo")  # after "your", "the", "this"
DETERMINERS: Mapping[Language, frozenset[str]] = Worded(
    en=frozenset(("a", "an", "the", "your", "our", "this", "that", "my", "new")),
    sw=frozenset(("nguo", "hiyo", "hii", "ile")),
)
# Of a cart with one other piece, or several.
AND_ONE: Mapping[Language, str] = Worded(en="{} and one more piece", sw="{} na nguo nyingine moja")
AND_MORE: Mapping[Language, str] = Worded(en="{} and {} more pieces", sw="{} na nguo nyingine {}")

LABELS: Mapping[CtaKind, Mapping[Language, str]] = {
    "checkout": Worded(en="Finish my order", sw="Kamilisha oda"),
    "product": Worded(en="See the piece", sw="Tazama nguo"),
    "shop": Worded(en="See the shop", sw="Tembelea duka"),
    "reply": Worded(en="Yes, please", sw="Ndiyo, tafadhali"),
}
LATER: Mapping[Language, str] = Worded(en="Not now", sw="Siyo sasa")  # the other button
YES: Mapping[Language, str] = Worded(en="YES", sw="NDIYO")
REPLY: Mapping[Language, str] = Worded(
    en="Reply *YES* and we take it from there.",
    sw="Jibu *NDIYO* tuendelee kukuhudumia.",
)
# The way out, as every offer must have one.
STOP_IN_CHAT: Mapping[Language, str] = Worded(
    en="To get no such messages, write *stop promotions*.",
    sw="Hutaki ujumbe kama huu? Andika *acha matangazo*.",
)
STOP_BY_LINK: Mapping[Language, str] = Worded(en="Stop: {}", sw="Acha: {}")
STOP_BY_SMS: Mapping[Language, str] = Worded(en="STOP to end", sw="Jibu ACHA kusitisha")


def product_and_others(name: str, others: int, language: Language) -> str:
    """`Rose dress and 2 more pieces`."""
    if others < 1:
        return name
    return (
        AND_ONE[language].format(name) if others == 1 else AND_MORE[language].format(name, others)
    )
