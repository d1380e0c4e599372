"""Whether what was understood is what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dukani.agent.lexicon import canonical_category, canonical_colour, canonical_size
from dukani.evals.intents import kind_of, slot_of
from dukani.evals.utterance_file import Expected

Acts = Sequence[Mapping[str, Any]]

# Understood without having been said, these would change a cart, an order, consent or money,
# or call a person.
_CHANGES = frozenset({
    "select_option", "set_variant", "add_to_cart", "correction", "remove_item",
    "change_quantity", "clear_cart", "checkout", "provide_address", "affirm", "deny",
    "payment_retry", "payment_phone", "payment_done", "handoff", "opt_out", "opt_in",
    "start_over", "cancel",
})  # fmt: skip

# What may be understood beside an expected act: it says the same in other words.
_SAME_AS: dict[str, frozenset[str]] = {
    "correction": frozenset({"select_option", "set_variant", "deny"}),
    "select_option": frozenset({"add_to_cart"}),
    "set_variant": frozenset({"add_to_cart"}),
}

_VARIANT = ("size", "colour", "quantity")

_EDGES = re.compile(r"^[\s.,;:!?]+|[\s.,;:!?]+$")


def problems(expected: Expected, acts: Acts) -> list[str]:
    """Every way in which the understanding falls short; none when it is right."""
    kinds = [kind for act in acts for kind in _kinds(act)]
    wanted = {intent: kind_of(intent) for intent in expected.intent}
    strange = [name for name, kind in wanted.items() if kind is None]
    found = [f"the file's intent {name!r} is not known" for name in strange]
    known = [kind for kind in wanted.values() if kind is not None]
    found += [f"{kind} not understood" for kind in known if kind not in kinds]
    varied = any(slot_of(name) in _VARIANT for name in expected.slots)
    unsaid = _unsaid([*known, *(("set_variant",) if varied else ())], kinds)
    found += [f"{kind} understood, but not said" for kind in unsaid]
    found += [
        problem
        for name, value in expected.slots.items()
        if (problem := _slot_problem(name, value, acts)) is not None
    ]
    return found


def _kinds(act: Mapping[str, Any]) -> tuple[str, ...]:
    """What an act counts as.

    A question that is none of the shop's business is off topic too; "no, medium" and "the first,
    in white" also say the size and the colour.
    """
    kind = str(act["kind"])
    if kind == "ask_shop" and act.get("topic") == "other":
        return (kind, "unclear")
    if kind in ("correction", "select_option") and any(
        act.get(slot) is not None for slot in _VARIANT
    ):
        return (kind, "set_variant")
    return (kind,)


def _unsaid(wanted: Sequence[str], understood: Iterable[str]) -> list[str]:
    allowed = {*wanted, *(same for kind in wanted for same in _SAME_AS.get(kind, ()))}
    return [kind for kind in dict.fromkeys(understood) if kind in _CHANGES - allowed]


def _slot_problem(name: str, value: Any, acts: Acts) -> str | None:
    slot = slot_of(name)
    if slot is None:
        return f"the file's slot {name!r} is not known"
    given = [act[slot] for act in acts if act.get(slot) is not None]
    if value is None:
        return f"{slot} is {given[0]!r}, but was not said" if given else None
    if any(_same(slot, value, one) for one in given):
        return None
    came = " and ".join(repr(one) for one in given) or "nothing"
    return f"{slot} should be {value!r}, came {came}"


def _same(slot: str, expected: Any, given: Any) -> bool:
    if isinstance(expected, list):
        return any(_same(slot, one, given) for one in expected)
    return bool(_canonical(slot, expected) == _canonical(slot, given))


def _canonical(slot: str, value: Any) -> Any:
    """A value in the form in which two of them can be compared."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value) if slot not in ("size", "exclude_size", "phone") else f"{value:g}"
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
