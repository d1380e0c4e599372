"""The result of a dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.evals.dialogue_file import Dialogue


@dataclass(slots=True)
class DialogueResult:
    """A dialogue with its problems; without problems it passed."""

    dialogue: Dialogue
    interim: list[str] = field(default_factory=list)  # problems before the end
    final: list[str] = field(default_factory=list)  # problems of `expect_final`
    wrong: list[str] = field(default_factory=list)  # wrong goods or sums prompted or paid
    unchecked: list[str] = field(default_factory=list)
    transcript: list[tuple[str, str]] = field(default_factory=list)  # author, text
    yeses: int = 0  # questions that the harness answered with yes
    ended: bool = False  # the final checks have run

    @property
    def problems(self) -> list[str]:
        return [*self.interim, *self.final]

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return self.ended and not self.problems

    @property
    def passed_finally(self) -> bool:
        """Whether the final checks passed, whatever came before."""
        return self.ended and not self.final
