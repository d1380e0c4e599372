"""Puts the ages of two or three children with "the small one" and "the big one" said behind.

"girls are 5 and 8: pink for the small one, white for the big one" is read as "pink aged 5, white
aged 8".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_KIDS = r"(?:girls|boys|kids|children|daughters|sons|wasichana|wavulana|watoto|mabinti|one|mmoja)"
_LINK = r"(?:wangu|wawili|two|ni|are|is|wana|ana|ako|miaka|ages?|aged|wa|of|na|a|kike|kiume)"
_OTHER = r"(?:and|na|&|,|the other|other|mwingine|wa pili|(?:the )?second|is|ni|ana|wa|miaka)"
_TOLD = re.compile(
    rf"\b(?:(?:my|our|nina|niko na|i have|two|have)\s+)*{_KIDS}(?:[,:]?\s+{_LINK})*[,:]?\s+"
    rf"(?P<one>\d{{1,2}})(?:\s*(?:years?|yrs?|yr|yo)\b)?"
    rf"(?:\s*,?\s*{_OTHER})+\s*(?P<other>\d{{1,2}})\b\s*(?:years?|yrs?)?\s*[,.:;-]*",
    re.IGNORECASE,
)
_WHO = r"(?:\s+(?:one|girl|boy|sister|brother))?"
_OF = r"(?:(?:for|kwa|ya|wa)\s+)?(?:the\s+|yule\s+|huyu\s+|huyo\s+)?"
_SMALL = re.compile(
    rf"\b{_OF}(?:(?:small|little|young)\s+(?:one|girl|boy)|(?:younger|smaller|youngest){_WHO}|mdogo|kadogo)\b",
    re.IGNORECASE,
)
_BIG = re.compile(
    rf"\b{_OF}(?:(?:big|old)\s+(?:one|girl|boy)|(?:older|bigger|elder|oldest|eldest){_WHO}|mkubwa)\b",
    re.IGNORECASE,
)
OLDEST = 17

# Three told by birth or stature: "wa kwanza ana miaka 7, wa pili 4, wa mwisho 2"
_YEARS = r"(?:[a-z]+\s+){0,3}?"
_FIRST = r"(?:wa kwanza|first ?born|the first(?: one| born)?|the (?:eldest|oldest)(?: one)?|mkubwa)"
_SECOND = r"(?:wa pili|second ?born|the second(?: one| born)?|wa kati(?:kati)?|the middle(?: one)?)"
_THIRD = (
    r"(?:wa mwisho|wa tatu|last ?born|the (?:third|last|youngest|smallest)(?: one| born)?"
    r"|kitinda mimba|mdogo(?: kabisa)?)"
)
_THREE = re.compile(
    rf"\b{_FIRST}\s+{_YEARS}(?P<elder>\d{{1,2}})\b(?:\s*(?:years?|yrs?|yr))?(?:,|\s|and|na|&)*"
    rf"{_SECOND}\s+{_YEARS}(?P<middle>\d{{1,2}})\b(?:\s*(?:years?|yrs?|yr))?(?:,|\s|and|na|&)*"
    rf"{_THIRD}\s+{_YEARS}(?P<younger>\d{{1,2}})\b(?:\s*(?:years?|yrs?|yr)\b)?",
    re.IGNORECASE,
)
_MIDDLE = re.compile(
    rf"\b{_OF}(?:wa kati(?:kati)?|(?:the )?(?:middle|second) (?:one|girl|boy|born)"
    r"|(?:the )?middle|wa pili)\b",
    re.IGNORECASE,
)


def ages_of_two(text: str) -> dict[str, int]:
    """The ages of two children told of together, as "younger" and "elder"; else empty."""
    told = _TOLD.search(text)
    ages = sorted((int(told["one"]), int(told["other"]))) if told else []
    apart = bool(ages) and ages[0] < ages[1] <= OLDEST
    return dict(zip(("younger", "elder"), ages, strict=True)) if apart else {}


def ages_of_three(text: str) -> dict[str, int]:
    """The ages of three children told by birth, as "elder", "middle" and "younger"; else empty."""
    found = _THREE.search(text)
    ages = {child: int(age) for child, age in found.groupdict().items()} if found else {}
    falls = bool(ages) and OLDEST >= ages["elder"] > ages["middle"] > ages["younger"]
    return ages if falls else {}


def with_ages_by_stature(text: str, known: Mapping[str, int]) -> str:
    """The text with each age beside what is for that child; else unchanged.

    `known`: the ages told before, for "white for the small one and pink for the big one".
    """
    if "middle" in known:
        return _with_ages_of_three(text, known)
    told = _TOLD.search(text)
    if told is None and not {"younger", "elder"} <= known.keys():
        return text
    if told is not None:
        ages = sorted((int(told["one"]), int(told["other"])))
    else:
        ages = [known["younger"], known["elder"]]
    before, rest = ("", text) if told is None else (text[: told.start()], text[told.end() :])
    small, big = list(_SMALL.finditer(rest)), list(_BIG.finditer(rest))
    if len(small) != 1 or len(big) != 1 or ages[0] == ages[1] or ages[1] > OLDEST:
        return text
    for found, age in sorted(((small[0], ages[0]), (big[0], ages[1])), key=_place, reverse=True):
        rest = f"{rest[: found.start()].rstrip()} aged {age} {rest[found.end() :].lstrip()}"
    return f"{before}{rest}".strip()


def _with_ages_of_three(text: str, known: Mapping[str, int]) -> str:
    """The text with the age beside each of the three told before: "mkubwa bluu, wa kati pinki"."""
    if _THREE.search(text):
        return text
    words = {"elder": _BIG, "middle": _MIDDLE, "younger": _SMALL}
    said = [(one, known[child]) for child, of in words.items() for one in of.finditer(text)]
    if len(said) < 2 or len({age for _, age in said}) != len(said):
        return text
    for found, age in sorted(said, key=_place, reverse=True):
        text = f"{text[: found.start()].rstrip()} aged {age} {text[found.end() :].lstrip()}"
    return text.strip()


def _place(one: tuple[re.Match[str], int]) -> int:
    return one[0].start()
