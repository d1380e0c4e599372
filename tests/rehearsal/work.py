"""Jobs that nobody does: a worker of the wrong queue, and a worker that died."""

from __future__ import annotations

from tests.rehearsal.scene import Scene
from tests.rehearsal.trouble import Trouble, holds

PHONE = "+254711020004"
_TWO_MINUTES_LATER = """
set session_replication_role = replica;
update procrastinate_events set at = at - interval '2 minutes';
update procrastinate_jobs set scheduled_at = scheduled_at - interval '2 minutes'
  where status = 'todo'
"""
_WAITING = "select count(*) from procrastinate_jobs where status = 'todo' and queue_name = 'turns'"


class QueueGrowing(Trouble):
    title = "Queue growing"
    rings = ("QueueLate", "NobodyWorks")

    async def cause(self, scene: Scene) -> None:
        """The one worker there is was started for another queue, two minutes ago."""
        await scene.stop("worker")
        await scene.start("worker", "--queue", "sending")
        await scene.write(PHONE, "Do you have a blue dress?")
        await scene.wait_for(_WAITING, 1)
        scene.execute(_TWO_MINUTES_LATER)
        holds(await scene.answers(PHONE) == [], "she has an answer all the same")

    async def heal(self, scene: Scene) -> None:
        await scene.stop("worker")

    async def check_over(self, scene: Scene) -> None:
        holds(await scene.is_answered(PHONE), "she has no answer")
        await scene.stop("worker")
        await scene.start("worker")


class WorkerDead(Trouble):
    title = "Worker dead"
    rings = ("NobodyWorks", "ProcessDown")

    async def cause(self, scene: Scene) -> None:
        await scene.kill("worker")
        await scene.write(PHONE, "And in size M?")
        self._had = len(await scene.answers(PHONE))

    async def check_over(self, scene: Scene) -> None:
        answered = await scene.is_answered(PHONE, more_than=self._had)
        holds(answered, "what came meanwhile was not answered")
