"""Payments whose results do not come."""

from __future__ import annotations

import asyncio
import random

from tests.buyer import Buyer, receipts
from tests.integration.killing.town import DRESS
from tests.rehearsal.scene import SOON_S, Scene
from tests.rehearsal.trouble import Trouble, holds

PHONE = "+254711020001"
MANY = 1_000
# She paid six minutes ago: nobody waits for them here.
_SIX_MINUTES_LATER = """
set session_replication_role = replica;
update payments set sent_at = sent_at - interval '6 minutes',
  created_at = created_at - interval '6 minutes' where status in ('sending', 'pending')
"""
_OPEN = "select count(*) from payments where status in ('requested', 'sending', 'pending')"


class PaymentsLate(Trouble):
    title = "Payments late"
    rings = ("PaymentsLate",)

    async def cause(self, scene: Scene) -> None:
        """She pays, and M-Pesa neither calls nor answers when it is asked."""
        await scene.fault(daraja={"lose_next": MANY, "query_error_next": MANY})
        wish = f"Do you have the {DRESS.name} in blue?"
        self._buyer = Buyer(scene.http, "pwani", PHONE, random.Random(1), wish=wish)
        self._buying = asyncio.create_task(self._buyer.buy())
        for _ in range(300):
            if (await self._buyer.look())["sms"]:
                break
            await asyncio.sleep(0.3)
        holds(scene.value(_OPEN) == 1, "her payment has a result already")
        scene.execute(_SIX_MINUTES_LATER)

    async def heal(self, scene: Scene) -> None:
        await scene.no_faults()

    async def check_over(self, scene: Scene) -> None:
        settled = await scene.until(_OPEN, 0)
        holds(settled, "the payment is still without a result")
        async with asyncio.timeout(SOON_S):
            await self._buying
        holds(len(receipts(await self._buyer.look())) == 1, "she has no receipt, or two")
