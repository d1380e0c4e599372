"""Counts a file's dialogues that failed a check, failed finally, or prompted wrong goods."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dukani.evals.dialogue_result import DialogueResult


@dataclass(frozen=True, slots=True)
class DialogueFigures:
    """The ids of the dialogues behind each of the three figures."""

    of: int
    failed: tuple[str, ...]  # any check
    failed_finally: tuple[str, ...]  # of `expect_final`
    wrong: tuple[str, ...]  # wrong goods or a wrong sum prompted or paid

    @property
    def passed(self) -> int:
        return self.of - len(self.failed)

    @property
    def passed_finally(self) -> int:
        return self.of - len(self.failed_finally)


def figures_of(results: Sequence[DialogueResult]) -> DialogueFigures:
    return DialogueFigures(
        of=len(results),
        failed=tuple(r.dialogue.id for r in results if not r.passed),
        failed_finally=tuple(r.dialogue.id for r in results if not r.passed_finally),
        wrong=tuple(r.dialogue.id for r in results if r.wrong),
    )


def write_figures(path: Path, *, of: Path, results: Sequence[DialogueResult]) -> None:
    """Write the figures as JSON, with the problems of each dialogue."""
    written = json.dumps(as_json(of, results), ensure_ascii=False, indent=1)
    path.write_text(f"{written}\n", encoding="utf-8")


def as_json(file: Path, results: Sequence[DialogueResult]) -> dict[str, Any]:
    figures = figures_of(results)
    return {
        "file": str(file),
        "dialogues": figures.of,
        "passed_every_check": {"count": figures.passed, "failing": figures.failed},
        "passed_finally": {"count": figures.passed_finally, "failing": figures.failed_finally},
        "wrong_goods_or_sum": {"count": len(figures.wrong), "failing": figures.wrong},
        "problems": {
            r.dialogue.id: [*r.problems, *(f"wrong goods or sum, {one}" for one in r.wrong)]
            for r in results
            if r.problems or r.wrong or not r.ended
        },
    }
