"""Defines the dialogue state: channels remembered between turns, and channels of one turn.

Remembered channels are plain JSON and small: messages, cart, order and stock live in their tables.
Untracked channels belong to one turn and are never stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, NotRequired, TypedDict, TypeVar

import structlog
from langgraph.channels import UntrackedValue
from pydantic import ValidationError

from dukani.agent.facts import Fact
from dukani.core.languages import Language
from dukani.core.store.wearers import Relation, WornBy
from dukani.domain.acts import Act
from dukani.domain.pieces import Focus, Option
from dukani.domain.questions import Question
from dukani.domain.resolution import Resolution
from dukani.domain.steps import Step
from dukani.graph.happenings import Happening
from dukani.graph.loop_guard import Loop
from dukani.graph.perceived import ToPerceive

log = structlog.get_logger()
_T = TypeVar("_T")

Task = Act | Happening  # what a turn still has to do

# Kinds of facts the customer is told even after "stop".
PAYMENT_RECEIPTS = ("payment_received", "payment_under_review")


class LastSearch(TypedDict):
    """The last search, which "more" and "in blue" continue."""

    wish: dict[str, Any]
    photo: dict[str, Any] | None  # the eye's analysis, vector as base64
    shown: list[str]  # product ids
    quantity: NotRequired[int | None]  # wanted of the piece that will be chosen
    ages: NotRequired[list[int]]  # of the children to be dressed, in years


class Quote(TypedDict):
    """The order as it was shown to the customer: a yes agrees to exactly this."""

    order_id: str | None  # set for an order that is placed and whose payment failed
    pieces: dict[str, list[int]]  # variant id → quantity, price of one
    delivery_minor: int | None
    total_minor: int
    phone: str  # the payer's M-Pesa number, E.164
    address: str


class CameBy(TypedDict):
    """The rule's message that she answered last: an order that comes of it has its code."""

    code: str
    at: str  # ISO


class WearerNow(TypedDict):
    """For whom what is wanted now is; kept for the day it was said (UTC)."""

    id: str
    relation: Relation
    name: str | None
    day: str  # ISO


class SizeWorn(TypedDict):
    """A size told of somebody: a wearer's id, "mine" of the customer, "theirs" of another."""

    who: str
    size: str
    category: str | None


class Memory(TypedDict, total=False):
    """The remembered channels, stored in the conversation's checkpoint."""

    step: Step
    step_before: Step | None  # the step to return to after a handoff
    language: Language
    introduced: bool
    lists: list[list[dict[str, Any]]]  # options as shown, the newest list first
    focus: dict[str, Any] | None  # the piece spoken of since the order was last changed
    search: LastSearch | None
    questions: list[dict[str, Any]]  # open questions; the last is the one asked now
    last_variant_id: str | None  # of the line changed last
    last_product_id: str | None  # of the piece spoken of last
    undo: list[list[Any]] | None  # [variant id, quantity] of each line before the last change
    wearer: WearerNow | None  # None: the customer herself
    children: dict[str, int]  # boys, girls, elder or younger → the age told of that child
    sizes_worn: list[SizeWorn]  # sizes told in this talk, the newest last
    left_out: list[dict[str, Any]]  # `LeftOut`s, oldest first
    shares: dict[str, list[list[Any]]]  # variant id → [wearer id, relation, name, units] of each
    undo_whose: dict[str, Any]  # variant id → whose each of those lines was
    checking_out: bool  # the customer wants to pay: each edit shows the total again
    address: dict[str, Any] | None
    offered_address: str | None  # the last order's address, offered for this one
    note: str | None
    without_effect: list[str]  # the customer's words that meant the order and changed nothing
    wishes_left: list[str]  # names of pieces wanted whose question was given up
    payment_phone: str | None
    quote: Quote | None  # shown by the last turn
    kept: list[dict[str, Any]]  # resolved edits made while a payment prompt is open
    kept_questions: list[dict[str, Any]]  # of ambiguous edits made meanwhile
    kept_words: list[str]  # the customer's own, for the shop if the prompt is paid
    kept_address: dict[str, Any] | None  # whose delivery fee differs from the prompt's
    order_id: str | None
    replaces: str | None  # id of the order that was reopened to be changed
    misunderstood: int  # turns in a row
    person_offered: bool  # the last reply asked whether a person shall answer
    reminded: bool  # of the way back to the assistant, since a person was called
    came_by: CameBy | None
    cross_sold: bool  # told once of a piece that is often bought with one of the cart
    loop: Loop | None  # recent turns without effect
    told_of_pause: str | None  # the pause (ISO time) of the shop of which the customer was told
    excused_at: float | None  # Unix seconds: last apology for an unknown kind of message
    last_said: list[str]  # fingerprints of the assistant's last replies


