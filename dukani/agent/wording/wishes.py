"""Writes search criteria as a phrase: `a red dress in size M under KES 5,000`."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.facts import Voice, Wish
from dukani.agent.wording.concord import NOUNS, SOMETHING, Concord, coloured, in_colour
from dukani.agent.wording.markup import clean, join, listed
from dukani.agent.wording.names import category_name, size_phrase, takes_article
from dukani.core.money import format_money
from dukani.domain.wearers import without_whom

_OCCASION_EN = {
    "wedding": "for a wedding",
    "office": "for the office",
    "work": "for work",
    "casual": "for every day",
    "party": "for a party",
    "church": "for church",
    "eid": "for Eid",
    "beach": "for the beach",
    "graduation": "for graduation",
    "funeral": "for a funeral",
    "date": "for a date",
    "gym": "for sports",
}
_OCCASION_SW = {
    "wedding": "harusi",
    "office": "ofisi",
    "work": "kazi",
    "casual": "kila siku",
    "party": "sherehe",
    "church": "kanisani",
    "eid": "Idi",
    "beach": "beach",
    "graduation": "graduation",
    "funeral": "mazishi",
    "date": "date",
    "school": "shule",
    "gym": "mazoezi",
}
_CALLED = frozenset(("words", "name", "category"))  # fields that say what a piece is
# Patterns said with "lenye", "yenye" (with …); the others follow "la", "ya".
_PATTERN_HAVING_SW = {
    "striped": "mistari",
    "checked": "drafti",
    "patterned": "michoro",
    "graphic": "picha",
    "dotted": "madoadoa",
    "polka dot": "madoadoa",
}
_PATTERN_OF_SW = {"floral": "maua"}


def wish_phrase(wish: Wish, voice: Voice) -> str:
    """The criteria as a noun phrase after "we don't have"; none is "anything like that"."""
    return _swahili(wish, voice) if voice.language == "sw" else _english(wish, voice)


def garment_phrase(category: str, colour: str | None, pattern: str | None, voice: Voice) -> str:
    """A garment as a photo shows it: `a red striped dress`, `gauni jekundu lenye mistari`."""
    return wish_phrase(Wish(category=category, colour=colour, pattern=pattern), voice)


def _english(wish: Wish, voice: Voice) -> str:
    qualities = [clean(word) for word in (wish.colour, wish.pattern) if word]
    if wish.embroidery:
        qualities.append("embroidered")
    rest = join(
        f"other than {clean(wish.exclude_colour)}" if wish.exclude_colour else "",
        "without embroidery" if wish.embroidery is False else "",
        f"in {size_phrase(wish.size, 'en')}" if wish.size else "",
        _occasion_english(wish.occasion),
        _budget(wish, voice),
    )
    return join(_head_english(wish, qualities, some=bool(rest)), rest)


def _head_english(wish: Wish, qualities: list[str], *, some: bool) -> str:
    if wish.category:
        noun = category_name(wish.category, "en")
        article = _article((qualities or [noun])[0]) if takes_article(wish.category) else ""
        return join(article, *qualities, noun)
    if words := wish.words or wish.name:
        return f"anything like “{clean(words)}”"
    if qualities or some:
        return join("anything", *qualities)
    return "anything like that"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeio" else "a"


def _occasion_english(occasion: str | None) -> str:
    if not occasion:
        return ""
    return _OCCASION_EN.get(occasion, f"for {clean(occasion)}")


def _budget(wish: Wish, voice: Voice) -> str:
    low, high = (
        format_money(amount, voice.currency) if amount is not None else ""
        for amount in (wish.budget_min_minor, wish.budget_max_minor)
    )
    swahili = voice.language == "sw"
    if low and high:
        return f"kati ya {low} na {high}" if swahili else f"between {low} and {high}"
    if high:
        return f"chini ya {high}" if swahili else f"under {high}"
    if low:
        return f"kuanzia {low}" if swahili else f"from {low}"
    return ""


def _swahili(wish: Wish, voice: Voice) -> str:
    noun = NOUNS.get(wish.category or "", SOMETHING)
    concord = noun.concord
    head = noun.one
    if wish.category and wish.category not in NOUNS:
        head, concord = clean(wish.category), NOUNS["top"].concord
    rest = join(
        coloured(clean(wish.colour), concord) if wish.colour else "",
        _excluded(wish.exclude_colour, concord),
        _pattern_swahili(wish.pattern, concord),
        _embroidery_swahili(wish.embroidery, concord),
        size_phrase(wish.size, "sw") if wish.size else "",
        _occasion_swahili(wish.occasion, concord),
        _budget(wish, voice),
    )
    words = wish.words or wish.name
    if not wish.category and words:
        return join(f"kitu kama “{clean(words)}”", rest)
    return join(head, rest) if wish.category or rest else "kitu kama hicho"


def _excluded(colour: str | None, concord: Concord) -> str:
    return f"{concord.not_being} {coloured(clean(colour), concord)}" if colour else ""


def _pattern_swahili(pattern: str | None, concord: Concord) -> str:
    if not pattern:
        return ""
    if pattern in _PATTERN_HAVING_SW:
        return f"{concord.having} {_PATTERN_HAVING_SW[pattern]}"
    if pattern == "plain":  # said as in English, without a word between
        return "plain"
    return f"{concord.of} {_PATTERN_OF_SW.get(pattern, clean(pattern))}"


def _embroidery_swahili(embroidery: bool | None, concord: Concord) -> str:
    if embroidery is None:
        return ""
    return f"{concord.having} darizi" if embroidery else "bila darizi"


def _occasion_swahili(occasion: str | None, concord: Concord) -> str:
    if not occasion:
        return ""
    return f"{concord.of} {_OCCASION_SW.get(occasion, clean(occasion))}"


def missing_phrase(wish: Wish, dropped: Sequence[str], voice: Voice) -> str:
    """The dropped criteria, for "we have nothing …": `in red or in size M`."""
    return (
        _missing_swahili(wish, dropped, voice)
        if voice.language == "sw"
        else (_missing_english(wish, dropped, voice))
    )


def kept_phrase(wish: Wish, dropped: Sequence[str], voice: Voice) -> str:
    """What of a wish is met though no piece is called as said: `in size 42 for the office`."""
    if _CALLED.isdisjoint(dropped):
        return ""
    left = wish.model_copy(update=dict.fromkeys(dropped))
    if voice.language == "sw":
        return join(
            size_phrase(left.size, "sw") if left.size else "",
            in_colour(clean(left.colour)) if left.colour else "",
            f"kwa {_OCCASION_SW.get(left.occasion, clean(left.occasion))}" if left.occasion else "",
        )
    return join(
        f"in {clean(left.colour)}" if left.colour else "",
        f"in {size_phrase(left.size, 'en')}" if left.size else "",
        _occasion_english(left.occasion),
    )


def _missing_english(wish: Wish, dropped: Sequence[str], voice: Voice) -> str:
    phrases = {
        "category": f"like {_english(Wish(category=wish.category), voice)}",
        "colour": f"in {clean(wish.colour or '')}",
        "exclude_colour": f"in a colour other than {clean(wish.exclude_colour or '')}",
        "size": f"in {size_phrase(wish.size or '', 'en')}",
        "occasion": _occasion_english(wish.occasion),
        "pattern": _pattern_english(wish.pattern or ""),
        "embroidery": "with embroidery" if wish.embroidery else "without embroidery",
        "words": f"called “{_words_called(wish)}”",
        "name": f"called “{clean(wish.name or '')}”",
    } | dict.fromkeys(("budget_min_minor", "budget_max_minor"), _budget(wish, voice))
    return listed(_chosen(wish, dropped, phrases), last="or")


def _words_called(wish: Wish) -> str:
    """The words that name a piece, without for whom it is: the timbs of "timbs wanaume"."""
    words = wish.words or ""
    return clean(without_whom(words) or words)


def _pattern_english(pattern: str) -> str:
    described = {"plain", "graphic", "floral"}
    return (
        clean(pattern)
        if pattern in described or pattern.endswith("ed")
        else (f"in {clean(pattern)}")
    )


def _missing_swahili(wish: Wish, dropped: Sequence[str], voice: Voice) -> str:
    thing = SOMETHING.concord
    phrases = {
        "category": _swahili(Wish(category=wish.category), voice),
        "colour": in_colour(clean(wish.colour or "")),
        "exclude_colour": f"rangi {_excluded(wish.exclude_colour or '', NOUNS['top'].concord)}",
        "size": size_phrase(wish.size or "", "sw"),
        "occasion": f"kitu {_occasion_swahili(wish.occasion, thing)}",
        "pattern": f"kitu {_pattern_swahili(wish.pattern, thing)}",
        "embroidery": f"kitu {_embroidery_swahili(wish.embroidery, thing)}",
        "words": f"“{_words_called(wish)}”",
        "name": f"“{clean(wish.name or '')}”",
    } | dict.fromkeys(("budget_min_minor", "budget_max_minor"), f"kitu {_budget(wish, voice)}")
    return listed(_chosen(wish, dropped, phrases), last="wala")


def _chosen(wish: Wish, dropped: Sequence[str], phrases: dict[str, str]) -> list[str]:
    said = [field for field in dropped if getattr(wish, field, None) is not None]
    return list(dict.fromkeys(phrases[field] for field in said if field in phrases))
