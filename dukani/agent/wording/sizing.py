"""Writes the replies about size recommendations and their reasons."""

from __future__ import annotations

from dukani.agent.facts import SizeAdvised, SizeUnknown, Voice
from dukani.agent.wording.concord import COLOUR, NOUNS
from dukani.agent.wording.markup import bold, bold_listed, clean, example, join
from dukani.agent.wording.names import category_name, size_name, sizes_named
from dukani.agent.wording.registry import Said, words


@words(SizeAdvised, "en")
def size_advised_en(fact: SizeAdvised, _voice: Voice) -> Said:
    size = bold(size_name(fact.size, "en"))
    sure = "It should fit you well." if fact.confidence == "high" else "It will most likely fit."
    why = f"I'd go for size {size}: it's what you took in {_orders_en(fact)} with us."
    text = join(why, sure, _gone_en(fact, size))
    return Said(text, _ask_en(fact, size))


def _orders_en(fact: SizeAdvised) -> str:
    kind = category_name(fact.category, "en") if fact.category else ""
    if fact.orders == 1:
        return join("your last", kind, "order")
    return join(f"your last {fact.orders}", kind, "orders")


def _gone_en(fact: SizeAdvised, size: str) -> str:
    return f"But {size} is out of stock in this one." if fact.in_stock is False else ""


def _ask_en(fact: SizeAdvised, size: str) -> str:
    if fact.in_stock is None:
        return ""
    if fact.in_stock:
        return f"It's in stock: shall I take {size} for you? Reply *yes*, or another size."
    return "Would another size do? Reply e.g. *L*."


@words(SizeAdvised, "sw")
def size_advised_sw(fact: SizeAdvised, _voice: Voice) -> Said:
    size = bold(size_name(fact.size, "sw"))
    sure = "Itakutosha vizuri." if fact.confidence == "high" else "Nadhani itakutosha."
    why = f"Nakushauri saizi {size}: ndiyo uliyochukua kwenye {_orders_sw(fact)} kwetu."
    text = join(why, sure, _gone_sw(fact, size))
    return Said(text, _ask_sw(fact, size))


def _orders_sw(fact: SizeAdvised) -> str:
    many = fact.orders != 1
    orders = f"oda zako {fact.orders} zilizopita" if many else "oda yako iliyopita"
    if not fact.category:
        return orders
    noun = NOUNS.get(fact.category)
    name = clean(fact.category) if noun is None else noun.many if many else noun.one
    return f"{orders} {'za' if many else COLOUR.concord.of} {name}"


def _gone_sw(fact: SizeAdvised, size: str) -> str:
    return f"Lakini saizi {size} imeisha kwa hii." if fact.in_stock is False else ""


def _ask_sw(fact: SizeAdvised, size: str) -> str:
    if fact.in_stock is None:
        return ""
    if fact.in_stock:
        return f"Ipo: nikuchukulie {size}? Jibu *ndiyo*, au niambie saizi nyingine."
    return "Ungependa saizi nyingine? Jibu mfano *L*."


@words(SizeUnknown, "en")
def size_unknown_en(fact: SizeUnknown, _voice: Voice) -> str:
    sizes = sizes_named(fact.choices, "en")
    return join(
        "I don't know your size yet. What do you usually wear?",
        f"We have {bold_listed(sizes, last='and')}." if sizes else "",
        f"Reply e.g. {example(sizes, fallback='M')}.",
    )


@words(SizeUnknown, "sw")
def size_unknown_sw(fact: SizeUnknown, _voice: Voice) -> str:
    sizes = sizes_named(fact.choices, "sw")
    return join(
        "Bado sijajua saizi yako. Kwa kawaida unavaa saizi gani?",
        f"Zilizopo ni {bold_listed(sizes, last='na')}." if sizes else "",
        f"Jibu mfano {example(sizes, fallback='M')}.",
    )
