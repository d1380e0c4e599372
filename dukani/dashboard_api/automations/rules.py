"""Rules: written, changed, copied and switched by owners, read by members."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request, Response

from dukani.campaigns.automations import writing
from dukani.core.store import automation_rules
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.automations.rule_answers import (
    AutomationRule,
    AutomationRules,
    answer_of,
    answers_of,
)
from dukani.dashboard_api.automations.rule_fields import RuleFields
from dukani.dashboard_api.bodies import Body
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.versions import IfMatch, require_version, show_version

router = APIRouter(prefix="/boutiques/{boutique_id}/automations/rules", tags=["automations"])


class Switch(Body):
    is_on: bool


@router.get("")
async def list_automation_rules(member: AMember) -> AutomationRules:
    """In the order in which they go before each other."""
    return await answers_of(member, await automation_rules.of_boutique(member.conn))


@router.post("", status_code=201)
async def create_automation_rule(
    owner: AnOwner,
    written: RuleFields,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> AutomationRule:
    """Switched off: nothing is sent."""

    async def create() -> AutomationRule:
        made = await writing.create(
            owner.conn,
            written.definition(),
            boutique_id=owner.boutique_id,
            created_by=owner.signed_in.user_id,
        )
        return await answer_of(owner, made)

    made = await once(owner, request, idempotency_key, create, AutomationRule)
    return _versioned(made, response)


@router.get("/{rule_id}")
async def get_automation_rule(member: AMember, rule_id: UUID, response: Response) -> AutomationRule:
    found = await writing.the_rule(member.conn, rule_id=str(rule_id))
    return _versioned(await answer_of(member, found), response)


@router.put("/{rule_id}")
async def replace_automation_rule(
    owner: AnOwner,
    rule_id: UUID,
    written: RuleFields,
    response: Response,
    if_match: IfMatch = None,
) -> AutomationRule:
    """Who is in it already goes on by what is written now."""
    found = await writing.the_rule(owner.conn, rule_id=str(rule_id), for_update=True)
    require_version(if_match, found.updated_at)
    changed = await writing.replace(
        owner.conn, written.definition(), rule_id=found.id, boutique_id=owner.boutique_id
    )
    return _versioned(await answer_of(owner, changed), response)


@router.put("/{rule_id}/switch")
async def switch_automation_rule(
    owner: AnOwner, rule_id: UUID, switch: Switch, response: Response
) -> AutomationRule:
    """Off: who is in it gets nothing more."""
    changed = await writing.switch(
        owner.conn, rule_id=str(rule_id), is_on=switch.is_on, boutique_id=owner.boutique_id
    )
    return _versioned(await answer_of(owner, changed), response)


@router.delete("/{rule_id}", status_code=204)
async def remove_automation_rule(owner: AnOwner, rule_id: UUID) -> None:
    """What it has sent stays in the results."""
    await writing.remove(owner.conn, rule_id=str(rule_id))


@router.post("/{rule_id}/copy", status_code=201)
async def copy_automation_rule(
    owner: AnOwner,
    rule_id: UUID,
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> AutomationRule:
    """A rule that is written as this one, switched off."""

    async def copy() -> AutomationRule:
        by = owner.signed_in.user_id
        made = await writing.copy(owner.conn, rule_id=str(rule_id), created_by=by)
        return await answer_of(owner, made)

    return _versioned(await once(owner, request, idempotency_key, copy, AutomationRule), response)


def _versioned(rule: AutomationRule, response: Response) -> AutomationRule:
    show_version(response, rule.updated_at)
    return rule
