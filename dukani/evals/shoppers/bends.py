"""Bends: changes of mind at each stage of a sale, added to a shopper's plan. Pure.

Each bend adds one or more steps to a plan and returns whether it did; one that does not fit the
order raises Impossible. `BENDS` lists the bends of each stage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dukani.domain import acts
from dukani.domain.acts import Act
from dukani.evals.shoppers import edits
from dukani.evals.shoppers.describing import (
    shared_by,
)
from dukani.evals.shoppers.edits import Edit, an_edit
from dukani.evals.shoppers.goals import Impossible, Truth
from dukani.evals.shoppers.intentions import Intention, Stage
from dukani.evals.shoppers.making import Making
from dukani.evals.shoppers.refusals import below_zero, invalid_size, sold_out, too_many
from dukani.evals.shoppers.settling import (
    address_early,
    again_while_out,
    cancel_after_failure,
    clear_and_begin_again,
    edit_after_paying,
    note,
    other_address,
    other_payer,
)
from dukani.evals.shoppers.talk import ASKS, DIGRESSIONS
from dukani.evals.shoppers.wording import Number, Sentences, Words

Bend = Callable[[Making], bool]


# ── one edit, alone or after a phrase such as "yes, but" ────────────────────


def correct_now(making: Making) -> bool:
    return _edited(making, "correct_now", an_edit(making, edits.OF_THE_LAST))


def correct_earlier(making: Making) -> bool:
    if len(making.truth.items) < 2:
        raise Impossible("nothing earlier")
    return _edited(making, "correct_earlier", an_edit(making, edits.OF_A_LINE))


def edit(making: Making) -> bool:
    """Any edit, alone in a message."""
    return _edited(making, f"edit_{making.stage}", an_edit(making, edits.ANY))


def wait_edit(making: Making) -> bool:
    return _edited(making, f"edit_{making.stage}", an_edit(making, edits.ANY), around="wait")


def address_later(making: Making) -> bool:
    """An edit instead of the address; its text must never be stored as the address."""
    return _edited(making, "address_later", an_edit(making, edits.ANY), around="later")


def yes_but(making: Making) -> bool:
    """An edit after "yes, but": the yes must not count for the total shown."""
    change = an_edit(making, edits.ANY)
    return _edited(making, "yes_but", change, around="yes_but", first=(acts.Confirm(),))


def yes_and_ask(making: Making) -> bool:
    """A yes with a question: the question must be answered, whether or not the yes counts."""
    act, key = making.rng.choice(ASKS)
    words = Words("beside", {"answer": Words("yes"), "ask": Words(key)})
    step = Intention("yes_and_ask", making.stage, (acts.Confirm(), act), words, making.truth)
    making.add(step)
    return True


def no_and_edit(making: Making) -> bool:
    change = an_edit(making, edits.ANY)
    return _edited(making, "no_and_edit", change, around="no_edit", first=(acts.Decline(),))


def no_then_edit(making: Making) -> bool:
    """ "No", then the edit when asked what is wrong."""
    change = an_edit(making, edits.ANY)
    no = Intention("no_then_edit", making.stage, (acts.Decline(),), Words("no"), making.truth)
    making.add(no)
    return _edited(making, "no_then_edit", change, at_once=True)


def edit_and_retry(making: Making) -> bool:
    """ "Remove the shoes and send it again": the new total must be shown first."""
    change = an_edit(making, edits.ANY)
    return _edited(making, "edit_and_retry", change, around="retry_edit", then=(acts.PayAgain(),))


def _edited(
    making: Making,
    bend: str,
    change: Edit,
    *,
    around: str | None = None,
    first: tuple[Act, ...] = (),
    then: tuple[Act, ...] = (),
    at_once: bool = False,
) -> bool:
    message = Words(around, {"edit": change.words}) if around else change.words
    step = Intention(
        bend, making.stage, (*first, change.act, *then), message, change.truth,
        edit=change.name, wants=change.wants, told=change.told, at_once=at_once,
        meant=(change.item,) if change.item else (),
        kept=making.stage == "prompt",
    )  # fmt: skip
    making.add(step, last=change.last)
    return True


# ── several ─────────────────────────────────────────────────────────────────


def several_edits(making: Making) -> bool:
    """Two or three edits of different lines in one message."""
    done = [an_edit(making, edits.APART) for _ in range(making.rng.choice((2, 2, 3)))]
    making.rng.shuffle(done)
    truth = combined(making.truth, done)
    step = Intention(
        "several_edits", making.stage, tuple(one.act for one in done),
        Sentences(tuple(one.words for one in done)), truth,
        edit="+".join(one.name for one in done),
        wants=tuple(item for one in done for item in one.wants),
        told=frozenset(told for one in done for told in one.told),
        meant=tuple(one.item for one in done if one.item),
        kept=making.stage == "prompt",
    )  # fmt: skip
    making.add(step)
    return True


def combined(start: Truth, done: Sequence[Edit]) -> Truth:
    """The order after all edits. Raises Impossible when two edits change the same line."""
    truth, touched = start, set[str]()
    for one in done:
        gone = [item for item in start.items if item not in one.truth.items]
        new = [item for item in one.truth.items if item not in start.items]
        pieces = {item.sku for item in (*gone, *new)}
        if pieces & touched:
            raise Impossible("two edits speak of one piece")
        touched |= pieces
        truth = truth.without(*gone)
        for item in new:
            truth = truth.with_item(item)
    if not truth.items:
        raise Impossible("nothing would be left")
    return truth


def remove_and_undo(making: Making) -> bool:
    """An edit, and its undo right after."""
    before = making.truth
    _edited(making, "undo", an_edit(making, edits.OF_A_LINE))
    undo = Intention("undo", making.stage, (acts.Undo(),), Words("undo"), before, edit="undo")
    making.add(replace(undo, at_once=True))
    return True


# ── an ambiguous target ─────────────────────────────────────────────────────


def ambiguous(making: Making) -> bool:
    """ "Remove the dress" with two dresses in the order: the assistant must ask which."""
    pairs = [
        (one, shared)
        for one in making.truth.items
        for other in making.truth.items
        if one != other and (shared := shared_by(making.shop, one, other)) is not None
    ]
    item, (target, line) = making.some(pairs)
    if making.likely(0.5):
        truth, words = making.truth.without(item), Words("remove", {"line": line})
        act: Act = acts.Remove(target=target)
        last = None
    else:
        last = replace(item, quantity=item.quantity + 1)
        truth = making.truth.with_instead(item, last)
        act = acts.ChangeQuantity(target=target, by=1)
        words = Words("more_of", {"line": line, "n": Number(1)})
    step = Intention("ambiguous", making.stage, (act,), words, truth, meant=(item,))
    making.add(step, last=last)
    return True


EDITING: tuple[Bend, ...] = (
    edit, edit, several_edits, several_edits, remove_and_undo, ambiguous, ambiguous, invalid_size,
    below_zero, sold_out, too_many,
)  # fmt: skip

BENDS: Mapping[Stage, tuple[Bend, ...]] = {
    "cart": (
        *EDITING, correct_now, correct_now, correct_now, correct_earlier, correct_earlier,
        clear_and_begin_again, address_early, *DIGRESSIONS,
    ),
    "address": (*EDITING, wait_edit, address_later, address_later, *DIGRESSIONS),
    "total": (
        *EDITING, yes_but, yes_but, yes_but, no_and_edit, no_then_edit, wait_edit, other_address,
        other_address, other_payer, other_payer, note, clear_and_begin_again, yes_and_ask,
        *DIGRESSIONS,
    ),
    "prompt": (wait_edit, wait_edit, edit, several_edits, again_while_out, *DIGRESSIONS),
    "failed": (
        edit, edit, several_edits, edit_and_retry, edit_and_retry, other_payer, other_address,
        cancel_after_failure, remove_and_undo, *DIGRESSIONS,
    ),
    "paid": (other_address, other_address, note, edit_after_paying, *DIGRESSIONS),
}  # fmt: skip