class State(Memory, total=False):
    """The state of a turn: the remembered channels, and channels of this turn only."""

    acts: Annotated[Sequence[Task], UntrackedValue]  # tasks still to be handled
    facts: Annotated[Sequence[Fact], UntrackedValue]  # content of the replies so far
    lacking: Annotated[ToPerceive | None, UntrackedValue]  # if set, the turn ends to be retried
    understanding: Annotated[dict[str, Any] | None, UntrackedValue]  # stored with the message
    agreed: Annotated[Quote | None, UntrackedValue]  # the quote a yes of this turn agrees to
    resolution: Annotated[Resolution | None, UntrackedValue]
    heard: Annotated[bool, UntrackedValue]  # the customer wrote and must be answered


MOST_LISTS = 3
MOST_QUESTIONS = 6
MOST_SIZES_WORN = 8
MOST_WITHOUT_EFFECT = 2


def tasks_without(state: State, task: Task) -> list[Task]:
    """The turn's tasks without `task`."""
    return [other for other in state.get("acts", ()) if other is not task]


def tasks_of(state: State, *kinds: type) -> list[Any]:
    return [task for task in state.get("acts", ()) if isinstance(task, kinds)]


def with_facts(state: State, *facts: Fact) -> list[Fact]:
    """The turn's facts followed by `facts`."""
    return [*state.get("facts", ()), *facts]


def wearer_in(state: State) -> WornBy | None:
    """The person for whom what is wanted now is; None: the customer herself."""
    now = state.get("wearer")
    if not now or now["day"] != datetime.now(UTC).date().isoformat():
        return None
    return WornBy(now["id"], now["relation"], now["name"])


def focus_in(state: State) -> Focus | None:
    focus = state.get("focus")
    return _parsed(Focus.model_validate, focus, "focus") if focus else None


def lists_in(state: State) -> tuple[tuple[Option, ...], ...]:
    shown = state.get("lists") or []
    return tuple(tuple(parse_all(Option.model_validate, one, what="option")) for one in shown)


def newest_list(state: State) -> tuple[Option, ...]:
    lists = lists_in(state)
    return lists[0] if lists else ()


def shown_last(state: State) -> tuple[str, ...]:
    """The product ids of the newest list, if nothing was asked about a piece since."""
    if state.get("step") != "products_found":
        return ()
    return tuple(option.product_id for option in newest_list(state))


def questions_in(state: State) -> list[Question]:
    return parse_all(Question.model_validate, state.get("questions") or [], what="question")


def parse_all(parse: Callable[[Any], _T], plain: Sequence[Any], *, what: str) -> list[_T]:
    """The remembered JSON values, each parsed; values that no longer validate are left out."""
    found = (_parsed(parse, one, what) for one in plain)
    return [one for one in found if one is not None]


def _parsed(parse: Callable[[Any], _T], plain: Any, what: str) -> _T | None:
    """The parsed value; None, with a log line, if an earlier version stored another shape.

    A customer can repeat a lost wish, but a turn that cannot parse its state would fail each time.
    """
    try:
        return parse(plain)
    except ValidationError as error:
        wrong = [".".join(map(str, part["loc"])) for part in error.errors(include_input=False)]
        log.warning("memory_forgotten", what=what, wrong=wrong)
        return None


def as_plain(models: Sequence[Any]) -> list[dict[str, Any]]:
    """Models as JSON for the state."""
    return [model.model_dump(mode="json", exclude_none=True) for model in models]


def with_list(state: State, options: Sequence[Option]) -> list[list[dict[str, Any]]]:
    """The remembered lists of options with a new one first, MOST_LISTS at most."""
    plain = [option.model_dump(mode="json") for option in options]
    return [plain, *(state.get("lists") or [])][:MOST_LISTS]
