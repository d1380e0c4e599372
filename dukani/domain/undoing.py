"""Undoes the last change: restores the lines as they were before that message."""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Undo
from dukani.domain.changes import Change
from dukani.domain.draft import Amounts, Draft
from dukani.domain.open_wishes import cannot_have
from dukani.domain.telling import Applied
from dukani.domain.whose import Whose


def undo(draft: Draft, result: Applied, before: Sequence[tuple[str, int]] | None) -> None:
    """Restores the lines of `before` (variant id, quantity), each as far as stock allows."""
    now = draft.amounts()
    same = before is not None and list(before) == list(now.items())
    if before is None or (same and not draft.was_for_others()):
        result.changes.append(Change(what="refused", reason="nothing_to_undo"))
        return
    wanted, told = dict(before), len(result.changes)
    for variant_id in now.keys() - wanted.keys():
        result.tell_removed(draft.line_of(variant_id))
    had = {variant_id: draft.line_of(variant_id) for variant_id in now}
    given = _given_back(draft, result, wanted, now)
    draft.restore(given)
    for variant_id, amount in given.items():
        line = draft.line_of(variant_id)
        whose_it_was = variant_id in had and Whose.of(had[variant_id]) != Whose.of(line)
        if now.get(variant_id) != amount or whose_it_was:
            result.tell_put(draft.line_of(variant_id), before=had.get(variant_id))
    if all(now.get(id_) == amount for id_, amount in given.items()) and len(result.changes) == told:
        result.tell_kept(draft.line_of(next(iter(given))))  # only the order of the lines changes


def _given_back(draft: Draft, result: Applied, wanted: Amounts, now: Amounts) -> Amounts:
    """The quantities after the undo; where stock is short, a line keeps its present quantity."""
    given: Amounts = {}
    for variant_id, amount in wanted.items():
        there = now.get(variant_id, 0)
        if amount == there or _may_have(draft, result, variant_id, amount):
            given[variant_id] = amount
        elif there:
            given[variant_id] = there
    return given


def _may_have(draft: Draft, result: Applied, variant_id: str, amount: int) -> bool:
    variant = draft.variants.get(variant_id)
    if variant is None:
        result.changes.append(Change(what="refused", reason="not_found"))  # no longer sold
        return False
    return not cannot_have(draft, result, variant, asked=amount, together=amount, edit=Undo())
