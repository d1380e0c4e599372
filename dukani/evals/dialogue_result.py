"""What came of a dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.evals.dialogue_file import Dialogue


@dataclass(slots=True)
class DialogueResult:
    """A dialogue with what was wrong in it; none of it: it passed."""

    dialogue: Dialogue
    interim: list[str] = field(default_factory=list)  # problems before the end
    final: list[str] = field(default_factory=list)  # problems of `expect_final`
    wrong: list[str] = field(default_factory=list)  # wrong goods or sums prompted or paid
    unchecked: list[str] = field(default_factory=list)
    transcript: list[tuple[str, str]] = field(default_factory=list)  # who, words
    yeses: int = 0  # questions the harness answered
    ended: bool = False  # the final checks were looked at

    @property
    def problems(self) -> list[str]:
        return [*self.interim, *self.final]

    @property
    def passed(self) -> bool:
        """With every check."""
        return self.ended and not self.problems

    @property
    def passed_finally(self) -> bool:
        """By its final outcome alone."""
        return self.ended and not self.final
