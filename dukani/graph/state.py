"""What a conversation remembers from turn to turn, and what a turn works on.

Remembered channels are plain JSON and small: messages, cart, order and stock live in their tables.
Untracked channels are of one turn only and are never stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, NotRequired, TypedDict, TypeVar

import structlog
from langgraph.channels import UntrackedValue
from pydantic import ValidationError

from dukani.agent.facts import Fact
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

# What she is told even after "stop": that her money came in, and what became of it.
ABOUT_HER_MONEY = ("payment_received", "payment_under_review")


class LastSearch(TypedDict):
    """What was looked for, so that "more" and "in blue" can go on from it."""

    wish: dict[str, Any]
    photo: dict[str, Any] | None  # the eye's analysis, vector as base64
    shown: list[str]  # product ids
    quantity: NotRequired[int | None]  # how many are wanted of the one that will be chosen
    ages: NotRequired[list[int]]  # years of the children it is for


class Quote(TypedDict):
    """The order as it was shown: a yes is to this, and to nothing that came after."""

    order_id: str | None  # of an order placed already, whose payment failed
    pieces: dict[str, list[int]]  # variant id → quantity, price of one
    delivery_minor: int | None
    total_minor: int
    phone: str  # whose M-Pesa pays
    address: str


class Memory(TypedDict, total=False):
    """What one turn leaves to the next."""

    step: Step
    step_before: Step | None  # where to go on after a person had taken over
    language: Literal["en", "sw"]
    introduced: bool
    lists: list[list[dict[str, Any]]]  # options as shown, the newest list first
    focus: dict[str, Any] | None  # the piece spoken of since the order was last changed
    search: LastSearch | None
    questions: list[dict[str, Any]]  # open ones; the last is the one asked now
    last_variant_id: str | None  # of the line changed last
    last_product_id: str | None  # of the piece spoken of last
    undo: list[list[Any]] | None  # variant id, quantity: the lines before they were last changed
    checking_out: bool  # she wants to pay: an edit shows the total again
    address: dict[str, Any] | None
    offered_address: str | None  # of the last order, offered again
    note: str | None
    payment_phone: str | None
    quote: Quote | None  # shown by the last turn
    kept: list[dict[str, Any]]  # edits said while a prompt is out, pinned as they were meant
    kept_questions: list[dict[str, Any]]  # of those that were ambiguous
    kept_words: list[str]  # the customer's own, for the shop if the prompt is paid
    kept_address: dict[str, Any] | None  # with another fee than the prompt's
    order_id: str | None
    replaces: str | None  # the order that was reopened to be changed
    misunderstood: int
    loop: Loop | None  # turns of hers that came to nothing
    excused_at: float | None  # Unix seconds: told that a kind nobody knows cannot be opened
    last_said: list[str]  # marks of the assistant's last replies: never the same twice running


class State(Memory, total=False):
    """What a turn works on: what is remembered, and what is of this turn only."""

    acts: Annotated[Sequence[Task], UntrackedValue]
    facts: Annotated[Sequence[Fact], UntrackedValue]
    lacking: Annotated[ToPerceive | None, UntrackedValue]  # the turn is left, and begun again
    understanding: Annotated[dict[str, Any] | None, UntrackedValue]  # for the record
    agreed: Annotated[Quote | None, UntrackedValue]  # what the words of this turn may say yes to
    resolution: Annotated[Resolution | None, UntrackedValue]
    heard: Annotated[bool, UntrackedValue]  # the customer wrote, and is to be answered


MOST_LISTS = 3
MOST_QUESTIONS = 6


def rest(state: State, task: Task) -> list[Task]:
    """The turn's tasks without the one worked on."""
    return [other for other in state.get("acts", ()) if other is not task]


def tasks_of(state: State, *kinds: type) -> list[Any]:
    return [task for task in state.get("acts", ()) if isinstance(task, kinds)]


def said(state: State, *facts: Fact) -> list[Fact]:
    """The turn's facts with more."""
    return [*state.get("facts", ()), *facts]


def focus_in(state: State) -> Focus | None:
    focus = state.get("focus")
    return _opened(Focus.model_validate, focus, "focus") if focus else None


def lists_in(state: State) -> tuple[tuple[Option, ...], ...]:
    shown = state.get("lists") or []
    return tuple(tuple(all_opened(Option.model_validate, one, what="option")) for one in shown)


def newest_list(state: State) -> tuple[Option, ...]:
    lists = lists_in(state)
    return lists[0] if lists else ()


def questions_in(state: State) -> list[Question]:
    return all_opened(Question.model_validate, state.get("questions") or [], what="question")


def all_opened(opens: Callable[[Any], _T], plain: Sequence[Any], *, what: str) -> list[_T]:
    """What was remembered, each as `opens` has it, without what no longer fits."""
    found = (_opened(opens, one, what) for one in plain)
    return [one for one in found if one is not None]


def _opened(opens: Callable[[Any], _T], plain: Any, what: str) -> _T | None:
    """None, with a log line, for what a version before remembered in another shape.

    A wish that is lost can be said again; a turn that fails fails each time.
    """
    try:
        return opens(plain)
    except ValidationError as error:
        wrong = [".".join(map(str, part["loc"])) for part in error.errors(include_input=False)]
        log.warning("memory_forgotten", what=what, wrong=wrong)
        return None


def as_plain(models: Sequence[Any]) -> list[dict[str, Any]]:
    """Models as the state remembers them."""
    return [model.model_dump(mode="json", exclude_none=True) for model in models]


def with_list(state: State, options: Sequence[Option]) -> list[list[dict[str, Any]]]:
    """The remembered lists with a new one first."""
    plain = [option.model_dump(mode="json") for option in options]
    return [plain, *(state.get("lists") or [])][:MOST_LISTS]
