"""What a check is, and what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString


@dataclass(frozen=True, slots=True)
class Check:
    """An invariant of one boutique, asked of the database alone.

    `sql` gives the rows that break it, each with `id` (the row of `table`) and what is wrong with
    it, never anything of a person. It may use `%(boutique_id)s`, and `%(still)s`: for how long
    what happens in several transactions may be under way.
    """

    name: str
    says: str  # the invariant as a sentence
    table: str
    remedy: str
    sql: LiteralString


@dataclass(frozen=True, slots=True)
class Finding:
    """Rows that break a check in one boutique; `more` says that there are others beside them."""

    check: str
    boutique: str  # its slug; empty for what concerns the whole installation
    says: str
    remedy: str
    table: str
    rows: tuple[Mapping[str, Any], ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A check that the database did not answer, which is not the same as nothing found."""

    check: str
    boutique: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    boutiques: int
    checks: int
    findings: list[Finding] = field(default_factory=list)
    unanswered: list[Unanswered] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not self.findings and not self.unanswered
