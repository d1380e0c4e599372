"""Reads questions about a piece: price, size, stock."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.groups import Group, groups
from dukani.agent.local_reader.edits.pieces import name_said, pointed_at
from dukani.agent.local_reader.edits.words import OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.told_words import verb_of, words_for
from dukani.domain import acts as a

OTHERS = frozenset(("others", "zingine", "mengine", "vingine"))
PIECE = ("option", "name", "colour", "category", "size")


# "anything below 4000?" searches for another piece, "naweza pata kwa 4000?" asks for a discount
OTHER_PIECES = word_set("questions", "other_pieces")

DIFFERENCE = word_set("questions", "difference")  # "tofauti", "compare"
COSTING = word_set("questions", "costing")
BOTH = word_set("questions", "both")
OF_TWO = frozenset(("two", "mbili", "both", "between", "kati"))
WHICH = word_set("questions", "which")
COMPARED = word_set("questions", "compared")  # "cheaper", "ghali"
OTHER_TIMES = word_set("questions", "other_times")  # "the price is different from the photo"

NUMBERED = frozenset(("namba", "nambari", "number", "no", "option", "hash", "#"))
WOULD_BE = re.compile(r"(?:i|zi|vi|u|li|ya|ki)ngeku(?:wa|a)")  # "zingekuwa nyeusi"
CUTS = frozenset((
    "slim", "regular", "loose", "skinny", "relaxed", "tailored", "classic", "straight", "super",
    "baggy", "oversize", "oversized", "body",
))  # fmt: skip
WONDERING = word_set("questions", "wondering")
FITTING = words_for("small") | words_for("large")
FITS = [verb_of(name, "ta") for name in ("small_verbs", "large_verbs", "right_verbs")]
SET_TO = word_set("questions", "set_to")


def piece_asked(message: Message, slots: Sequence[str] = PIECE) -> a.Target:
    """The piece asked about: the one said, or the one of the picture replied to."""
    said = message.slots.values(*slots)
    if (other := _other_than_ordered(message)) is not None:
        return a.Target(option=other)
    option = message.context.replied_to_option
    if option and "option" not in said:
        said["option"] = option
    if "name" not in said and (name := _named_by_cloth(message)):
        said["name"] = name
    return a.Target(**said)


def _other_than_ordered(message: Message) -> int | None:
    """The one piece shown of a kind of which another is ordered: "zile sandals zingine, bei?"."""
    if not message.says_any(OTHER | OTHERS) or not (message.tagged("@this") or message.says("the")):
        return None
    kinds = {find.value for find in message.slots.wanted("category")}
    ordered = {line.product_id for line in message.context.cart}
    of_kind = [option for option in message.context.options if option.category in kinds]
    left = [option.number for option in of_kind if option.product_id not in ordered]
    return left[0] if len(left) == 1 and len(of_kind) > 1 else None


def _named_by_cloth(message: Message) -> str | None:
    """The piece called by its kind and a cloth that its name has: "bei ya dera ya satin"."""
    told = [find for slot in ("category", "pattern") for find in message.slots.wanted(slot)]
    cloth = any(find.slot == "pattern" for find in told)
    ordered = tuple(sorted(told, key=lambda find: find.start))
    return name_said(message, Group(ordered, 0, 0)) if cloth else None


def price_question(message: Message) -> list[a.Act]:
    if message.has("ask_discount") and not looks_elsewhere(message):
        return [a.AskPrice(target=piece_asked(message), discount=True)]
    if _asks_of_the_other(message):
        return [a.AskPrice(target=a.Target(pointed="other"))]
    if several := _prices_of_several(message):
        return several
    if _totals_options(message) or (message.has("ask_price") and not _names_budget(message)):
        return [a.AskPrice(target=piece_asked(_of_one(message))), *_stock_too(message)]
    return []


def _of_one(message: Message) -> Message:
    """The message without a "one" that is no number of the list: "moja ni ngapi?"."""
    counted = [
        find
        for find in message.slots.wanted("option")
        if message.tokens[find.start].text in ("moja", "one")
        and not (find.start and message.tokens[find.start - 1].text in NUMBERED)
    ]
    return message.only(f for f in message.slots.finds if f not in counted) if counted else message


def _asks_of_the_other(message: Message) -> bool:
    """Whether one of two was priced and the other is asked for: "ghali, na hiyo ingine?"."""
    context = message.context
    one_of_two = len(context.options) == 2 and context.focus is not None
    return (
        one_of_two and message.asks and not message.slots.finds and pointed_at(message) == "other"
    )


def prices_compared(message: Message) -> list[a.Act]:
    """A price question for each piece shown where they are set against each other."""
    if not _compares_shown(message):
        return []
    shown = [option.number for option in message.context.options]
    return [a.AskPrice(target=a.Target(option=number)) for number in shown]


def _compares_shown(message: Message) -> bool:
    """Whether the pieces shown are set against each other: "tofauti ya bei", "which is cheaper".

    "Which one is cheaper?" alone is answered by the cheapest, as of three or more. Two pieces that
    are named are priced by their names.
    """
    shown = message.context.options
    named = any(f.slot in ("name", "category", "colour", "size") for f in message.slots.finds)
    if len(shown) < 2 or named or message.says_any(OTHER_TIMES):
        return False
    priced = message.has("ask_price", "cheaper", "cheapest", "dearest") or message.says_any(COSTING)
    if message.says_any(DIFFERENCE):
        return priced or message.says_any(BOTH)
    asked = message.says_any(WHICH) and message.says_any(OF_TWO)
    takes = message.tagged("~give", "~take", "~want", "~add")
    return len(shown) == 2 and asked and priced and message.says_any(COMPARED) and not takes


def _prices_of_several(message: Message) -> list[a.Act]:
    """A price question for each piece named: "how much are the heels and the belt"."""
    parts = [part for part in groups(message) if part.heads]
    if len(parts) < 2 or not message.has("ask_price") or _names_budget(message):
        return []
    return [a.AskPrice(target=piece_asked(message.only(part.finds))) for part in parts]


def _stock_too(message: Message) -> list[a.Act]:
    """The stock question beside a price question: "how much is it, and is it there in M?"."""
    sized = message.slots.wanted("size") and message.says("na", "and", "also", "pia", "je")
    return stock_question(message) if sized and message.has("ask_availability", "have") else []


def looks_elsewhere(message: Message) -> bool:
    """Whether a cheaper piece is wanted, not a discount: "too expensive, anything below 4000?"."""
    cheaper = bool(message.slots.budget) or message.has("cheaper")
    other = message.says_any(OTHER_PIECES) or message.has("show", "more_options")
    return cheaper and other


def _names_budget(message: Message) -> bool:
    """Whether the price word belongs to a budget: "bei isizidi 2500"."""
    return bool(message.slots.budget) and message.cues["ask_price"].length == 1


def _totals_options(message: Message) -> bool:
    """Whether the options' prices are asked for, with an empty cart: "how much for all three?"."""
    context = message.context
    return message.has("view_cart") and message.says("much", "ngapi") and not context.cart


