"""What the shop still lacks before it can sell."""

from __future__ import annotations

from fastapi import APIRouter

from dukani.core.store import shop_set_up
from dukani.dashboard_api.access import AnOwner
from dukani.dashboard_api.bodies import Answer
from dukani.tools.go_live import ALERT_TEMPLATES, LEAST_PIECES, Step, go_live

router = APIRouter(prefix="/boutiques/{boutique_id}/go-live", tags=["boutique"])


class StepOfGoLive(Answer):
    step: Step
    done: bool
    optional: bool
    why: str | None  # a code, of what is not done


class GoLiveList(Answer):
    is_complete: bool
    pieces: int  # counted up to what is asked for
    least_pieces: int
    steps: list[StepOfGoLive]


@router.get("")
async def get_go_live(owner: AnOwner) -> GoLiveList:
    shop = await shop_set_up.of_boutique(
        owner.conn,
        boutique_id=owner.boutique_id,
        least_pieces=LEAST_PIECES,
        alert_templates=ALERT_TEMPLATES,
    )
    assert shop is not None  # the owner is a member of it
    found = go_live(shop)
    return GoLiveList(
        is_complete=found.is_complete,
        pieces=shop.pieces,
        least_pieces=LEAST_PIECES,
        steps=[StepOfGoLive.model_validate(one) for one in found.steps],
    )
