"""How long each kind of thing is kept, when it was looked through last, and what was deleted."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter

from dukani.core.store import retention_runs
from dukani.core.store.retention_runs import OfABoutique
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer
from dukani.tools.retention import days_of

router = APIRouter(prefix="/boutiques/{boutique_id}/retention", tags=["retention"])

OF_THE_INSTALLATION = {"jobs"}  # of no boutique


class KeptKind(Answer):
    """`removed`: in the night of `deleted_at`, the last in which something was too old."""

    kind: str
    days: int
    looked_at: datetime | None
    deleted_at: datetime | None
    removed: int
    removed_in_all: int


class KeptKinds(Answer):
    items: list[KeptKind]


@router.get("")
async def list_kept_kinds(owner: AnOwner) -> KeptKinds:
    """In days, as whoever runs the installation has set them."""
    known = await retention_runs.of_boutique(owner.conn)
    kept = days_of(owner.services.settings.retention)
    return KeptKinds(
        items=[
            _shown(kind, days, known.get(kind))
            for kind, days in kept.items()
            if kind not in OF_THE_INSTALLATION
        ]
    )


def _shown(kind: str, days: int, known: OfABoutique | None) -> KeptKind:
    return KeptKind(
        kind=kind,
        days=days,
        looked_at=known.looked_at if known else None,
        deleted_at=known.deleted_at if known else None,
        removed=known.removed if known else 0,
        removed_in_all=known.removed_in_all if known else 0,
    )
