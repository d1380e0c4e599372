"""Makes rules of the recipes, fitted to when a cart counts as left in the shop."""

from __future__ import annotations

from dukani.campaigns.automations import writing
from dukani.campaigns.automations.recipes import RECIPES
from dukani.core.database import Connection
from dukani.core.errors import NotFound
from dukani.core.store import automation_rules
from dukani.core.store.automation_rules import Rule
from dukani.domain.automations import RuleDefinition


async def recipes(conn: Connection) -> list[RuleDefinition]:
    """All, as they would be made in this shop."""
    least = await automation_rules.cart_left_minutes(conn)
    return [fitted(one, cart_left_minutes=least) for one in RECIPES.values()]


async def use(conn: Connection, key: str, *, created_by: str | None = None) -> Rule:
    """A rule of the recipe, switched off. Raises NotFound."""
    for one in await recipes(conn):
        if one.trigger == key:
            return await writing.create_as_free(conn, one, created_by=created_by)
    raise NotFound("There is no such recipe.")


def fitted(recipe: RuleDefinition, *, cart_left_minutes: int) -> RuleDefinition:
    """Its steps later by as much as the first would come too early. Pure."""
    late = cart_left_minutes - recipe.steps[0].after_minutes
    if recipe.trigger != "cart_abandoned" or late <= 0:
        return recipe
    steps = [
        step.model_copy(update={"after_minutes": step.after_minutes + late})
        for step in recipe.steps
    ]
    return recipe.model_copy(update={"steps": tuple(steps)})
