"""`dukani chat` and `dukani doctor`."""

from __future__ import annotations

from contextlib import suppress

import typer

from dukani.chat.session import chat as chatting
from dukani.commands.frame import console, read_settings, run
from dukani.doctor.report import print_examination
from dukani.serving import stopping_cleanly


def chat(*, boutique: str, phone: str, port: int | None) -> None:
    settings = read_settings(quiet=True)
    if port is not None:
        settings.web.port = port
    with suppress(KeyboardInterrupt), stopping_cleanly():
        run(chatting(settings, console, boutique=boutique, phone=phone))


def doctor(*, as_demo: bool | None) -> None:
    healthy = print_examination(console, as_demo=as_demo)
    raise typer.Exit(0 if healthy else 1)
