"""Builds a search wish from a Search act, carrying over slots of the last search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dukani.core.money import minor_per_unit
from dukani.domain.acts import Search
from dukani.domain.pieces import Wish
from dukani.domain.wearers import Whom, whom_said, without_whom
from dukani.graph.context import Context
from dukani.graph.state import LastSearch
from dukani.tools.wishes import said_in


def wish_of(
    act: Search,
    *,
    last: LastSearch | None,
    goes_on: bool,
    shown_prices: Sequence[int],
    context: Context,
) -> Wish:
    """The wish in `act`; with `goes_on`, slots left open are taken from the last search.

    A search for another kind of piece does not go on, so budgets are not carried over to it.
    """
    said = said_in(act, currency=context.boutique.currency)
    before = dict(last["wish"]) if last and goes_on else {}
    if act.cheaper and shown_prices:
        one_less = min(shown_prices) - minor_per_unit(context.boutique.currency)
        said["budget_max_minor"] = one_less
    before |= _for_others(said, before)
    if "colour" in said:
        before.pop("exclude_colour", None)
    if before.get("colour") == said.get("exclude_colour"):
        before.pop("colour", None)
    return Wish(**(before | {k: v for k, v in said.items() if v is not None}))


def _for_others(said: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """What a last search becomes when it is said to be for others: "do you have for men too?".

    Its words stay, but for those for whom it was; its size was theirs.
    """
    words, told = said.get("words") or "", before.get("words") or ""
    whom = whom_said(words)
    if not before or whom == Whom() or without_whom(words) or whom == whom_said(told):
        return {}
    said["words"] = " ".join((*without_whom(told).split(), *words.split()))
    return {"size": None}


def says_nothing(wish: Wish) -> bool:
    return wish == Wish()
