"""Which line of a statement is which money of the shop: by receipt, else alike in everything.

Nothing is guessed: where two things or two lines are equally alike, a person chooses.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from dukani.core.store.statement_matches import Match, OpenLine, Thing, ThingKind
from dukani.core.store.statements import LineKind
from dukani.domain.statement_lines import same_phone

# A prompt is answered within minutes; a sale may be written down at the end of the day.
WINDOW: dict[ThingKind, timedelta] = {
    "payment": timedelta(hours=6),
    "sale": timedelta(hours=12),
    "refund": timedelta(hours=12),
    "order": timedelta(hours=48),
    "debt_payment": timedelta(hours=12),
}


def match(
    lines: Sequence[OpenLine], things: Sequence[Thing], reversible: Sequence[Thing] = ()
) -> list[Match]:
    """`things` have no line yet; `reversible` are all that a reversal may take back.

    The result does not depend on the order of either.
    """
    known = _by_receipt(lines, things)
    taken = {found.line.id for found in known} | {found.thing.id for found in known}
    rest = [line for line in lines if line.id not in taken]
    free = [one for one in things if one.id not in taken and one.receipt is None]
    return [*known, *_alike(rest, free), *_reversals(rest, reversible)]


def candidates(line: OpenLine, things: Iterable[Thing]) -> list[Thing]:
    """What a person may choose from, the most likely first: the amount is the same."""
    fitting = [
        one
        for one in things
        if line.kind == "paid_in"
        and one.kind in ("payment", "sale", "order", "debt_payment")
        and one.amount_minor == line.amount_minor
        and one.receipt in (None, line.receipt)
        and abs(one.at - line.at) <= WINDOW["order"]
    ]
    return sorted(
        fitting, key=lambda it: (not same_phone(line.phone, it.phone), abs(it.at - line.at), it.id)
    )


def _by_receipt(lines: Sequence[OpenLine], things: Sequence[Thing]) -> list[Match]:
    of_receipt: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for one in things:
        if one.receipt:
            of_receipt[_direction(one), one.receipt.upper()].append(one)
    lines_of: dict[tuple[str, str], list[OpenLine]] = defaultdict(list)
    for line in lines:
        lines_of[line.kind, line.receipt].append(line)
    return [
        Match(same[0], of_receipt[key][0], "receipt")
        for key, same in lines_of.items()
        if len(same) == 1 and len(of_receipt.get(key, ())) == 1
    ]


def _direction(thing: Thing) -> LineKind:
    return "paid_out" if thing.kind == "refund" else "paid_in"


def _alike(lines: Sequence[OpenLine], things: Sequence[Thing]) -> list[Match]:
    """Pairs of which neither is like any other."""
    of_line: dict[str, list[Thing]] = defaultdict(list)
    of_thing: dict[str, list[OpenLine]] = defaultdict(list)
    for line in lines:
        for one in things:
            if _is_alike(line, one):
                of_line[line.id].append(one)
                of_thing[one.id].append(line)
    return [
        Match(line, of_line[line.id][0], "alike")
        for line in lines
        if len(of_line[line.id]) == 1
        and len(of_thing[of_line[line.id][0].id]) == 1
        and of_line[line.id][0].is_settled
    ]


def _is_alike(line: OpenLine, thing: Thing) -> bool:
    return (
        line.kind == _direction(thing)
        and line.amount_minor == thing.amount_minor
        and abs(line.at - thing.at) <= WINDOW[thing.kind]
        and same_phone(line.phone, thing.phone)
    )


def _reversals(lines: Sequence[OpenLine], reversible: Sequence[Thing]) -> list[Match]:
    of_receipt: dict[str, list[Thing]] = defaultdict(list)
    for one in reversible:
        if one.receipt:
            of_receipt[one.receipt.upper()].append(one)
    found: dict[str, list[Match]] = defaultdict(list)
    for line in lines:
        taken_back = of_receipt.get(line.original or "", [])
        if line.kind == "reversal" and len(taken_back) == 1:
            found[taken_back[0].id].append(Match(line, taken_back[0], "reversal"))
    return [matches[0] for matches in found.values() if len(matches) == 1]
