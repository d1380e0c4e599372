"""Writes the replies about sizes: what is advised and why, what was noted, what is converted."""

from __future__ import annotations

from dukani.agent.facts import (
    FitOfWhat,
    SizeAdvised,
    SizeConverted,
    SizeNoted,
    SizeUnknown,
    Voice,
)
from dukani.agent.wording.markup import bold, bold_listed, clean, example, join
from dukani.agent.wording.names import category_name, size_name, sizes_named
from dukani.agent.wording.registry import Said, words
from dukani.agent.wording.relations import person
from dukani.agent.wording.size_reasons import (
    MEASURES_EN,
    MEASURES_SW,
    centimetres,
    reasons_en,
    reasons_sw,
)
from dukani.core.store.wearers import WornBy
from dukani.domain.acts import Language

_SURE_EN = {
    "high": "It should fit {whom} well.", "medium": "It will most likely fit.",
    "low": "I'm not sure of it, though.",
}  # fmt: skip
_SURE_SW = {
    "high": "{Itakutosha} vizuri.", "medium": "Nadhani {itakutosha}.",
    "low": "Lakini sina hakika sana.",
}  # fmt: skip


# ── advised ─────────────────────────────────────────────────────────────────


def _who(worn_by: WornBy, language: Language) -> str:
    return person(worn_by.relation, worn_by.name, language)


@words(SizeAdvised, "en")
def size_advised_en(fact: SizeAdvised, _voice: Voice) -> Said:
    size = size_name(fact.size, "en")
    why = reasons_en(fact.rests_on, size, for_her=fact.worn_by is None)
    sure = _SURE_EN[fact.confidence].format(whom="you" if fact.worn_by is None else "them")
    text = join(_verdict_en(fact, size) + why + ".", _beside_en(fact, size), sure, _gone_en(fact))
    return Said(text, _ask_en(fact, bold(size)))


def _verdict_en(fact: SizeAdvised, size: str) -> str:
    asked = bold(size_name(fact.asked or "", "en"))
    whom = f" for {_who(fact.worn_by, 'en')}" if fact.worn_by else ""
    match fact.asked_is:
        case "same":
            return f"Yes, {asked} is the size I'd go for{whom}: "
        case "beside":
            return f"{asked} may fit too, but I'd go for {bold(size)}{whom}: "
        case "too_small" | "too_large":
            away = "small" if fact.asked_is == "too_small" else "big"
            return f"{asked} may be too {away}. I'd go for size {bold(size)}{whom}: "
    return f"I'd go for size {bold(size)}{whom}: "


def _beside_en(fact: SizeAdvised, size: str) -> str:
    if fact.beside is None or fact.asked_is == "beside":
        return ""
    return f"It's close between {bold(size)} and {bold(size_name(fact.beside, 'en'))}."


def _gone_en(fact: SizeAdvised) -> str:
    if fact.in_stock is not False:
        return ""
    others = sizes_named(fact.others, "en")
    gone = f"But {bold(size_name(fact.size, 'en'))} is out of stock in this one."
    return join(gone, f"We have {bold_listed(others, last='and')}." if others else "")


def _ask_en(fact: SizeAdvised, size: str) -> str:
    if fact.in_stock is None:
        return ""
    if fact.in_stock:
        return f"It's in stock: shall I take {size} for you? Reply *yes*, or another size."
    others = sizes_named(fact.others, "en")
    return f"Would another size do? Reply e.g. {example(others, fallback='L')}."


@words(SizeAdvised, "sw")
def size_advised_sw(fact: SizeAdvised, _voice: Voice) -> Said:
    size = size_name(fact.size, "sw")
    why = reasons_sw(fact.rests_on, size, for_her=fact.worn_by is None)
    fits = "itakutosha" if fact.worn_by is None else "itatosha"
    sure = _SURE_SW[fact.confidence].format(itakutosha=fits, Itakutosha=fits.capitalize())
    text = join(_verdict_sw(fact, size) + why + ".", _beside_sw(fact, size), sure, _gone_sw(fact))
    return Said(text, _ask_sw(fact, bold(size)))


def _verdict_sw(fact: SizeAdvised, size: str) -> str:
    asked = bold(size_name(fact.asked or "", "sw"))
    whom = f" kwa {_who(fact.worn_by, 'sw')}" if fact.worn_by else ""
    match fact.asked_is:
        case "same":
            return f"Ndiyo, {asked} ndiyo saizi ninayoshauri{whom}: "
        case "beside":
            return f"{asked} inaweza kutosha pia, lakini nashauri {bold(size)}{whom}: "
        case "too_small" | "too_large":
            away = "ndogo" if fact.asked_is == "too_small" else "kubwa"
            return f"{asked} huenda ikawa {away}. Nashauri saizi {bold(size)}{whom}: "
    return f"Nakushauri saizi {bold(size)}{whom}: "


def _beside_sw(fact: SizeAdvised, size: str) -> str:
    if fact.beside is None or fact.asked_is == "beside":
        return ""
    return f"Ni kati ya {bold(size)} na {bold(size_name(fact.beside, 'sw'))}."


def _gone_sw(fact: SizeAdvised) -> str:
    if fact.in_stock is not False:
        return ""
    others = sizes_named(fact.others, "sw")
    gone = f"Lakini saizi {bold(size_name(fact.size, 'sw'))} imeisha kwa hii."
    return join(gone, f"Zilizopo ni {bold_listed(others, last='na')}." if others else "")


def _ask_sw(fact: SizeAdvised, size: str) -> str:
    if fact.in_stock is None:
        return ""
    if fact.in_stock:
        return f"Ipo: nikuchukulie {size}? Jibu *ndiyo*, au niambie saizi nyingine."
    others = sizes_named(fact.others, "sw")
    return f"Ungependa saizi nyingine? Jibu mfano {example(others, fallback='L')}."


