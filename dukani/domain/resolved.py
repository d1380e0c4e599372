"""What resolving made of each edit of a message."""

from __future__ import annotations

from dataclasses import dataclass, field

from dukani.domain.acts import Add, Edit, Target
from dukani.domain.questions import Question


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing in view or in the shop is what the words say."""

    edit: Edit
    of_order: bool  # a line was looked for, not a piece of the shop


@dataclass(slots=True)
class Resolution:
    """What became of each edit, in order; `open` are the questions still to be answered."""

    pinned: list[Edit] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)  # new ones
    unknown: list[NotFound] = field(default_factory=list)
    dropped: list[Question] = field(default_factory=list)  # wishes taken back
    open: list[Question] = field(default_factory=list)  # asked before, not answered

    def ask(self, question: Question) -> None:
        """Asked once for one edit: asked again it takes the place of the question before."""
        question = next((q for q in self.open if _says_no_more(question, q)), question)
        again = [q for q in self.open if q.completes == question.completes]
        self.open = [q for q in self.open if q not in again]
        self.asked.append(question)

    def drop(self, wish: Question) -> None:
        """A wish taken back."""
        self.open = [q for q in self.open if q is not wish]
        self.dropped.append(wish if wish.name else wish.model_copy(update={"name": words_of(wish)}))

    def close(self, question: Question) -> None:
        """Answered."""
        self.open = [q for q in self.open if q is not question]


def _says_no_more(question: Question, before: Question) -> bool:
    """ "Yes" to several pieces, once more: nothing is wanted besides what was asked about."""
    vague = isinstance(question.completes, Add) and question.completes == Add()
    same = question.field == before.field == "which"
    return vague and same and {*question.choices} == {*before.choices}


def words_of(wish: Question) -> str:
    """The customer's words for a piece of which it was still asked which."""
    target = getattr(wish.completes, "target", Target())
    words = (target.colour, target.name or target.category, target.size)
    return " ".join(word for word in words if word)
