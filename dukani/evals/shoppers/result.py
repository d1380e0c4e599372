"""The result of one shopper's conversation."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.evals.shoppers.mind_names import KNOWS_WHAT_IS_MEANT, MindName
from dukani.evals.shoppers.wording import Language


@dataclass(slots=True)
class Result:
    """One shopper's result; `seed` and `index` reproduce the shopper.

    Each list holds descriptions of errors; `unfinished` says why the shopper did not reach the
    goal.
    """

    seed: int
    index: int
    mind: MindName
    language: Language
    bends: tuple[str, ...] = ()
    goal: str = ""
    turns: int = 0
    prompts: int = 0  # attempts to charge the shopper
    turn_seconds: list[float] = field(default_factory=list)  # of each message, to its answers
    mends: int = 0  # corrections of the order shown
    unfinished: str | None = "not begun"
    wrong_goods: list[str] = field(default_factory=list)  # prompted or paid
    wrong_sum: list[str] = field(default_factory=list)
    unagreed: list[str] = field(default_factory=list)  # charged without total shown or without yes
    dropped: list[str] = field(default_factory=list)  # wishes ignored in silence
    wrong_totals: list[str] = field(default_factory=list)  # shown, before any yes
    needless: list[str] = field(default_factory=list)  # questions
    unanswered: list[str] = field(default_factory=list)  # messages without an answer
    slips: list[tuple[str, str]] = field(default_factory=list)  # bend, the order right after it
    transcript: list[tuple[str, str]] = field(default_factory=list)  # author, text

    @property
    def completed(self) -> bool:
        return self.unfinished is None

    @property
    def harmed(self) -> bool:
        """Whether wrong goods or a wrong sum were prompted or paid."""
        return bool(self.wrong_goods or self.wrong_sum or self.unagreed)

    @property
    def passed(self) -> bool:
        """Whether the goal was reached without errors; with perfect understanding also no mends."""
        fine = self.completed and not self.harmed and not self.dropped
        return fine and not (self.mind in KNOWS_WHAT_IS_MEANT and (self.mends or self.wrong_totals))

    @property
    def problems(self) -> list[str]:
        """The errors, worst first."""
        unfinished = [f"not completed: {self.unfinished}"] if self.unfinished else []
        told = (
            ("wrong goods", self.wrong_goods), ("wrong sum", self.wrong_sum),
            ("not agreed to", self.unagreed), ("dropped", self.dropped),
            ("wrong total shown", self.wrong_totals), ("needless question", self.needless),
            ("unanswered", self.unanswered),
        )  # fmt: skip
        slips = [f"slip after {bend}: {what}" for bend, what in self.slips]
        return [*(f"{name}: {x}" for name, lines in told for x in lines), *unfinished, *slips]
