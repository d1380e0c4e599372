"""What every rehearsed trouble has."""

from __future__ import annotations

from typing import ClassVar

from tests.rehearsal.scene import Scene


class NotSo(AssertionError):
    """The rehearsal did not find what the runbook says: its text tells what."""


class Trouble:
    """One chapter of the runbook, let happen. `rings`: its alerts that have to ring for it."""

    title: ClassVar[str]
    rings: ClassVar[tuple[str, ...]] = ()

    async def cause(self, scene: Scene) -> None:
        """Let it happen; it is to be seen when this returns. Raises NotSo."""
        raise NotImplementedError

    def check_seen(self, printed: str) -> None:
        """What the chapter's commands of looking printed tells of it. Raises NotSo."""

    async def heal(self, scene: Scene) -> None:
        """What others do who are no part of the installation: a provider, WhatsApp's review."""

    async def check_over(self, scene: Scene) -> None:
        """Whoever waited is served. Raises NotSo."""
        raise NotImplementedError


def holds(found: bool, otherwise: str) -> None:
    if not found:
        raise NotSo(otherwise)