def size_question(message: Message) -> list[a.Act]:
    sizes = message.slots.wanted("size")
    unsure = len(sizes) == 2 and message.asks and message.says("or", "au", "ama")  # "M ama L?"
    if not unsure and (not message.has("ask_size") or _enough(message) or _tells_size(message)):
        return []
    if not unsure and _names_a_cut(message):
        return []
    named = str(sizes[0].value) if len(sizes) == 1 and not unsure else None
    target = piece_asked(message, ("option", "name"))
    if target.says_nothing and (kinds := message.slots.wanted("category")):
        target = a.Target(category=str(kinds[0].value))
    if not target.says_nothing and (colours := message.slots.wanted("colour")):
        target = target.model_copy(update={"colour": str(colours[0].value)})
    return [a.AskSize(target=target, size=named)]


def _names_a_cut(message: Message) -> bool:
    """Whether "fit" only names how a piece is cut: "nataka shati la slim fit"."""
    texts = [token.text for token in message.tokens]
    fits = [at for at, text in enumerate(texts) if text in ("fit", "fitting", "fits")]
    cut = bool(fits) and all(at and texts[at - 1] in CUTS for at in fits)
    return cut and not message.asks


def wondered(message: Message) -> list[a.Act]:
    """The question in what is only wondered about or dreamt of, and no edit."""
    return _fit_question(message) or _only_dreamt_of(message)


def _fit_question(message: Message) -> list[a.Act]:
    """An AskSize of the size wondered about: "do you think 38 will be tight"."""
    texts = [token.text for token in message.tokens]
    opens = next((at for at, text in enumerate(texts) if text in WONDERING), None)
    if opens is None or message.tagged("~change", "~add", "~remove") or message.says_any(SET_TO):
        return []
    said = [find for find in message.slots.wanted("size") if find.start > opens]
    sizes = [find for find in said if texts[find.start] not in FITTING]  # "kubwa" is no size here
    behind = texts[sizes[0].end - 1 :] if len(sizes) == 1 else []
    if FITTING.isdisjoint(behind) and not any(
        one.fullmatch(text) for text in behind for one in FITS
    ):
        return []
    target = piece_asked(message, ("option", "name"))
    return [a.AskSize(target=target, size=str(sizes[0].value))]


def _only_dreamt_of(message: Message) -> list[a.Act]:
    """An AskStock of what a piece only might be: "I wish the heels were nude", "zingekuwa nude"."""
    texts = {token.text for token in message.tokens}
    wishes = "wish" in texts and not texts.isdisjoint(("were", "was", "had", "came"))
    dreamt = wishes or any(WOULD_BE.fullmatch(text) for text in texts)
    valued = message.slots.wanted("colour") or message.slots.wanted("size")
    if not dreamt or not valued or message.tagged("~change", "~add", "~remove", "~put"):
        return []
    return stock_question(message)


def _tells_size(message: Message) -> bool:
    """Whether a size is told, not asked for: "size yangu ni 12", "itanibana, iwe 39"."""
    marked = any(token.kind == "mark" for token in message.tokens) or message.says_any(SET_TO)
    return marked and bool(message.slots.wanted("size")) and not message.asks


def stock_question(message: Message) -> list[a.Act]:
    """A stock question about a shown piece: "is it there in M?"."""
    said = message.slots.values("colour", "size")
    aged = {} if "size" in said else message.slots.values("age")
    target = piece_asked(message, ("option", "name", "category"))
    return [a.AskStock(target=target, values=a.Values(**said, **aged))]


def _enough(message: Message) -> bool:
    """Whether "inatosha" means "that is all" (with a cart), not "it fits"."""
    context = message.context
    return message.has("checkout") and bool(context.cart) and context.step == "cart_updated"
