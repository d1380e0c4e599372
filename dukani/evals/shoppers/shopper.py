"""A simulated shopper: chooses the next message from the plan and the current view. Pure.

The shopper reads as a person does: the stage of the sale, the question, the total shown. The
shopper answers truthfully, says yes to a total only when it equals the truth, and corrects a wrong
one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from dukani.domain import acts
from dukani.domain.acts import Act, Target
from dukani.evals.shoppers.answering import address, answer, pick, pick_wanted
from dukani.evals.shoppers.describing import piece_words, value_slots, values_of
from dukani.evals.shoppers.goals import Truth
from dukani.evals.shoppers.intentions import (
    LATE,
    Choose,
    Happening,
    Intention,
    Plan,
    Stage,
    Step,
)
from dukani.evals.shoppers.mending import mend, same_goods, want_again
from dukani.evals.shoppers.mindset import Mindset, Reply
from dukani.evals.shoppers.view import View
from dukani.evals.shoppers.wording import Number, Slot, Speaker, Words

MOST_MENDS = 5
MOST_IDLE = 6  # messages without progress in the sale

_BEFORE: Mapping[Stage, int] = {"cart": 0, "address": 1, "total": 2}


@dataclass(frozen=True, slots=True)
class Says:
    """A message, with its acts for perfect understanding."""

    acts: tuple[Act, ...]
    text: str
    bend: str
    step: Step | None = None  # the plan's step, if the message is one


@dataclass(frozen=True, slots=True)
class Happens:
    """M-Pesa reports a result."""

    happening: Happening


@dataclass(frozen=True, slots=True)
class Stops:
    """The end; with the reason why the goal was not reached, or empty if it was."""

    why: str = ""


Move = Says | Happens | Stops


class Shopper:
    """One shopper; `next` is called with every view and returns the next move."""

    def __init__(self, plan: Plan, seed: int) -> None:
        rng = Random(f"{seed}/voice/{plan.index}")
        self.mind = Mindset(plan, rng, _truth_before(plan))
        self.mends = 0
        self._at = 0
        self._idle = 0
        self._picked_from: tuple[tuple[int, str], ...] = ()
        self._voice = Speaker(plan.language, rng)

    @property
    def plan(self) -> Plan:
        return self.mind.plan

    @property
    def step(self) -> Step | None:
        """The next step of the plan."""
        steps = self.plan.steps
        return steps[self._at] if self._at < len(steps) else None

    def next(self, view: View) -> Move:
        step = self.step
        if step is None:
            return Stops()
        if view.silent:
            return Stops("a person was called")
        if isinstance(step, Intention) and step.at_once:
            return self._intend(step)
        if isinstance(step, Choose):
            return self._choose(step, view)
        if view.question is not None and view.stage != "prompt":
            return self._say(answer(self.mind, view, view.question))
        if isinstance(step, Happening) and _can_happen(step, view):
            return self._happens(step)
        if picked := self._wanted_in_list(view):
            return self._say(picked)
        if isinstance(step, Intention) and _is_due(step, view) and self._may_agree(step, view):
            return self._intend(step)
        return self._go_on(view)

    def _may_agree(self, step: Intention, view: View) -> bool:
        """Whether the step may be said: one with a yes only when the total shown is right."""
        if not step.says_yes or view.stage != "total":
            return True
        return view.quote is not None and mend(self.mind, view) is None

    # ── steps of the plan ───────────────────────────────────────────────────

    def _intend(self, step: Intention) -> Says:
        self._move_on()
        self.mind.take_up(step, step.told)
        exact = any(isinstance(act, acts.SetAddress | acts.SetPayer) for act in step.acts)
        text = self._voice.write(step.message, exact=exact)
        return Says(step.acts, text, step.bend, step)

    def _choose(self, step: Choose, view: View) -> Says:
        """Choose by a yes if the item is offered, by number if it is listed, else by name."""
        numbers = {sku: number for number, sku in view.options}
        question = view.question
        reply = self._by_name(step)
        told = step.told
        offered = question and question.field == "take_it" and view.sku_of(question)
        if offered == step.item.sku and step.item.quantity == 1:
            reply, told = Reply((acts.Confirm(),), Words("take_it"), step.bend), step.said_before
        elif step.item.sku in numbers:
            reply = self._by_number(step, numbers[step.item.sku])
        self._move_on()
        self.mind.take_up(step, told | step.said_before)
        return Says(reply.acts, self._voice.write(reply.message), step.bend, step)

    def _by_number(self, step: Choose, number: int) -> Reply:
        if not step.told:
            return pick(number)
        values = values_of(self.mind.shop, step.item, step.told)
        slots: dict[str, Slot] = {"number": Number(number), **value_slots(step.item, step.told)}
        act = acts.Add(target=Target(option=number), values=values)
        return Reply((act,), Words("pick_with", slots), step.bend)

    def _by_name(self, step: Choose) -> Reply:
        name = self.mind.shop.product(step.item.sku).name
        values = values_of(self.mind.shop, step.item, step.told)
        act = acts.Add(target=Target(name=name), values=values)
        piece = piece_words(name, step.item, step.told)
        return Reply((act,), Words("take", {"piece": piece}), step.bend)

    def _happens(self, step: Happening) -> Happens:
        self._move_on()
        self.mind.truth, self.mind.last = step.truth, None
        if step.pays:
            self.mind.gave_address = False
        return Happens(step)

    def _move_on(self) -> None:
        self._at += 1
        self._idle = 0

    def _wanted_in_list(self, view: View) -> Reply | None:
        """Pick a wanted item by its number if it was listed instead of added, once a list."""
        if view.stage != "cart" or view.options == self._picked_from:
            return None
        there = {line.variant for line in view.lines}
        for item in self.mind.truth.items:
            name = self.mind.shop.product(item.sku).name
            if self.mind.as_filed(item) not in there and name in view.said:
                self._picked_from = view.options
                return pick_wanted(self.mind, view, item)
        return None

    # ── progress to the next stage of the sale ──────────────────────────────

    def _go_on(self, view: View) -> Move:
        self._idle += 1
        if self._idle > MOST_IDLE:
            return Stops(f"nothing moved on at {view.step}")
        match view.stage:
            case "address":
                return self._say(address(self.mind))
            case "total":
                return self._at_the_total(view)
            case "failed":
                return self._after_a_failure(view)
            case "prompt":
                return Stops("an unexpected prompt is open")
            case _:
                return self._check_out(view)

    def _check_out(self, view: View) -> Move:
        if not view.lines and self.mind.truth.items:
            return self._mended(want_again(self.mind, self.mind.truth.items[0]))
        return self._say(Reply((acts.Checkout(),), Words("checkout"), "checkout"))

    def _at_the_total(self, view: View) -> Move:
        """A yes to a right total; else the correction of its first error."""
        if view.quote is None:
            return self._say(Reply((acts.Checkout(),), Words("checkout"), "checkout"))
        wrong = mend(self.mind, view)
        if wrong is not None:
            return self._mended(wrong)
        return self._say(Reply((acts.Confirm(),), Words("yes"), "yes"))

    def _after_a_failure(self, view: View) -> Move:
        prompt = view.prompt
        if prompt is not None and not same_goods(self.mind, self.mind.truth, prompt.lines):
            wrong = mend(self.mind, view)
            if wrong is not None:
                return self._mended(wrong)
        return self._say(Reply((acts.PayAgain(),), Words("pay_again"), "pay_again"))

    def _mended(self, reply: Reply) -> Move:
        self.mends += 1
        if self.mends > MOST_MENDS:
            return Stops("the order would not come right")
        self._idle = 0
        return self._say(reply)

    def _say(self, reply: Reply) -> Says:
        text = self._voice.write(reply.message, exact=reply.exact)
        return Says(reply.acts, text, reply.bend)


def _truth_before(plan: Plan) -> Truth:
    """The truth before the first step: no items, but address and payer of the first order."""
    first = plan.steps[0].truth
    return Truth(address=first.address, payer=first.payer)


def _can_happen(step: Happening, view: View) -> bool:
    if step.code == LATE:
        return view.prompt is not None and not view.prompt_out
    return view.prompt_out


def _is_due(step: Intention, view: View) -> bool:
    """Whether the sale is at the step's stage, or past it without a question for it."""
    if view.stage == step.stage:
        return True
    if step.stage == "failed":
        return view.stage == "total"
    if step.stage == "cart":
        return view.stage in ("paid", "failed", "address", "total")
    here, there = _BEFORE.get(view.stage), _BEFORE.get(step.stage)
    return here is not None and there is not None and here > there
