"""Makes the plan of one shopper from a seed: the steps and the goal. Pure."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from dukani.domain import acts
from dukani.evals.shoppers import wishes
from dukani.evals.shoppers.bends import BENDS
from dukani.evals.shoppers.goals import Impossible, Truth
from dukani.evals.shoppers.intentions import LATE, PAID, Happening, Intention, Plan, Stage
from dukani.evals.shoppers.making import Making
from dukani.evals.shoppers.settling import all_places
from dukani.evals.shoppers.shops import Shop
from dukani.evals.shoppers.wording import LANGUAGES, Words

FAILING = ("1", "1032", "1037", "2001", "1019")  # low balance, cancelled, unreachable, PIN, expired
MAY_COME_LATE = ("1037", "1019")


def plan(shop: Shop, seed: int, index: int) -> Plan:
    """The plan of the shopper with this index; deterministic."""
    rng = Random(f"{seed}/shopper/{index}")
    language = rng.choices(LANGUAGES, weights=(35, 25, 20, 20))[0]
    told = _phone(rng)
    known = rng.random() < 0.9
    truth = Truth(address=rng.choice(all_places()), payer=None if known else told)
    making = Making(shop, rng, truth)
    _fill(making)
    _agree(making)
    _pay(making)
    if making.likely(0.12):
        _buy_again(making, payer=None if known else told)
    return Plan(
        shop=shop,
        index=index,
        language=language,
        own_phone=f"+25472{index:07d}" if known else None,
        told_phone=told,
        steps=tuple(making.steps),
        address_manner=rng.choice(("plain", "plain", "digress")),
    )


def _fill(making: Making) -> None:
    if making.likely(0.3):
        greet = Intention("greet", "cart", (acts.Greeting(),), Words("greet"), making.truth)
        making.add(greet)
    for _ in range(making.rng.choice((1, 1, 2, 2, 3))):
        making.attempt(wishes.WAYS)
        if making.likely(0.5):
            _bend(making, "cart")
    if not making.truth.items and not making.attempt((wishes.outright,)):
        raise Impossible(f"nothing can be wanted of shop {making.shop.number}")


def _agree(making: Making) -> None:
    if making.likely(0.3):
        _bend(making, "address")
    if making.likely(0.5):
        _bend(making, "total")
    if making.likely(0.15) and not _has_agreed(making):
        _bend(making, "total")


def _has_agreed(making: Making) -> bool:
    """Whether the last step may have been a yes, so that a prompt may be open."""
    step = making.steps[-1]
    return isinstance(step, Intention) and step.says_yes


def _pay(making: Making) -> None:
    """Up to three prompts; the last one is paid, or the money of a failed one comes late."""
    for _ in range(2):
        if not making.likely(0.4):
            break
        prompted = making.truth
        _while_out(making)
        code = making.rng.choice(FAILING)
        making.add(Happening(code, making.truth))
        late = code in MAY_COME_LATE and making.likely(0.3)
        if making.likely(0.75):
            _bend(making, "failed")
        if late and making.stage != "cart":  # late money of a cancelled order goes to a person
            making.add(Happening(LATE, prompted))
            return
    prompted, begun = making.truth, len(making.steps)
    _while_out(making)
    _undo_kept_edits(making, begun, prompted)
    making.add(Happening(PAID, prompted))
    if making.likely(0.25):
        _bend(making, "paid")


def _while_out(making: Making) -> None:
    if making.likely(0.3):
        _bend(making, "prompt")


def _undo_kept_edits(making: Making, begun: int, paid: Truth) -> None:
    """Undo the edits said while a prompt was open: once paid, the order stays as agreed."""
    for at, step in enumerate(making.steps[begun:], start=begun):
        if isinstance(step, Intention):
            making.steps[at] = replace(step, truth=paid, wants=())


def _buy_again(making: Making, *, payer: str | None) -> None:
    """Another order after the first: to the same or a new address, paid from the own phone."""
    address = making.truth.address if making.likely(0.5) else making.rng.choice(all_places())
    making.truth = Truth(address=address, payer=payer)
    making.stage, making.last = "cart", None
    if making.attempt((wishes.outright, wishes.in_part)):
        making.add(Happening(PAID, making.truth))


def _phone(rng: Random) -> str:
    return f"+25471{rng.randrange(10**7):07d}"


def _bend(making: Making, stage: Stage) -> None:
    making.stage = stage
    making.attempt(BENDS[stage])
