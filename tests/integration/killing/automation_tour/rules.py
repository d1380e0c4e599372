"""Rules as the owner makes them: from a recipe, and switched on."""

from __future__ import annotations

from tests.integration.killing.automation_tour.town import Row, Shop


async def from_recipe(shop: Shop, recipe: str) -> Row:
    """The recipe's rule, on."""
    made: Row = await shop.call("POST", f"/automations/recipes/{recipe}/rules")
    on: Row = await shop.call(
        "PUT", f"/automations/rules/{made['id']}/switch", json={"is_on": True}
    )
    return on
