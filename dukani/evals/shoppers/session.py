"""Runs a shopper's whole conversation, from the first message to the payment."""

from __future__ import annotations

import time

from dukani.domain.acts import Language, Understanding
from dukani.evals.shoppers.conversation import Conversation
from dukani.evals.shoppers.intentions import LATE, PAID, Happening
from dukani.evals.shoppers.minds import Tell
from dukani.evals.shoppers.observing import Observer
from dukani.evals.shoppers.result import Result
from dukani.evals.shoppers.shopper import Happens, Says, Shopper, Stops
from dukani.evals.shoppers.view import Prompt, View
from dukani.evals.shoppers.watch import Watch
from dukani.graph.turn import TurnFailed

MOST_TURNS = 60
CANCELLED, WRONG_PIN = "1032", "2001"


class Session:
    """Drives one shopper; `run` fills the result."""

    def __init__(
        self, conversation: Conversation, shopper: Shopper, result: Result, tell: Tell
    ) -> None:
        self._conversation = conversation
        self._shopper = shopper
        self._result = result
        self._tell = tell
        self._observer = Observer(shopper, result)
        self._watch = Watch(shopper.plan.shop.currency, result.unagreed)

    async def run(self) -> Result:
        view = View()
        try:
            while self._result.turns < MOST_TURNS:
                move = self._shopper.next(view)
                if isinstance(move, Stops):
                    self._stop(move, view)
                    return self._result
                view = await self._make(move, view)
            self._result.unfinished = f"not done in {MOST_TURNS} turns"
        except TurnFailed as failed:
            self._result.unfinished = f"the turn failed: {failed.__cause__!r}"
        except TimeoutError:
            self._result.unfinished = "the turn never ended"
        finally:
            self._result.mends = self._shopper.mends
        return self._result

    def _stop(self, stops: Stops, view: View) -> None:
        self._result.unfinished = stops.why or None
        if not stops.why:
            self._observer.ended(view)

    async def _make(self, move: Says | Happens, view: View) -> View:
        self._result.turns += 1
        if isinstance(move, Happens):
            return await self._pay(move.happening, view)
        self._result.transcript.append(("customer", move.text))
        self._observer.said(move)
        language: Language = "en" if self._shopper.plan.language == "en" else "sw"
        self._tell(move.text, Understanding(acts=tuple(move.acts), language=language))
        began = time.monotonic()
        view = await self._conversation.say(move.text)
        self._result.turn_seconds.append(time.monotonic() - began)
        self._note(view)
        if not view.texts:
            self._result.unanswered.append(f"{move.text!r} at {view.step}")
        for prompt in self._watch.after_words(move.acts, view):
            self._observer.prompted(prompt)
        self._observer.answered(move, view)
        return view

    async def _pay(self, happening: Happening, view: View) -> View:
        prompt = _meant(happening, view)
        if prompt is None:
            self._result.unfinished = "no prompt was out"
            return view
        code = PAID if happening.pays else happening.code
        if code == CANCELLED and prompt.phone != self._shopper.plan.own_phone:
            code = WRONG_PIN  # a foreign phone that cancels is not prompted again: no sale to check
        self._result.transcript.append(("M-Pesa", happening.code))
        view = await self._conversation.mpesa(
            prompt.payment_id, code, amount_minor=prompt.amount_minor
        )
        self._note(view)
        self._watch.after_mpesa(view)
        if happening.code != LATE:  # with late money the latest steps are about another order
            self._observer.looked(view)
        if happening.pays:
            after = next(p for p in view.prompts if p.payment_id == prompt.payment_id)
            self._observer.paid(after, happening)
        return view

    def _note(self, view: View) -> None:
        if view.heard and self._result.mind in ("reader", "gemini"):
            self._result.transcript.append(("heard", view.heard))
        self._result.prompts = len(view.prompts)
        for text in view.texts:
            self._result.transcript.append(("assistant", text))


def _meant(happening: Happening, view: View) -> Prompt | None:
    """The open prompt; for late money the last failed one."""
    late = happening.code == LATE
    fits = [p for p in view.prompts if (p.status == "failed" if late else p.in_flight)]
    return fits[-1] if fits else None
