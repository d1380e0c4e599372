"""Scores an understanding: compares acts with the expected intents and slots."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dukani.agent.lexicon import canonical_category, canonical_colour, canonical_size
from dukani.domain import acts as a
from dukani.domain.pieces import Line
from dukani.evals.intents import alternatives, kind_of, slot_of
from dukani.evals.kind_resolved import Piece, kind_resolved
from dukani.evals.neutral import neutral
from dukani.evals.option_resolved import option_resolved
from dukani.evals.utterance_file import Expected

# False positives that count as errors: they change a cart, an order, consent or money, or call a
# person. A note does no harm and has no intent in files.
_CHANGES = (
    *a.EDITS, a.SetAddress, a.SetPayer, a.Confirm, a.Decline, a.Checkout, a.PayAgain, a.ClaimPaid,
    a.Cancel, a.Handoff, a.Complaint, a.OptOut, a.OptIn, a.StopPromotions,
    a.WantPromotions, a.StartOver,
)  # fmt: skip

# Intents that may come beside an expected one, as they mean the same.
_SAME_AS: dict[str, frozenset[str]] = {
    "correction": frozenset({"select_option", "set_variant", "deny"}),
    "select_option": frozenset({"add_to_cart"}),
    "set_variant": frozenset({"add_to_cart"}),
}

_VARIANT = ("size", "colour", "quantity")

# Slots that are text even where a file writes a number.
_WORDS = frozenset({"size", "exclude_size", "phone", "order_ref", "payment_ref"})

_EDGES = re.compile(r"^[\s.,;:!?]+|[\s.,;:!?]+$")


@dataclass(frozen=True, slots=True)
class ScoredAct:
    """An act with its neutral intents and slots."""

    act: a.Act
    kinds: Collection[str]
    slots: Mapping[str, Any]
    resolved: str | None = None  # the category of the piece it is about, not said in it
    place: int | None = None  # the number of the shown piece it names

    def given(self, slot: str) -> Any:
        """The value of a slot; the piece it names gives its category and its place in the list."""
        said = self.slots.get(slot)
        if said is None and slot in ("category", "option"):
            return self.resolved if slot == "category" else self.place
        return said

    @property
    def changes(self) -> bool:
        return isinstance(self.act, _CHANGES)


def problems(
    expected: Expected,
    acts: Sequence[a.Act],
    cart: Sequence[Line] = (),
    pieces: Sequence[Piece] = (),
    shown: Sequence[Piece] = (),
) -> list[str]:
    """The errors of an understanding; none when it is right.

    `cart` are the lines the customer sees, which give "one more" its quantity; `pieces` is what the
    shop sells, which gives a piece called by its name its category; `shown` the list she sees.
    """
    scored = [
        ScoredAct(
            act,
            *neutral(act, cart),
            kind_resolved(act, cart, pieces),
            option_resolved(act, shown),
        )
        for act in acts
    ]
    wanted = {intent: _kinds(intent) for intent in expected.intent}
    found = [f"the file's intent {name!r} is not known" for name in wanted if not wanted[name]]
    kinds = {kind for one in scored for kind in one.kinds}
    found += [
        f"{' or '.join(either)} not understood"
        for either in wanted.values()
        if either and not kinds.intersection(either)
    ]
    said = {kind for either in wanted.values() for kind in either}
    if any(slot_of(name) in _VARIANT for name in expected.slots):
        said.add("set_variant")
    found += _unsaid(said, scored)
    slots = [_slot_problem(name, value, scored) for name, value in expected.slots.items()]
    return found + [problem for problem in slots if problem is not None]


def _kinds(intent: str) -> tuple[str, ...]:
    """The neutral names of the alternatives in `intent`; none when all are unknown."""
    named = (kind_of(name) for name in alternatives(intent))
    return tuple(dict.fromkeys(kind for kind in named if kind is not None))


def _unsaid(said: set[str], scored: Sequence[ScoredAct]) -> list[str]:
    allowed = said.union(*(_SAME_AS.get(kind, ()) for kind in said))
    wrong = (one.act.kind for one in scored if one.changes and allowed.isdisjoint(one.kinds))
    return [f"{kind} understood, but not said" for kind in dict.fromkeys(wrong)]


def _slot_problem(name: str, value: Any, scored: Sequence[ScoredAct]) -> str | None:
    slot = slot_of(name)
    if slot is None:
        return f"the file's slot {name!r} is not known"
    if value is None:
        told = [one.slots[slot] for one in scored if one.slots.get(slot) is not None]
        return f"{slot} is {told[0]!r}, but was not said" if told else None
    given = [one.given(slot) for one in scored if one.given(slot) is not None]
    if any(_same(slot, value, one) for one in given):
        return None
    came = " and ".join(repr(one) for one in given) or "nothing"
    return f"{slot} should be {value!r}, came {came}"


def _same(slot: str, expected: Any, given: Any) -> bool:
    """Whether any value that the file allows equals any value understood."""
    if isinstance(expected, list):
        return any(_same(slot, one, given) for one in expected)
    if isinstance(given, list | tuple):
        return any(_same(slot, expected, one) for one in given)
    return bool(_canonical(slot, expected) == _canonical(slot, given))


def _canonical(slot: str, value: Any) -> Any:
    """A value in a normal form, for comparisons."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value) if slot not in _WORDS else f"{value:g}"
    text = _EDGES.sub("", " ".join(str(value).split()).lower())
    match slot:
        case "colour" | "exclude_colour":
            return canonical_colour(text) or text
        case "category":
            return canonical_category(text) or text
        case "size" | "exclude_size":
            return (canonical_size(text) or text).lower()
        case "phone":
            return re.sub(r"\D", "", text)[-9:]
        case "order_ref" | "payment_ref":
            return re.sub(r"[^a-z0-9]", "", text)
        case "option" | "quantity" | "budget_min" | "budget_max":
            return _number(text)
        case "embroidery":
            return text in ("true", "yes", "1")
    return text


def _number(text: str) -> float | str:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text
