"""Turns what an edit lacks into a refusal, an offer or a question that completes the edit."""

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
    """The settled variant; else None, with the refusal, offer or question added to `result`."""
    if found.refusal is not None:
        result.changes.append(found.refusal)
    if found.offer is not None:
        result.offers.append(found.offer)
    if found.missing is not None:
        result.questions.append(_question(found, _completed_later(edit, found)))
    return found.variant


def tell_open_part(result: Applied, found: Settled, edit: Split, *, part: int) -> None:
    """Adds the refusal, offer or question for the part of a split that is not settled.

    The line stays as it is. A yes to an offered near colour splits the line with that colour.
    """
    if found.refusal is not None:
        result.changes.append(found.refusal)
    offer = found.offer
    if offer is not None and any(one.colour == offer.nearest for one in edit.parts):
        return  # for "one maroon and one red", offering maroon for the red makes no sense
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
    assert found.missing is not None  # callers ask only for missing values
    return Question(
        field="take_it" if found.offer is not None else found.missing,
        completes=completes,
        product_id=found.product_id,
        name=found.name,
        choices=found.choices,
        not_had=_size_not_had(found),
        refused=found.refusal is not None or found.offer is not None,
        offer=found.offer,
    )


def _size_not_had(found: Settled) -> str | None:
    """The size that is sold out in the colour, while another size is asked for."""
    if found.refusal is None or found.refusal.reason != "out_of_stock":
        return None
    return found.refusal.size if found.missing == "size" else None


def _completed_later(edit: Add | Set | Substitute, found: Settled) -> Completed:
    """The edit to complete later: a new piece with all values known, a line with those said."""
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
    """Whether the quantity is refused; then adds the refusal, and asks for an alternative."""
    siblings = draft.siblings(variant)
    refusal = refusal_of(variant, siblings, asked=asked, together=together)
    if refusal is None:
        return False
    result.changes.append(refusal)
    if refusal.reason == "out_of_stock" and isinstance(edit, Add | Substitute):
        had = together - asked  # where the order has all the stock, no smaller number helps
        question = None if 0 < variant.available <= had else asked_instead(variant, siblings, edit)
        result.questions += [question] if question else []
    return True
