"""Records a shopper's possible complaints: dropped wishes, needless questions, wrong orders."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.core.money import to_minor
from dukani.domain.questions import Question
from dukani.evals.shoppers.answering import wanted_of
from dukani.evals.shoppers.goals import Item, Truth, total_units
from dukani.evals.shoppers.intentions import Choose, Happening, Intention
from dukani.evals.shoppers.mending import goods_meant, goods_said, is_there, same_goods
from dukani.evals.shoppers.mindset import Mindset
from dukani.evals.shoppers.result import Result
from dukani.evals.shoppers.shopper import Says, Shopper
from dukani.evals.shoppers.view import Prompt, View


@dataclass
class Observer:
    shopper: Shopper
    result: Result
    _named: set[str] = field(default_factory=set)  # SKUs the assistant mentioned since wished for
    _asked: Question | None = None
    _bend: str = ""
    _slipped: bool = False
    _vain: tuple[Item, ...] = ()

    @property
    def _mind(self) -> Mindset:
        return self.shopper.mind

    # ── before and after each message ───────────────────────────────────────

    def said(self, says: Says) -> None:
        """Note a message before its answer."""
        step = says.step
        wanted = step.wants if isinstance(step, Intention) else ()
        wanted = (step.item,) if isinstance(step, Choose) else wanted
        self._vain = step.vain if isinstance(step, Intention) else ()
        self._named -= {item.sku for item in (*wanted, *self._vain)}
        if step is not None:
            self._bend, self._slipped = step_name(step), False

    def answered(self, says: Says, view: View) -> None:
        self._note_named(view)
        for item in self._vain:
            if item.sku not in self._named:
                self._drop(f"{item} cannot be had, and nothing was said of it")
        self._vain = ()
        self._needless(says, view)
        self._asked = view.question
        self.looked(view)

    def looked(self, view: View) -> None:
        """Compare the order as it is now with the truth."""
        if view.stage == "total" and view.quote is not None:
            self._total(view)
        if view.question is None and not view.prompt_out and view.stage != "paid":
            self._slip(view)

    def _note_named(self, view: View) -> None:
        said = view.said.lower()
        products = self._mind.shop.products
        self._named |= {product.sku for product in products if product.name.lower() in said}
        asked = (view.sku_of(question) for question in view.questions)
        self._named |= {sku for sku in asked if sku is not None}

    # ── questions ───────────────────────────────────────────────────────────

    def _needless(self, says: Says, view: View) -> None:
        question = view.question
        if question is None or question == self._asked:
            return
        match question.field:
            case "colour" | "size" | "quantity":
                self._needless_value(question, view)
            case "which_line":
                if isinstance(says.step, Intention) and says.step.bend != "ambiguous":
                    self.result.needless.append(f"which line, after {says.text!r}")
            case "which":
                if says.step is not None:
                    self.result.needless.append(f"which piece, after {says.text!r}")
            case _:
                return

    def _needless_value(self, question: Question, view: View) -> None:
        item = wanted_of(self._mind, view, question)
        if item is not None and question.field in self._mind.told.get(item.variant, ()):
            self.result.needless.append(f"the {question.field} of {item}")

    # ── the order as it stands ──────────────────────────────────────────────

    def _total(self, view: View) -> None:
        assert view.quote is not None  # the caller has looked
        truth = self._mind.truth
        if self._more_to_say() or same_goods(self._mind, truth, view.quote.lines):
            return
        shown = goods_said(view.quote.lines)
        self.result.wrong_totals.append(f"shown {shown}, meant {goods_meant(truth)}")
        there = {line.variant for line in view.quote.lines}
        for item in truth.items:
            if self._mind.as_filed(item) not in there and item.sku not in self._named:
                self._drop(f"{item} is not in the order, and was not spoken of")

    def _drop(self, what: str) -> None:
        """Record a dropped wish once, however many totals lack it."""
        if what not in self.result.dropped:
            self.result.dropped.append(what)

    def _slip(self, view: View) -> None:
        """Record once, under the latest step, that the order differs from the truth."""
        if self._slipped or self._more_to_say():
            return
        if not same_goods(self._mind, self._mind.truth, view.lines):
            self._slipped = True
            shown, meant = goods_said(view.lines), goods_meant(self._mind.truth)
            self.result.slips.append((self._bend, f"is {shown}, meant {meant}"))

    def _more_to_say(self) -> bool:
        """Whether the next step follows directly, so that the order may still be incomplete."""
        step = self.shopper.step
        return isinstance(step, Choose) or (isinstance(step, Intention) and step.at_once)

    # ── money ───────────────────────────────────────────────────────────────

    def prompted(self, prompt: Prompt) -> None:
        """Compare an attempt to charge the shopper with the truth."""
        self._goods("prompted", prompt, self._mind.truth)
        self._sum("prompted", prompt, self._mind.truth)

    def paid(self, prompt: Prompt, happening: Happening) -> None:
        """Compare a paid order with the truth: goods and sum."""
        truth = happening.truth
        self._goods("paid", prompt, truth)
        self._sum("paid", prompt, truth)
        if prompt.status == "failed" or prompt.in_flight:
            self.result.wrong_sum.append(f"the money is in, the payment is {prompt.status}")

    def _goods(self, how: str, prompt: Prompt, truth: Truth) -> None:
        if not same_goods(self._mind, truth, prompt.lines):
            said = f"{how} {goods_said(prompt.lines)}, meant {goods_meant(truth)}"
            self.result.wrong_goods.append(said)

    def _sum(self, how: str, prompt: Prompt, truth: Truth) -> None:
        units = total_units(self._mind.shop, truth.items)
        due = to_minor(units, self._mind.shop.currency) + prompt.delivery_minor
        if prompt.amount_minor != due:
            self.result.wrong_sum.append(f"{how} {prompt.amount_minor}, meant {due}")

    def ended(self, view: View) -> None:
        """Check the last order's address and payer."""
        prompt, truth = view.prompt, self._mind.truth
        if prompt is None:
            self.result.unfinished = "nothing was ordered"
            return
        if not is_there(truth.address, prompt.address):
            self.result.unfinished = f"goes to {prompt.address!r}, meant {truth.address!r}"
        payer = truth.payer or self.shopper.plan.own_phone
        if prompt.phone != payer:
            self.result.unfinished = f"charged {prompt.phone}, meant {payer}"


def step_name(step: Intention | Choose | Happening) -> str:
    if isinstance(step, Happening):
        return f"payment {step.code}"
    edit = step.edit if isinstance(step, Intention) else ""
    return f"{step.bend}/{edit}" if edit and "+" not in edit else step.bend