# ── not known ───────────────────────────────────────────────────────────────


@words(SizeUnknown, "en")
def size_unknown_en(fact: SizeUnknown, _voice: Voice) -> str:
    sizes = sizes_named(fact.choices, "en")
    if fact.worn_by is None:
        ask = "I don't know your size yet. What do you usually wear?"
    else:
        whose = f"{_who(fact.worn_by, 'en')}'s"
        ask = f"I don't know {whose} size yet. What size is usually worn?"
    return join(
        ask,
        f"We have {bold_listed(sizes, last='and')}." if sizes else "",
        f"Reply e.g. {example(sizes, fallback='M')}, or measures such as *bust 92, waist 74*.",
    )


@words(SizeUnknown, "sw")
def size_unknown_sw(fact: SizeUnknown, _voice: Voice) -> str:
    sizes = sizes_named(fact.choices, "sw")
    if fact.worn_by is None:
        ask = "Bado sijajua saizi yako. Kwa kawaida unavaa saizi gani?"
    else:
        whose = f"ya {_who(fact.worn_by, 'sw')}"
        ask = f"Bado sijajua saizi {whose}. Kwa kawaida anavaa saizi gani?"
    return join(
        ask,
        f"Zilizopo ni {bold_listed(sizes, last='na')}." if sizes else "",
        f"Jibu mfano {example(sizes, fallback='M')}, au vipimo kama *kifua 92, kiuno 74*.",
    )


# ── noted ───────────────────────────────────────────────────────────────────


@words(SizeNoted, "en")
def size_noted_en(fact: SizeNoted, _voice: Voice) -> Said:
    hint = "What would you like to see? Write e.g. *show me dresses*."
    if fact.measures:
        told = ", ".join(f"{MEASURES_EN[m.measure]} {centimetres(m.cm)}" for m in fact.measures)
        return Said(f"Noted: {told}. I'll use it when I advise a size.", hint)
    size = bold(size_name(fact.size, "en")) if fact.size else ""
    kind = category_name(fact.category, "en") if fact.category else ""
    if fact.fit is None:
        return Said(join("Noted, size", size, f"for {kind}" if kind else "") + ".", hint)
    of = join("the", size, kind) if size or kind else "it"
    if fact.fit == "right":
        return Said(f"Good to hear that {of} fit well. I'll remember it.", hint)
    was = "too tight" if fact.fit == "too_small" else "too big"
    other = "bigger" if fact.fit == "too_small" else "smaller"
    return Said(f"Thank you for telling me: {of} was {was}. I'll advise a {other} size.", hint)


@words(SizeNoted, "sw")
def size_noted_sw(fact: SizeNoted, _voice: Voice) -> Said:
    hint = "Ungependa kuona nini? Andika mfano *nionyeshe magauni*."
    if fact.measures:
        told = ", ".join(f"{MEASURES_SW[m.measure]} {centimetres(m.cm)}" for m in fact.measures)
        return Said(f"Nimeandika: {told}. Nitatumia nikikushauri saizi.", hint)
    size = bold(size_name(fact.size, "sw")) if fact.size else ""
    if fact.fit is None:
        kind = f"kwa {category_name(fact.category, 'sw')}" if fact.category else ""
        return Said(join("Nimeandika, saizi", size, kind) + ".", hint)
    of = join("saizi", size) if size else "hiyo"
    if fact.fit == "right":
        return Said(f"Vizuri kusikia kwamba {of} ilitosha. Nitakumbuka.", hint)
    was = "ilibana" if fact.fit == "too_small" else "ilikuwa kubwa"
    other = "kubwa zaidi" if fact.fit == "too_small" else "ndogo zaidi"
    return Said(f"Asante kwa kuniambia: {of} {was}. Nitakushauri saizi {other}.", hint)


@words(FitOfWhat, "en")
def fit_of_what_en(_fact: FitOfWhat, _voice: Voice) -> str:
    return "Sorry about that. Which size was it? Reply e.g. *the M was too tight*."


@words(FitOfWhat, "sw")
def fit_of_what_sw(_fact: FitOfWhat, _voice: Voice) -> str:
    return "Pole kwa hilo. Ilikuwa saizi gani? Jibu mfano *M ilinibana*."


# ── converted ───────────────────────────────────────────────────────────────


@words(SizeConverted, "en")
def size_converted_en(fact: SizeConverted, _voice: Voice) -> str:
    said, size = _said(fact.said, "en"), bold(size_name(fact.size, "en"))
    chart = " by our size chart" if fact.shop_chart else ""
    beside = f" (or {bold(size_name(fact.beside, 'en'))})" if fact.beside else ""
    gone = "" if fact.in_stock else f"But {size} is out of stock in this one."
    return join(
        f"{clean(fact.name)} comes in other sizes: {said} is our {size}{beside}{chart}.", gone
    )


@words(SizeConverted, "sw")
def size_converted_sw(fact: SizeConverted, _voice: Voice) -> str:
    said, size = _said(fact.said, "sw"), bold(size_name(fact.size, "sw"))
    chart = " kwa chati yetu ya saizi" if fact.shop_chart else ""
    beside = f" (au {bold(size_name(fact.beside, 'sw'))})" if fact.beside else ""
    gone = "" if fact.in_stock else f"Lakini {size} imeisha kwa hii."
    return join(
        f"{clean(fact.name)} ina saizi nyingine: {said} ni {size} yetu{beside}{chart}.", gone
    )


def _said(said: str, language: str) -> str:
    """ "size 14" for a number alone, "UK 14" as it is."""
    named = size_name(said, "en")
    word = "saizi" if language == "sw" else "size"
    return bold(f"{word} {named}" if named[:1].isdigit() else named)
