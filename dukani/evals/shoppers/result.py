"""How a shopper fared."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.evals.shoppers.mind_names import MindName
from dukani.evals.shoppers.wording import Language


@dataclass(slots=True)
class Result:
    """One shopper: `seed` and `index` make her again.

    Each list holds sentences of what went wrong; `unfinished` says why she did not get there.
    """

    seed: int
    index: int
    mind: MindName
    language: Language
    bends: tuple[str, ...] = ()
    goal: str = ""
    turns: int = 0
    prompts: int = 0  # attempts to charge her
    mends: int = 0  # times she had to say what was wrong with the order
    unfinished: str | None = "not begun"
    wrong_goods: list[str] = field(default_factory=list)  # prompted or paid
    wrong_sum: list[str] = field(default_factory=list)
    unagreed: list[str] = field(default_factory=list)  # charged what was not shown or said yes to
    dropped: list[str] = field(default_factory=list)  # wished for, and passed over in silence
    wrong_totals: list[str] = field(default_factory=list)  # shown, before any yes
    needless: list[str] = field(default_factory=list)  # questions
    unanswered: list[str] = field(default_factory=list)  # messages nothing was said to
    slips: list[tuple[str, str]] = field(default_factory=list)  # bend, the order right after it
    transcript: list[tuple[str, str]] = field(default_factory=list)  # who, words

    @property
    def completed(self) -> bool:
        return self.unfinished is None

    @property
    def harmed(self) -> bool:
        """Wrong goods or a wrong sum, prompted or paid."""
        return bool(self.wrong_goods or self.wrong_sum or self.unagreed)

    @property
    def passed(self) -> bool:
        """All went as she meant; a mind that knows what she means must need no mending either."""
        fine = self.completed and not self.harmed and not self.dropped
        return fine and not (self.mind == "perfect" and (self.mends or self.wrong_totals))

    @property
    def problems(self) -> list[str]:
        """What failed, worst first."""
        unfinished = [f"not completed: {self.unfinished}"] if self.unfinished else []
        told = (
            ("wrong goods", self.wrong_goods), ("wrong sum", self.wrong_sum),
            ("not agreed to", self.unagreed), ("dropped", self.dropped),
            ("wrong total shown", self.wrong_totals), ("needless question", self.needless),
            ("unanswered", self.unanswered),
        )  # fmt: skip
        slips = [f"slip after {bend}: {what}" for bend, what in self.slips]
        return [*(f"{name}: {x}" for name, lines in told for x in lines), *unfinished, *slips]
