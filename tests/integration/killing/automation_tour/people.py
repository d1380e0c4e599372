"""Who is in the tour: each has a browser and a phone of her own, in a country where it is day."""

from __future__ import annotations

from contextlib import AsyncExitStack

import httpx

from tests.integration.campaigns.a_campaign import by_day
from tests.integration.killing.automation_tour.shopper import BROWSER, Shopper
from tests.integration.killing.automation_tour.town import Shop


class People:
    """Makes them; M-Pesa is Kenya's, so whoever lives elsewhere pays with another phone."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._made = 0

    async def come(self, shop: Shop, name: str) -> Shopper:
        self._made += 1
        phone = by_day(500 + self._made)
        browser = await self._stack.enter_async_context(
            httpx.AsyncClient(
                base_url=shop.service.base_url,
                headers={"user-agent": BROWSER},
                follow_redirects=True,
                timeout=30.0,
            )
        )
        payer = phone if phone.startswith("+254") else f"+2547119{self._made:05d}"
        return Shopper(shop, phone, name, payer, browser)
