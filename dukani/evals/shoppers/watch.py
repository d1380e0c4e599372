"""Checks the invariant of money: only a total that was shown, and agreed to next, is charged.

After every turn the watch keeps the total that the turn's messages showed: the quote in memory, or
after a failed prompt the order prompted, if its sum stands in the texts of the turn. A new attempt
to charge must equal the total shown last since the shopper's message before (lines, sum, phone),
and the shopper's message must contain a yes: `Confirm`, `PayAgain` or `Checkout`. There are two
exceptions by design: a phone number named in the message of the yes may be charged instead of the
one shown, and an attempt that M-Pesa could not make is repeated unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dukani.core.errors import CallerError
from dukani.core.money import format_money
from dukani.core.phone import to_e164
from dukani.domain.acts import Act, Checkout, Confirm, PayAgain, SetPayer
from dukani.evals.shoppers.view import Counted, Prompt, Quote, View

YES = (Confirm, PayAgain, Checkout)


@dataclass
class Watch:
    """The watch over one conversation; `wrongs` are the violations so far."""

    currency: str
    wrongs: list[str] = field(default_factory=list)
    _shown: Quote | None = None
    _known: set[str] = field(default_factory=set)  # payment ids

    def after_words(self, acts: Sequence[Act], view: View) -> list[Prompt]:
        """Check a turn after a message of the shopper's; returns its new attempts."""
        new = self._new(view)
        for prompt in new:
            self.wrongs += self._judged(prompt, acts)
        self._shown = self._read(view)
        self._check(view)
        return new

    def after_mpesa(self, view: View) -> list[Prompt]:
        """Check a turn after M-Pesa's result: it may repeat an attempt, but never make another."""
        new = self._new(view)
        for prompt in new:
            before = [p for p in view.prompts if p.order_id == prompt.order_id and p != prompt]
            if not before or not _alike(before[-1], prompt):
                self.wrongs.append(f"charged {self._sum(prompt)} without a message of the shopper")
        self._shown = self._read(view) or self._shown
        self._check(view)
        return new

    def _new(self, view: View) -> list[Prompt]:
        new = [prompt for prompt in view.prompts if prompt.payment_id not in self._known]
        self._known |= {prompt.payment_id for prompt in new}
        return new

    def _judged(self, prompt: Prompt, acts: Sequence[Act]) -> list[str]:
        if not any(isinstance(act, YES) for act in acts):
            return [f"charged {self._sum(prompt)} without a yes"]
        shown = self._shown
        if shown is None:
            return [f"charged {self._sum(prompt)} though no total was shown just before"]
        wrongs = []
        if prompt.amount_minor != shown.total_minor:
            wrongs.append(f"charged {self._sum(prompt)}, shown {self._money(shown.total_minor)}")
        if _counted(prompt.lines) != _counted(shown.lines):
            wrongs.append(f"charged for {_counted(prompt.lines)}, shown {_counted(shown.lines)}")
        if prompt.phone != shown.phone and prompt.phone not in _numbers_in(acts):
            wrongs.append(f"charged {prompt.phone}, shown {shown.phone}")
        return wrongs

    def _read(self, view: View) -> Quote | None:
        """The total shown in this turn's messages."""
        if view.quote is not None and self._money(view.quote.total_minor) in view.said:
            return view.quote
        prompt = view.prompt
        if view.step != "payment_failed" or prompt is None:
            return None
        if self._money(prompt.amount_minor) not in view.said:
            return None
        return Quote(prompt.lines, prompt.amount_minor, prompt.phone, prompt.address)

    def _check(self, view: View) -> None:
        """Check the invariants of all attempts."""
        out = [p for p in view.prompts if p.in_flight and p.order_status == "open"]
        if len(out) > 1:  # an open prompt of a cancelled order does not count
            self._note("two prompts are out at once")
        for prompt in view.prompts:
            due = sum(x.quantity * x.price_minor for x in prompt.lines) + prompt.delivery_minor
            if prompt.amount_minor != due:
                self._note(f"charged {self._sum(prompt)} for an order of {self._money(due)}")

    def _note(self, wrong: str) -> None:
        """Record a violation once, however many turns it lasts."""
        if wrong not in self.wrongs:
            self.wrongs.append(wrong)

    def _sum(self, prompt: Prompt) -> str:
        return self._money(prompt.amount_minor)

    def _money(self, amount_minor: int) -> str:
        return format_money(amount_minor, self.currency)


def _alike(one: Prompt, other: Prompt) -> bool:
    same = one.amount_minor == other.amount_minor and one.phone == other.phone
    return same and _counted(one.lines) == _counted(other.lines)


def _counted(lines: Sequence[Counted]) -> list[tuple[str, int, int]]:
    return sorted((str(x.variant), x.quantity, x.price_minor) for x in lines)


def _numbers_in(acts: Sequence[Act]) -> set[str]:
    """The phone numbers in the message, in E.164."""
    said = [act.phone for act in acts if isinstance(act, SetPayer) and act.phone]
    found = set()
    for number in said:
        try:
            found.add(to_e164(number, region="KE"))
        except CallerError:
            continue
    return found
