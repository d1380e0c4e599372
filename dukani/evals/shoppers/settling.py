"""Bends around checkout: new address or payer, starting again, an open prompt. Pure."""

from __future__ import annotations

from dataclasses import replace

from dukani.domain import acts
from dukani.domain.acts import Act
from dukani.evals.shoppers import edits
from dukani.evals.shoppers.edits import an_edit
from dukani.evals.shoppers.intentions import Intention
from dukani.evals.shoppers.making import Making
from dukani.evals.shoppers.wording import Words
from dukani.evals.shoppers.wording import places as places_of

# ── starting again ──────────────────────────────────────────────────────────


def clear_and_begin_again(making: Making) -> bool:
    ways: tuple[tuple[Act, str], ...] = (
        (acts.Clear(), "clear"), (acts.StartOver(), "start_over"), (acts.Cancel(), "cancel"),
    )  # fmt: skip
    act, key = making.rng.choice(ways)
    return _begin_again(making, "begin_again", act, key)


def cancel_after_failure(making: Making) -> bool:
    """Cancel the order after a failed prompt, then order only the new items."""
    return _begin_again(making, "cancel_after_failure", acts.Cancel(), "cancel")


def _begin_again(making: Making, bend: str, act: Act, key: str) -> bool:
    stop = Intention(bend, making.stage, (act,), Words(key), making.truth.emptied(), edit=key)
    making.add(stop)
    making.stage = "cart"
    change = edits.add(making)
    words = Words("take", {k: v for k, v in change.words.slots.items() if k == "piece"})
    step = Intention(
        bend, "cart", (change.act,), words, change.truth, edit="add", wants=change.wants,
        told=change.told,
    )  # fmt: skip
    making.add(step, last=change.last)
    return True


# ── address and payer ───────────────────────────────────────────────────────


def other_address(making: Making) -> bool:
    """ "Wrong estate": another address than the one given."""
    address = making.some([p for p in all_places() if p != making.truth.address])
    act = acts.SetAddress(text=address)
    words = Words("address_instead", {"address": address})
    truth = replace(making.truth, address=address)
    making.add(Intention(f"address_{making.stage}", making.stage, (act,), words, truth))
    return True


def address_early(making: Making) -> bool:
    """The address, before the assistant asks for it."""
    act = acts.SetAddress(text=making.truth.address or "")
    words = Words("deliver", {"address": making.truth.address or ""})
    making.add(Intention("address_early", making.stage, (act,), words, making.truth))
    return True


def other_payer(making: Making) -> bool:
    digits = f"71{making.rng.randrange(10**7):07d}"
    act = acts.SetPayer(phone=f"0{digits}")
    words = Words("payer", {"phone": f"0{digits}"})
    truth = replace(making.truth, payer=f"+254{digits}")
    making.add(Intention(f"payer_{making.stage}", making.stage, (act,), words, truth))
    return True


def note(making: Making) -> bool:
    who = making.some(places_of("people"))
    message = Words("note", {"who": who})
    act = acts.SetNote(text=f"call {who} when you arrive")
    making.add(Intention("note", making.stage, (act,), message, making.truth))
    return True


def all_places() -> list[str]:
    return [place for where in ("kenya", "tanzania", "uganda") for place in places_of(where)]


# ── while a prompt is open, and after the payment ───────────────────────────


def again_while_out(making: Making) -> bool:
    """ "Send it again" while a prompt is open: there must be no second prompt."""
    act = making.rng.choice(((acts.PayAgain(), "pay_again"), (acts.Confirm(), "yes")))
    step = Intention("again_while_out", making.stage, (act[0],), Words(act[1]), making.truth)
    making.add(step)
    return True


def edit_after_paying(making: Making) -> bool:
    """An edit after the payment: only the shop can make it, and the paid order stays as it is."""
    change = an_edit(making, (edits.set_size, edits.set_colour, edits.set_quantity))
    step = Intention(
        "edit_after_paying", making.stage, (change.act,), change.words, making.truth,
        edit=change.name,
    )  # fmt: skip
    making.add(step)
    return True
