"""Rules to begin with: well-worded ones, which an owner takes and changes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from dukani.campaigns.automations import recipe_use
from dukani.dashboard_api.access import AMember, AnOwner
from dukani.dashboard_api.automations.rule_answers import AutomationRule, answer_of
from dukani.dashboard_api.bodies import Answer
from dukani.dashboard_api.idempotency import IdempotencyKey, once
from dukani.dashboard_api.versions import show_version
from dukani.domain.automations import RuleDefinition, Trigger

router = APIRouter(prefix="/boutiques/{boutique_id}/automations/recipes", tags=["automations"])


class Recipe(Answer):
    """`key` is its trigger, of which there is one recipe."""

    key: Trigger
    definition: RuleDefinition


class Recipes(Answer):
    items: list[Recipe]


@router.get("")
async def list_automation_recipes(member: AMember) -> Recipes:
    """As they would be made in this shop: no step comes before a cart counts as left."""
    found = await recipe_use.recipes(member.conn)
    return Recipes(items=[Recipe(key=one.trigger, definition=one) for one in found])


@router.post("/{recipe}/rules", status_code=201)
async def create_rule_from_recipe(
    owner: AnOwner,
    recipe: Annotated[str, Path(max_length=40, description="the key of a recipe")],
    request: Request,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> AutomationRule:
    """Switched off, and under a name that is free."""

    async def create() -> AutomationRule:
        by = owner.signed_in.user_id
        return await answer_of(owner, await recipe_use.use(owner.conn, recipe, created_by=by))

    made = await once(owner, request, idempotency_key, create, AutomationRule)
    show_version(response, made.updated_at)
    return made
