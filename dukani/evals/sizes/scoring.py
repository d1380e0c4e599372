"""Counts right, nearly right and silent answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dukani.evals.sizes.advisers import ADVISERS, Answer
from dukani.evals.sizes.histories import Case


@dataclass(slots=True)
class Tally:
    """Of so many cases: the size exactly, within one size, and no answer."""

    cases: int = 0
    exact: int = 0
    near: int = 0
    silent: int = 0

    def add(self, case: Case, answer: Answer) -> None:
        self.cases += 1
        if answer.size is None:
            self.silent += 1
            return
        sizes = case.piece.sizes
        away = abs(sizes.index(answer.size) - sizes.index(case.truth))
        self.exact += away == 0
        self.near += away <= 1


@dataclass(slots=True)
class Scores:
    """Tallies by kind of case and adviser, and of our advice by its confidence."""

    by_kind: dict[str, dict[str, Tally]] = field(default_factory=dict)
    whole: dict[str, Tally] = field(default_factory=dict)
    by_confidence: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))


def scored(cases: Iterable[Case]) -> Scores:
    scores = Scores(whole={name: Tally() for name in ADVISERS})
    for case in cases:
        kind = scores.by_kind.setdefault(case.kind, {name: Tally() for name in ADVISERS})
        for name, answer in answers(case):
            kind[name].add(case, answer)
            scores.whole[name].add(case, answer)
            if answer.confidence:
                scores.by_confidence[answer.confidence].add(case, answer)
    return scores


def answers(case: Case) -> Iterator[tuple[str, Answer]]:
    for name, adviser in ADVISERS.items():
        yield name, adviser(case)
