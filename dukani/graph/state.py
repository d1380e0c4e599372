"""What a conversation remembers from turn to turn, and what a turn works on.

Small on purpose: messages, cart, order and stock live in their tables. Everything is plain
JSON data, so what was remembered last year still opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired, TypedDict, cast

from dukani.agent.acts import Act, Step

# Acts that do not come from a reader: what the nodes and other events bring in.
InternalKind = Literal[
    "look", "unheard", "payment_result", "staff_message", "hand_back", "timer",
]  # fmt: skip

Question = Literal[
    "colour", "size", "quantity", "category", "take_it", "last_address", "payment_phone", "which",
]  # fmt: skip

# What she is told even after "stop": that her money came in, and what became of it.
ABOUT_HER_MONEY = ("payment_received", "payment_under_review")

QueuedAct = dict[str, Any]  # an act as plain data: {"kind": …, slots…}


class Focus(TypedDict):
    """The piece under discussion; None: still open."""

    product_id: str
    sku: str
    name: str
    category: str
    colour: str | None
    size: str | None
    quantity: int | None
    asked_size: NotRequired[str | None]  # sold out in the colour she wanted it in


class LastSearch(TypedDict):
    """What was looked for, so that "more" and "in blue" can go on from it."""

    wish: dict[str, Any]
    photo: dict[str, Any] | None  # the eye's sight, vector as base64
    shown: list[str]  # product ids
    quantity: NotRequired[int | None]  # how many she wants of the one she will choose


class Quote(TypedDict):
    """The order as it was shown: her yes is to this, and to nothing that came after."""

    total_minor: int
    pieces: dict[str, list[int]]  # variant id → quantity, price of one
    phone: str  # whose M-Pesa pays


class Memory(TypedDict, total=False):
    """What one turn leaves to the next."""

    step: Step
    step_before: Step | None  # where to go on after a person had taken over
    language: Literal["en", "sw"]
    introduced: bool
    options: list[dict[str, Any]]  # facts.Option, as last shown
    focus: Focus | None
    search: LastSearch | None
    question: Question | None
    last_variant_id: str | None  # last put in the cart: what a correction changes
    address: dict[str, Any] | None
    payment_phone: str | None
    quote: Quote | None  # what she was shown before her yes
    order_id: str | None
    misunderstood: int
    later: list[QueuedAct]  # said, but waiting for an answer first


class State(Memory, total=False):
    """What a turn works on: what is remembered, and what is of this turn only."""

    acts: list[QueuedAct]
    facts: list[dict[str, Any]]
    understanding: dict[str, Any]  # what was heard, for the record


def joined(state: State, news: State) -> State:
    """The state with what a node brought, as a new one: nodes never change what they are given."""
    return cast(State, {**state, **news})


# One channel of the engine's for all of it: it goes through every one of its channels several
# times a step, and with one for each key that was a tenth of its work.
WholeState = Annotated[State, joined]


def begun_with(memory: Mapping[str, Any]) -> State:
    """A turn at its beginning: what is remembered, and nothing heard or said yet."""
    return cast(State, {**as_remembered(memory), "acts": [], "facts": []})


def as_remembered(values: Mapping[str, Any]) -> Memory:
    """Of these values what is remembered; what no version knows any more falls away."""
    known = Memory.__optional_keys__
    return cast(Memory, {key: value for key, value in values.items() if key in known})


def as_queued(act: Act) -> QueuedAct:
    """An act as the queue of acts holds it."""
    return {"kind": act.kind, **act.slots()}


def said(state: State, fact: Any) -> list[dict[str, Any]]:
    """The turn's facts with one more."""
    return [*state.get("facts", []), fact.model_dump(mode="json")]


def rest(state: State) -> list[QueuedAct]:
    """The acts after the one being worked on."""
    return state.get("acts", [])[1:]


def current(state: State) -> QueuedAct:
    """The act being worked on."""
    return state["acts"][0]
