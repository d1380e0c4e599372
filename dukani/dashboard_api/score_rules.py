"""The rules by which pieces are chosen for customers; each change is a version of its own."""

from __future__ import annotations

from fastapi import APIRouter

from dukani.campaigns import score_rules
from dukani.campaigns.rules import ScoreRules
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.bodies import Body
from dukani.dashboard_api.versions import ChangedSince

router = APIRouter(prefix="/boutiques/{boutique_id}/score-rules", tags=["score rules"])


class ScoreRulesFields(Body, ScoreRules):
    """`version` is the one that was seen; the answer has the next."""


@router.get("")
async def get_score_rules(member: AMember) -> ScoreRules:
    return await score_rules.current(member.conn)


@router.put("")
async def put_score_rules(owner: AnOwner, rules: ScoreRulesFields) -> ScoreRules:
    """Campaigns that began keep the version by which they chose."""
    now = await score_rules.current(owner.conn)
    if rules.version != now.version:
        raise ChangedSince
    return await score_rules.add_version(owner.conn, ScoreRules(**rules.model_dump()))
