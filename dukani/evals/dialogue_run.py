"""Runs one dialogue turn by turn, and checks the state after each turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dukani.core.store.messages import Message
from dukani.evals.checks import run_checks
from dukani.evals.checks.moment import Moment
from dukani.evals.checks.story import Story
from dukani.evals.dialogue_file import Dialogue, Turn, event_called
from dukani.evals.dialogue_result import DialogueResult
from dukani.evals.money_events import NoPrompt
from dukani.evals.placeholders import CannotFill
from dukani.evals.read_standing import standing_of
from dukani.evals.shopper import NotAnswered, options_in, words_of
from dukani.evals.standing import Standing
from dukani.evals.turn_taking import CannotHappen, TurnTaker
from dukani.evals.wrong_goods import Prompt, new_prompts, wrong_in

_AWAITS_ORDER = frozenset({"awaiting_payment", "payment_failed", "paid"})


@dataclass(slots=True)
class DialogueRun:
    taker: TurnTaker
    names: Mapping[str, str]  # SKU → name
    written: list[Message] = field(default_factory=list)
    story: Story = field(default_factory=Story)
    prompts: list[Prompt] = field(default_factory=list)
    before: Standing | None = None  # at the beginning of the last turn
    now: Standing | None = None  # at the end of the last turn

    @property
    def result(self) -> DialogueResult:
        return self.taker.result

    async def result_of_all_turns(self) -> DialogueResult:
        """Run all turns; an impossible turn is one problem, and the dialogue goes on after it."""
        turns = self.result.dialogue.turns
        try:
            for number, turn in enumerate(turns, start=1):
                await self._turn(number, turn)
            await self._end(len(turns) + 1)
        except NotAnswered as error:  # a job failed: every turn after it would wait as long
            self.result.interim.append(f"turn {len(self.story.chapters) + 1}: {error}")
        return self.result

    async def _turn(self, number: int, turn: Turn) -> None:
        event, checks = turn.event, turn.then
        try:
            await self.taker.take(turn)
        except (CannotFill, CannotHappen, NoPrompt) as error:
            self.result.interim.append(f"turn {number}: {error}")
            event, checks = None, {}  # the checks assume an event that did not happen
        written = await self._look(number, event_called(event.type) if event else None)
        if self.now is not None:
            problems = self._problems(checks, self.now, written)
            self.result.interim += [f"turn {number}: {problem}" for problem in problems]

    async def _end(self, number: int) -> None:
        """Answer yes to a last question if the file expects an order, then run the final checks."""
        dialogue = self.result.dialogue
        if _expects_order(dialogue) and await self.taker.waits_for_yes():
            await self.taker.say_yes()
            await self._look(number)
        if self.now is None:
            self.result.interim.append("finally: nobody has written")
            return
        problems = self._problems(dialogue.expect_final, self.now, self.written, final=True)
        self.result.final = [f"finally: {problem}" for problem in problems]
        self.result.wrong = wrong_in(dialogue, self.prompts, self.now)
        self.result.ended = True

    async def _look(self, number: int, event: str | None = None) -> list[Message]:
        """Read the state and the messages since the turn before."""
        written = await self.taker.read()
        self.written += written
        standing = await standing_of(self.taker.shopper)
        if standing is not None:
            self.before, self.now = self.now, standing
            self.story.add(event, words_of(written), may_answer=standing.may_answer)
            self.prompts += new_prompts(number, self.before, standing)
        return written

    def _problems(
        self,
        checks: Mapping[str, Any],
        standing: Standing,
        written: Sequence[Message],
        *,
        final: bool = False,
    ) -> list[str]:
        said = words_of(written)
        moment = Moment(
            said=said,
            options=frozenset(option["sku"] for option in options_in(written)),
            named=self._named(said),
            standing=standing,
            before=self.before,
            story=self.story,
            final=final,
        )
        problems, unchecked = run_checks(checks, moment)
        self.result.unchecked += [name for name in unchecked if name not in self.result.unchecked]
        return problems

    def _named(self, said: Sequence[str]) -> frozenset[str]:
        text = "\n".join(said).lower()
        return frozenset(sku for sku, name in self.names.items() if name.lower() in text)


def _expects_order(dialogue: Dialogue) -> bool:
    """Whether the dialogue is expected to end with an order."""
    wanted = dialogue.expect_final.get("order_status", ())
    statuses = wanted if isinstance(wanted, list) else [wanted]
    return bool(_AWAITS_ORDER.intersection(map(str, statuses)))
