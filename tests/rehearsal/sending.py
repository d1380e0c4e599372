"""A number that the provider refuses, and a template that WhatsApp paused."""

from __future__ import annotations

from dukani.sandbox.accounts import PWANI
from tests.rehearsal.scene import Scene
from tests.rehearsal.trouble import Trouble, holds

PHONE = "+254711020002"
LOCKED = "131031"  # Meta: the account has been locked
_HELD = """
select count(*) from messages where direction = 'out' and status in ('queued', 'sending')
  and error_code is not null
"""
_IS_HELD = f"select ({_HELD}) > 0"
_PAUSED = "select count(*) from message_templates where status = 'paused'"


class NumberBanned(Trouble):
    title = "Number banned"
    rings = ("MessagesHeld",)

    async def cause(self, scene: Scene) -> None:
        await scene.fault(meta={"error_next": 1_000, "error_code": LOCKED})
        await scene.write(PHONE, "Do you have a blue dress?")
        await scene.wait_for(_IS_HELD, True)
        holds(await scene.answers(PHONE) == [], "she has an answer all the same")

    async def heal(self, scene: Scene) -> None:
        await scene.no_faults()
        scene.ten_minutes_later()

    async def check_over(self, scene: Scene) -> None:
        gone = await scene.until(_HELD, 0)
        holds(gone, "a message is held still")
        holds(await scene.is_answered(PHONE), "she has no answer")


class TemplatePaused(Trouble):
    title = "Template paused"
    rings = ("TemplatesPaused",)

    async def cause(self, scene: Scene) -> None:
        """WhatsApp pauses one for its quality, and tells by a webhook."""
        await self._happen(scene, "pause")
        holds(await scene.until(_PAUSED, 1), "the template is not known to be paused")

    async def heal(self, scene: Scene) -> None:
        """The review takes it back, and the webhook that would tell so is lost."""
        await scene.fault(meta={"lose_next": 1})
        await self._happen(scene, "approve")
        holds(scene.value(_PAUSED) == 1, "it is approved before anybody asked")

    async def check_over(self, scene: Scene) -> None:
        await scene.no_faults()
        holds(scene.value(_PAUSED) == 0, "it is still paused here")

    async def _happen(self, scene: Scene, what: str) -> None:
        name = scene.value("select name from message_templates where status <> 'x' order by name")
        path = f"/templates/{PWANI.key}/{name}/en"
        (await scene.http.post(path, json={"what": what})).raise_for_status()
