"""Reinterprets a mind's acts in their dialogue context. Pure.

Minds often take words for a search that, given the open question or the pieces shown, are an
answer, a choice or a question about stock.
"""

from __future__ import annotations

from collections.abc import Sequence

from dukani.domain.acts import Act, Add, AskPrice, AskStock, Search, Target, Values
from dukani.domain.naming import names
from dukani.domain.pieces import SoldPiece
from dukani.domain.questions import Question
from dukani.domain.resolver import lines_meant, pieces_meant
from dukani.domain.view import View


def reinterpret(acts: Sequence[Act], view: View, asked: Question | None) -> list[Act]:
    """The acts as the context has them.

    `view` holds what the customer has seen, not the whole shop; `asked` is the question asked now.
    """
    answered = [_as_choice(_as_answer(act, view, asked), acts, view) for act in acts]
    added = [_as_add_beside_add(act, answered) for act in answered]
    return _asked_once([_as_search_beside_search(act, added, view) for act in added], view)


def _as_search_beside_search(act: Act, acts: Sequence[Act], view: View) -> Act:
    """Makes an Add beside a Search a search too, with nothing in view.

    "A straw hat and brown sandals in 38".
    """
    looks = any(isinstance(other, Search) for other in acts)
    if not looks or not isinstance(act, Add) or act.another or view.lines or view.newest:
        return act
    if act.target.option is not None or not (act.target.name or act.target.category):
        return act
    return Search(
        evidence=act.evidence,
        name=act.target.name,
        category=act.target.category,
        colour=act.values.colour or act.target.colour,
        size=act.values.size,
        quantity=act.values.quantity,
        age=act.values.age,
    )


def _as_choice(act: Act, acts: Sequence[Act], view: View) -> Act:
    """Makes a search that names one piece just shown, with colour and size, a choice of it."""
    asks = any(isinstance(other, AskStock | AskPrice) for other in acts)
    if asks or not isinstance(act, Search) or not (act.name or act.category) or _is_vague(act):
        return act
    target = Target(name=act.name, category=act.category, pattern=act.pattern)
    values = Values(colour=act.colour, size=act.size, quantity=act.quantity, age=act.age)
    shown = [option.product_id for option in view.newest] if view.choosing else []
    if values.says_nothing or not shown:
        return act
    meant = pieces_meant(target, view, values=values, among=shown)
    elsewhere = [p for p in pieces_meant(target, view, values=values) if p not in meant]
    if len(meant) != 1 or elsewhere or not _is_specified(values, meant[0]):
        return act
    return Add(evidence=act.evidence, target=target, values=values)


def _is_specified(values: Values, piece: SoldPiece) -> bool:
    """Whether colour and size are given, as far as the piece has several."""
    colour = len(piece.colours) == 1 or bool(values.colour)
    size = len(piece.sizes) == 1 or bool(values.size) or values.age is not None
    return colour and size


def _is_vague(act: Search) -> bool:
    limits = act.budget_max or act.budget_min or act.occasion or act.order_by
    return bool(limits or act.cheaper or act.exclude_colour or act.exclude_size)


def _as_add_beside_add(act: Act, acts: Sequence[Act]) -> Act:
    """Makes a search with colour and size, beside an Add, an Add too.

    "A black abaya in 54 and a red dress in M".
    """
    wanted = any(isinstance(other, Add) and other.target.describes for other in acts)
    if not wanted or not isinstance(act, Search) or not (act.name or act.category):
        return act
    if _is_vague(act) or not (act.colour and act.size):
        return act
    return Add(
        evidence=act.evidence,
        target=Target(name=act.name, category=act.category, pattern=act.pattern),
        values=Values(colour=act.colour, size=act.size, quantity=act.quantity, age=act.age),
    )


def _as_answer(act: Act, view: View, asked: Question | None) -> Act:
    """Makes a search that names some of the choices of "which one?" the answer to it.

    One that fits them all answers nothing: "show me dresses" while it is asked which dress.
    """
    if not isinstance(act, Search) or asked is None or asked.field not in ("which", "which_line"):
        return act
    told = Target(name=act.name, category=act.category, colour=act.colour, size=act.size)
    if not told.describes or act.occasion or act.budget_max or act.order_by:
        return act
    if asked.field == "which":
        meant = len(pieces_meant(told, view, among=asked.choices))
    else:
        meant = sum(line.variant_id in asked.choices for line in lines_meant(told, view))
    values = Values(colour=act.colour, size=act.size)
    return Add(target=told, values=values) if 0 < meant < len(asked.choices) else act


def _asked_once(acts: list[Act], view: View) -> list[Act]:
    """Keeps one of AskStock and Search: the first about a piece in view, else the search.

    "Do you have those in 40?" may be read as both.
    """
    asked = next((act for act in acts if isinstance(act, AskStock)), None)
    if asked is None or not any(isinstance(act, Search) for act in acts):
        return acts
    meant = pieces_meant(asked.target, view) if asked.target.describes else []
    near = bool(meant) and not _names_another(acts, asked, meant)
    gone = Search if near else AskStock
    return [act for act in acts if not isinstance(act, gone)]


def _names_another(acts: Sequence[Act], asked: AskStock, meant: Sequence[SoldPiece]) -> bool:
    """Whether the search's words name none of the pieces in view.

    "Maasai sandals" while sneakers are shown.
    """
    words = next((act.text for act in acts if isinstance(act, Search) and act.text), None)
    if words is None or asked.target.name is not None or asked.target.pointed is not None:
        return False
    return not any(names(word, piece.name) for word in words.split() for piece in meant)
