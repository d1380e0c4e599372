"""Defines the result of resolving a message's edits."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.domain.acts import Add, Edit, Target
from dukani.domain.questions import Question


@dataclass(frozen=True, slots=True)
class NotFound:
    """An edit whose target fits nothing in the order or in the shop."""

    edit: Edit
    of_order: bool  # the target was searched among the order's lines, not in the shop


@dataclass(slots=True)
class Resolution:
    """The resolved edits, in order, and the questions still open."""

    pinned: list[Edit] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)  # new questions
    unknown: list[NotFound] = field(default_factory=list)
    dropped: list[Question] = field(default_factory=list)  # wishes taken back
    open: list[Question] = field(default_factory=list)  # earlier questions, not answered yet

    def ask(self, question: Question) -> None:
        """Asks a question for an edit once: the open one, if it says the same, is asked again."""
        question = next((q for q in self.open if _repeats(question, q)), question)
        again = [q for q in self.open if q.completes == question.completes]
        self.open = [q for q in self.open if q not in again]
        self.asked.append(question)

    def drop(self, question: Question) -> None:
        """Closes the question about a piece the customer no longer wants, and notes its name."""
        self.open = [q for q in self.open if q is not question]
        named = {"name": question.name or words_of(question)}
        self.dropped.append(question.model_copy(update=named))

    def close(self, question: Question) -> None:
        """Closes an answered question."""
        self.open = [q for q in self.open if q is not question]


def _repeats(question: Question, before: Question) -> bool:
    """Whether the question repeats an open one: a mere "yes" to several pieces chooses none."""
    vague = isinstance(question.completes, Add) and question.completes == Add()
    same = question.field == before.field == "which"
    return vague and same and {*question.choices} == {*before.choices}


def words_of(wish: Question) -> str:
    """The customer's words for a wish, where no piece was chosen yet."""
    target = getattr(wish.completes, "target", Target())
    words = (target.colour, target.name or target.category, target.size)
    return " ".join(word for word in words if word)
