"""A language model that does not answer."""

from __future__ import annotations

import asyncio

from tests.rehearsal.scene import Scene
from tests.rehearsal.trouble import Trouble, holds

PHONES = tuple(f"+2547110203{n:02d}" for n in range(8))
_ASKED = "Do you have a blue dress?"
RESTS_S = 30.0


class ModelDown(Trouble):
    title = "Model down"
    rings = ("ModelDown",)

    async def cause(self, scene: Scene) -> None:
        await scene.fault(gemini={"error_next": 1_000, "error_code": "503"})
        for phone in PHONES:
            await scene.write(phone, _ASKED)
        for phone in PHONES:
            holds(await scene.is_answered(phone), f"{phone} has no answer by the local reader")

    async def heal(self, scene: Scene) -> None:
        await scene.no_faults()

    async def check_over(self, scene: Scene) -> None:
        """Once it has rested, it is asked again; by more than were refused, so that most count."""
        await asyncio.sleep(RESTS_S)
        for turn in range(3):
            had = {phone: len(await scene.answers(phone)) for phone in PHONES}
            for phone in PHONES:
                await scene.write(phone, f"And a red dress? {turn}")
            for phone in PHONES:
                answered = await scene.is_answered(phone, more_than=had[phone])
                holds(answered, f"{phone} has no answer")
