"""Short ways to build acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dukani.agent.acts import Act, ActKind

Acts = list[Act]


def act(kind: ActKind, **slots: object) -> Act:
    """An act with the slots that are not None."""
    return Act(kind=kind, **{name: value for name, value in slots.items() if value is not None})


def with_slots(kind: ActKind, slots: Mapping[str, object]) -> Act:
    return act(kind, **dict(slots))


def kinds(acts: Iterable[Act]) -> set[str]:
    return {one.kind for one in acts}
