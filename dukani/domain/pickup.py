"""Recognises words by which a customer chooses pickup at the shop (English, Swahili, Sheng)."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+|\d+")
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_SHOP = r"(?:shop|shopni|store|boutique|duka|dukani|kwenu)"

_GOODS = r"(?:order|parcel|package|goods|stuff|things|clothes|dress|shoes)"

# First person only: "ukipita duka" (you pass the shop) tells the rider the way.
_COMING = (
    r"(?:(?:ni|na|nita|nta|tuta|tuna|tu)(?:kuja|kuje|ja|je|pita|pite|pitia|pitie|kam)"
    r"|kuja|kupitia)"
)

_FETCHING = re.compile(
    "|".join(
        (
            # Pick Up Mtaani is a courier with agents all over Nairobi.
            r"\bpick ?up\b(?! (?:mtaani|point|station|agent|truck))",
            rf"\bpick(?:ing)? (?:it|them|this|that|mine|(?:my|the) {_GOODS})\b",
            r"\bself (?:pick|collect)\w*",
            rf"\bcollect(?:ing)? (?:it|them|this|that|mine|myself|from|(?:my|the) {_GOODS})\b",
            r"\b(?:ill|will|can|let me|want to|come(?: and)?|to) collect\b",
            r"\b(?:ni|na|nita|nta|nika|tu|a|ata)(?:i|zi|ki)?(?:pite|pita|pitie|pitia|chukue)\b"
            rf"(?: \w+){{0,2}} {_SHOP}\b",
            rf"\bcom(?:e|ing) (?:for (?:it|them)|to (?:the |your )?{_SHOP})\b",
            r"\b(?:ni|na|nt|n|nita|nta|tuta)(?:i|zi|vi|ki)?pick\b",
            rf"\b\w*chuku[ae]\b(?: \w+){{0,3}} (?:mwenyewe|wenyewe|{_SHOP})\b",
            rf"\b(?:mwenyewe|wenyewe|{_SHOP})(?: \w+){{0,2}} \w*chuku[ae]\b",
            rf"\b{_COMING}(?: \w+)? ku\w{{0,2}}(?:chukua|pick)\b",
            rf"\b{_COMING}(?: (?:hapo|kwa|huko|pale))* {_SHOP}\b",
        )
    )
)
# Only as the whole text: "nitachukua", "at the shop". In an address a shop is a landmark.
_ALONE = re.compile(
    r"(?:(?:at|from|to|in|the|your|ni|kwa|kwenye|hapo|huko|pale|hapa|ok|okay|yes|ndiyo|sawa"
    rf"|mimi|just) )*(?:{_SHOP}|(?:ni|na|nt|n|tu)\w*chukua|ill pick|pick)"
    r"(?: (?:lenu|yenu|kwenu|yako|lako|tu|please|tafadhali|hapo))*"
)
_NO_DELIVERY = re.compile(
    r"\b(?:without|sitaki|sihitaji|bila|toa|ondoa|remove|skip|(?:dont|do not) (?:want|need)) "
    r"(?:the |any |hiyo |ya )?(?:delivery|kuletewa)(?: (?:charges?|fee|cost|charge))?"
    r"(?= ?$| (?:i|ill|nita|nta|nakuja|please|tafadhali|basi|tu)\b)"
)
_CANNOT = re.compile(
    r"(?:\b(?:cant|cannot|dont|wont|siwezi|sitaki|sitaweza)(?: \w+){0,3}|\bnot(?: \w+)?) ?$"
)
_AT_THE_SHOP = re.compile(rf"\b{_SHOP}\b")


def says_pickup(text: str) -> bool:
    """Whether the text says that the customer, or somebody for the customer, fetches the order."""
    plain = _plain(text)
    if _ALONE.fullmatch(plain) or says_no_delivery(text):
        return True
    found = _FETCHING.search(plain)
    return found is not None and not _CANNOT.search(plain[: found.start()])


def says_no_delivery(text: str) -> bool:
    """Whether no delivery is wanted: "sitaki delivery", "remove the delivery charge"."""
    return _NO_DELIVERY.search(_plain(text)) is not None


def names_the_shop(text: str) -> bool:
    return bool(_AT_THE_SHOP.search(_plain(text)))


def _plain(text: str) -> str:
    """The words in lower case, without marks: "ill pick it up" of "I'll pick it up!"."""
    return " ".join(_WORD.findall(_APOSTROPHES.sub("", text).lower()))
