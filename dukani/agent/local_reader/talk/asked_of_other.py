"""Reads a question of the other of two pieces, or of both: "na hiyo ingine?", "both in M?".

The two are those of the list shown, else the two lines of the order. The price of the other is
told with its colours and sizes, so a bare "and the other one?" asks for it, whatever was asked
before.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.agent.lexicon.tokens import STOP
from dukani.agent.lexicon.wordsets import word_set
from dukani.agent.local_reader.edits.pieces import scope_said
from dukani.agent.local_reader.edits.words import OTHER
from dukani.agent.local_reader.parsing.message import Message
from dukani.agent.local_reader.talk.only_said import says_only
from dukani.domain import acts as a
from dukani.domain.context import TurnContext

OTHERS = frozenset(("others", "zingine", "mengine", "vingine"))
BESIDE = word_set("questions", "beside_the_other")  # "and", "what about", "je"
BESIDE_TAGS = ("@this", "@stopword", "@hello", "@ok", "@number")
HOW_MUCH = word_set("questions", "how_much")
COMES_IN = word_set("shopping", "what_it_comes_in")
WISHING = (
    "~want", "~give", "~add", "~put", "~take", "~buy", "~change", "~remove", "~bring",
    "~get",
)  # fmt: skip
VALUES = frozenset(("colour", "size"))


def asked_of_the_other(message: Message) -> list[a.Act]:
    """An AskPrice or AskStock of the other piece, or one of each where both are asked about."""
    part = _last_sentence(message)
    two = _the_two(message.context)
    if part is None or not two or part.tagged(*WISHING):
        return []
    if not {find.slot for find in part.slots.finds} <= VALUES:
        return []
    others = [at for at in range(1, len(part.tokens)) if _points_at_other(part, at)]
    if len(others) == 1 and (known := _spoken_of(message.context, two)) is not None:
        this, other = two[known], two[1 - known]
        both = _points_at_this_too(part, others[0])
        return _asked(part, (this, other) if both else (other,), bare=_is_bare(part))
    if others or scope_said(part) != "both":
        return []
    asked = _asked(part, two, bare=False)
    if not any(isinstance(act, a.AskPrice) for act in asked):
        return asked
    if two[0].line is not None:
        return [a.ViewOrder()]
    spoken_of = message.context.focus is not None or bool(message.context.cart)
    return asked if spoken_of and not _sums_the_order(message.context) else []


def _last_sentence(message: Message) -> Message | None:
    """The last sentence; None where those before it tell of a piece or wish something."""
    stops = [at + 1 for at, token in enumerate(message.tokens[:-1]) if token.pause == STOP]
    if not stops:
        return message
    before = message.clause(0, stops[-1])
    told = before.slots.finds or before.tagged(*WISHING, "~pay", "~cancel") or before.asks
    return None if told else message.clause(stops[-1], len(message.tokens))


def _the_two(context: TurnContext) -> tuple[a.Target, ...]:
    """The two pieces of the list, else the two lines of the order."""
    if len(context.options) == 2:
        return tuple(a.Target(option=option.number) for option in context.options)
    if len(context.cart) == 2 and (len(context.options) < 2 or context.step == "cart_updated"):
        return tuple(a.Target(line=line.number) for line in context.cart)
    return ()


def _spoken_of(context: TurnContext, two: Sequence[a.Target]) -> int | None:
    """Which of the two is spoken of: the one in focus, else the one that is ordered."""
    if two[0].line is not None:
        return _line_spoken_of(context)
    ids = [option.product_id for option in context.options]
    if context.focus is not None and context.focus.product_id in ids:
        return ids.index(context.focus.product_id)
    ordered = [at for at, id_ in enumerate(ids) if id_ in {x.product_id for x in context.cart}]
    return ordered[0] if len(ordered) == 1 else None


def _line_spoken_of(context: TurnContext) -> int | None:
    """Which of the two lines has the piece in focus, else was changed last."""
    lines, focus = context.cart, context.focus
    if focus is not None:
        said = [at for at, line in enumerate(lines) if line.product_id == focus.product_id]
    else:
        said = [at for at, line in enumerate(lines) if line.number == context.last_line]
    return said[0] if len(said) == 1 else None


def _points_at_other(part: Message, at: int) -> bool:
    """Whether "the other one", "ile nyingine", "hivyo vingine" stands here."""
    before = part.tokens[at - 1]
    pointing = before.text == "the" or "@this" in before.tags
    return part.tokens[at].text in OTHER | OTHERS and pointing


def _points_at_this_too(part: Message, other: int) -> bool:
    """Whether the piece spoken of is asked about as well: "hii ni how much na hiyo ingine"."""
    places = range(len(part.tokens))
    return any("@this" in part.tokens[at].tags and at != other - 1 for at in places)


def _is_bare(part: Message) -> bool:
    return part.asks and says_only(part, BESIDE | OTHER | OTHERS, BESIDE_TAGS)


def _asked(part: Message, targets: Sequence[a.Target], *, bare: bool) -> list[a.Act]:
    """The same question of each target; nothing where none is asked."""
    if part.has("ask_discount", "cheaper", "cheapest", "dearest", "ask_size"):
        return []
    priced = part.has("ask_price") or part.says_any(HOW_MUCH)
    said = part.slots.values("colour", "size")
    if bare or (priced and not said):
        return [a.AskPrice(target=target) for target in targets]
    there = part.has("ask_availability", "have") or part.says_any(COMES_IN) or bool(said)
    if not there or not (part.asks or part.has("ask_availability")):
        return []
    return [a.AskStock(target=target, values=a.Values(**said)) for target in targets]


def _sums_the_order(context: TurnContext) -> bool:
    """Whether "both" are the two pieces ordered, of which the order tells the sum."""
    ordered = len(context.cart) == 2 or sum(line.quantity for line in context.cart) == 2
    return ordered and context.focus is None
