"""Rules as the owner makes them: from a recipe, and switched on."""

from __future__ import annotations

from dukani.campaigns.automations.recipes import RECIPES
from dukani.domain.automations import Trigger
from tests.integration.killing.automation_tour.town import Row, Shop


async def from_recipe(shop: Shop, recipe: Trigger) -> Row:
    """The recipe's rule, on."""
    written = RECIPES[recipe].model_dump(mode="json", by_alias=True)
    made: Row = await shop.call("POST", "/automations/rules", json=written)
    on: Row = await shop.call(
        "PUT", f"/automations/rules/{made['id']}/switch", json={"is_on": True}
    )
    return on
