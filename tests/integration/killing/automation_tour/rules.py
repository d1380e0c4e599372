"""Rules as the owner makes them: from a recipe, and switched on."""

from __future__ import annotations

from tests.integration.killing.automation_tour.town import Row, Shop

# As long as any may: whoever is in the tour has day for an hour at least (`by_day`).
HOURS = {"opens": "09:00", "closes": "21:00"}


async def from_recipe(shop: Shop, recipe: str) -> Row:
    """The recipe's rule, on."""
    made: Row = await shop.call("POST", f"/automations/recipes/{recipe}/rules")
    path = f"/automations/rules/{made['id']}"
    await shop.call(
        "PUT", path, json=made["definition"] | {"hours": HOURS}, headers={"if-match": "*"}
    )
    on: Row = await shop.call("PUT", f"{path}/switch", json={"is_on": True})
    return on
