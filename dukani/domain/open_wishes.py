"""What an edit still lacks: told, offered or asked, and the edit that the answer completes."""

from __future__ import annotations

from dukani.core.store.products import Variant
from dukani.domain.acts import Add, Edit, Set, Split, Substitute, Values
from dukani.domain.bounds import asked_instead, refusal_of
from dukani.domain.draft import Draft
from dukani.domain.questions import Completed, Question
from dukani.domain.telling import Applied
from dukani.domain.wanted import Settled, Wanted, settle


def settled(draft: Draft, product_id: str, values: Values) -> Settled:
    return settle(Wanted(product_id, values), draft.of_product(product_id))


def tell_open(result: Applied, found: Settled, edit: Add | Set | Substitute) -> Variant | None:
    """The variant meant; None when something is still to be said of it, or cannot be had."""
    if found.refusal is not None:
        result.changes.append(found.refusal)
    if found.offer is not None:
        result.offers.append(found.offer)
    if found.missing is not None:
        result.questions.append(_question(found, _completed_later(edit, found)))
    return found.variant


def tell_open_part(result: Applied, found: Settled, edit: Split, *, part: int) -> None:
    """A part that cannot be had is told, and the line stays; one that may be two is asked about.

    Where a near colour is offered for it, a yes splits the line with that one.
    """
    if found.refusal is not None:
        result.changes.append(found.refusal)
    offer = found.offer
    if offer is not None and any(one.colour == offer.nearest for one in edit.parts):
        return  # "one maroon and one red": two of the maroon are no answer to that
    if offer is not None:
        result.offers.append(offer)
        edit = _with_colour(edit, part, offer.nearest)
    elif found.refusal is not None or found.missing is None:
        return
    result.questions.append(_question(found, edit).model_copy(update={"part": part}))


def _with_colour(edit: Split, part: int, colour: str) -> Split:
    parts = list(edit.parts)
    parts[part] = parts[part].model_copy(update={"colour": colour})
    return edit.model_copy(update={"parts": tuple(parts)})


def _question(found: Settled, completes: Completed) -> Question:
    assert found.missing is not None  # the caller has looked
    return Question(
        field="take_it" if found.offer is not None else found.missing,
        completes=completes,
        product_id=found.product_id,
        name=found.name,
        choices=found.choices,
        offer=found.offer,
    )


def _completed_later(edit: Add | Set | Substitute, found: Settled) -> Completed:
    """A new piece is waited for as understood; of a line only what was said is waited for."""
    if not isinstance(edit, Set):
        return edit.model_copy(update={"values": found.values})
    understood = found.values.model_dump()
    told = {k: understood[k] for k, v in edit.values.model_dump().items() if v is not None}
    if found.offer is not None:
        told["colour"] = found.offer.nearest
    return edit.model_copy(update={"values": Values(**told)})


def cannot_have(
    draft: Draft, result: Applied, variant: Variant, *, asked: int, together: int, edit: Edit
) -> bool:
    """Whether that many may not be had: then it is said, and what else there is asked for."""
    siblings = draft.siblings(variant)
    refusal = refusal_of(variant, siblings, asked=asked, together=together)
    if refusal is None:
        return False
    result.changes.append(refusal)
    if refusal.reason == "out_of_stock" and isinstance(edit, Add | Substitute):
        had = together - asked  # nothing more of it can be said how many of
        question = None if 0 < variant.available <= had else asked_instead(variant, siblings, edit)
        result.questions += [question] if question else []
    return True
