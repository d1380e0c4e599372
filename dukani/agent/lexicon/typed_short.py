"""Writes out what is typed short, and the "years" that is said once of two children."""

from __future__ import annotations

import re

_COUNTS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_IDADI = "mbili|wawili|tatu|nne|tano|sita|saba|nane|tisa|kumi"
# "wht" asks, but not behind a garment or before its size: "mens shirt wht sz 16"
WHITE = re.compile(
    r"(?<=[a-z0-9,] )wht\b(?! (?:is|are|r|u|do|does|time|about|can|if|the|s|colou?rs?"
    r"|sizes?(?! ?\d))\b)"
)
TOO = re.compile(r"\b2 (?=much\b)|(?<= r )2 (?=(?:big|small|long|short|dear|pricey|tight)\b)")
FOR_HER = re.compile(r"(?<!size )(?<!no )(?<!number )(?<!saizi )\b4 (ma|my|me|her|him)\b")
# "no. 2 black belts" refuses, and tells no number of a list
REFUSED_FIRST = re.compile(r"^no\. (?=(?:\d|two|three) (?:[a-z]+ )?[a-z]{3,}s\b)")
CRY_OF_NO = re.compile(r"^(?:ah,? ah|uh,? uh|aa,? aa)\b")
YEARS_TOO = re.compile(
    r"\b((?:for|is) (?:an? )?[a-z0-9]+ (?:years?|yrs?)(?: old)?,? (?:and |n )?"
    r"(?:the other|another|one|other)"
    rf"(?: one)?(?: is)?(?: for)?(?: an?)? )(\d{{1,2}}|{_COUNTS})\b"
    r"(?! ?(?:years?|yrs?|y|months?)\b)"
)
MIAKA_TOO = re.compile(
    r"\b(miaka [a-z0-9]+,? (?:na )?(?:nyingine|ingine|mwingine) (?:ni )?(?:ya|wa|ana) )"
    rf"(\d{{1,2}}|{_IDADI})\b"
)


def written_out(text: str) -> str:
    """Lower-case text with "2 much", "4 ma sis", "wht", "for 5 years and another for 7" in full."""
    text = CRY_OF_NO.sub("no", text)
    text = REFUSED_FIRST.sub("no, ", TOO.sub("too ", WHITE.sub("white", text)))
    text = FOR_HER.sub(lambda said: f"for {'my' if said[1] == 'ma' else said[1]}", text)
    return MIAKA_TOO.sub(r"\1miaka \2", YEARS_TOO.sub(r"\1\2 years", text))
