"""A database that is lost, and the backup of it."""

from __future__ import annotations

import shutil

from dukani.core import migrations
from tests.rehearsal.scene import Scene
from tests.rehearsal.trouble import Trouble, holds

PHONE = "+254711020008"
_KNOWN = "select count(*) from customers"


class Lost(Trouble):
    title = "Restore from a backup"
    rings = ("DatabaseAway",)

    async def cause(self, scene: Scene) -> None:
        """Last night's backup is there; then the database is gone, and the files with it."""
        await scene.write(PHONE, "Do you have a blue dress?")
        holds(await scene.is_answered(PHONE), "she has no answer")
        scene.variables |= {"BACKUP": str(scene.folder / "backup")}
        made = await scene.run("dukani backup $BACKUP")
        holds(made[0].code == 0, made[0].printed)
        self._known = scene.value(_KNOWN)
        shutil.rmtree(scene.folder / "media", ignore_errors=True)
        scene.drop_database()

    async def heal(self, scene: Scene) -> None:
        """The old installation is stopped, and an empty database is made."""
        await scene.stop("serve")
        await scene.stop("worker")
        migrations.create_database(scene.server.url("postgres", user="postgres"), scene.name)

    async def check_over(self, scene: Scene) -> None:
        holds(scene.value(_KNOWN) == self._known, "customers are missing")
        had = len(await scene.answers(PHONE))
        await scene.write(PHONE, "And in size M?")
        holds(await scene.is_answered(PHONE, more_than=had), "she has no answer any more")
