"""Brings CLIP to an installation as its operator would, and prints what held.

python -m scripts.tour_models

It starts a demo of its own in a folder that is deleted after, and hubs that do wrong beside the
sandbox's. The clock of pictures ticks every five minutes, so it takes about ten. It needs the extra
`clip`. The exit code is 1 if a line does not hold.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from rich.console import Console

from dukani.agent.local_eye import MODEL
from dukani.core.settings import ROOT
from dukani.sandbox.model_hub import ModelHub, router
from scripts.tour_catalogue import sign_in, table_of
from tests.demos import Demo
from tests.integration.killing.tour_lines import Line
from tests.processes import free_port, own_environment, until_answered

OWNER = "owner@zuri.demo"
PIECES = 60  # of each shop; three batches and more of pictures
START_S = 300.0
TICK_S = 330.0  # the clock of pictures, and a little
WORDS = ("a red dress", "nataka gauni jekundu")


@dataclass(slots=True)
class Tour:
    demo: Demo
    lines: list[Line] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.demo.port}"

    def see(self, what: str, wanted: object, found: object) -> None:
        self.lines.append(Line(what, str(wanted), str(found), wanted == found))

    def models(self, *words: str, data_dir: Path | None = None) -> tuple[int, str]:
        """`dukani models …`: its exit code, and all that it says on one line."""
        run = subprocess.run(
            [sys.executable, "-m", "dukani", "models", *words],
            env=own_environment(DUKANI_DATA_DIR=str(data_dir or self.demo.folder)),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return run.returncode, " ".join((run.stdout + run.stderr).split())

    def refuses(self, what: str, source: str, told: str, data_dir: Path | None = None) -> None:
        """A pull that fails with the word, and leaves nothing that would be used."""
        code, said = self.models("pull", "--from", source, data_dir=data_dir)
        self.see(what, (1, told), (code, told if told in said else said[-160:]))
        if data_dir is None:
            _, listed = self.models("list")
            self.see("… and nothing is used", True, "not here, or not whole" in listed)


class Owner:
    """The first shop's owner, in her dashboard."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=60.0)
        self.shop, token = sign_in(self.http, OWNER)
        self.http.headers["authorization"] = f"Bearer {token}"

    def models(self) -> dict[str, Any]:
        found: dict[str, Any] = (
            self.http.get(f"/api/v1/boutiques/{self.shop}/models").raise_for_status().json()
        )
        return found

    def found(self) -> bool:
        """Whether customers' words find pieces, in both languages."""
        path = "/api/v1/whatsapp-commerce/products/search"
        with self._key() as headers:
            answers = [
                self.http.post(path, json={"text": text}, headers=headers).raise_for_status().json()
                for text in WORDS
            ]
        return all(answer["items"] for answer in answers)

    @contextmanager
    def _key(self) -> Iterator[dict[str, str]]:
        keys = f"/api/v1/boutiques/{self.shop}/api-keys"
        made = self.http.post(keys, json={"name": "Tour", "may_write": False}).raise_for_status()
        try:
            yield {"authorization": f"Bearer {made.json()['key']}"}
        finally:
            self.http.delete(f"{keys}/{made.json()['api_key']['id']}").raise_for_status()


class TooLarge(ModelHub):
    """Its list tells of files of a petabyte each."""

    def listed(self, repo: str) -> list[dict[str, Any]]:
        return [self._swollen(entry) for entry in ModelHub.listed(self, repo)]

    @staticmethod
    def _swollen(entry: dict[str, Any]) -> dict[str, Any]:
        lfs = {"lfs": entry["lfs"] | {"size": 10**15}} if "lfs" in entry else {}
        return entry | {"size": 10**15} | lfs


@contextmanager
def hub(does: ModelHub) -> Iterator[str]:
    """A hub that does so, at an address of its own."""
    app, port = FastAPI(), free_port()
    app.include_router(router(does))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until_answered(f"http://127.0.0.1:{port}/openapi.json", thread.is_alive)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def go_wrong(tour: Tour) -> None:
    with hub(ModelHub(spoilt=9)) as spoilt:
        tour.refuses("a file with a wrong byte", spoilt, "another checksum")
    with hub(TooLarge()) as large:
        tour.refuses("no room on the disk", large, "MB free and has")
    tour.refuses("a model that is not there", f"{tour.url}/sandbox/nothing", "model hub")
    no_folder = tour.demo.folder / "encryption.key" / "inside"
    tour.refuses("a folder that is none", f"{tour.url}/sandbox/hub", "cannot be written", no_folder)


def is_pulled(tour: Tour, owner: Owner) -> None:
    code, said = tour.models("pull", "--from", f"{tour.url}/sandbox/hub")
    tour.see("pulled from the hub", (0, True), (code, "Used from the next start" in said))
    tour.see("listed", True, f"{tour.url}/sandbox/hub" in tour.models("list")[1])
    tour.see("seen by before the next start", ("local", None), seen_by(owner.models()))
    tour.see("status", True, "no other model looks" in tour.models("status")[1])


def seen_by(models: dict[str, Any]) -> tuple[object, object]:
    return models["kind"], models["coming"]


def is_killed_in_the_middle(tour: Tour) -> None:
    """The process is killed as soon as some pictures are done, and before all are."""
    owner = Owner(tour.url)
    told = owner.models()
    tour.see("after the start", ("local", 0), (told["kind"], told["coming"]["done"]))
    tour.see("words find pieces before", True, owner.found())
    begun = until(lambda: begun_of(owner.models()), TICK_S, every_s=0.01)
    assert tour.demo.process is not None
    tour.demo.process.kill()
    tour.demo.process.wait(20)
    tour.see("killed in the middle", True, begun is not None and 0 < begun[0] < begun[1])


def begun_of(models: dict[str, Any]) -> tuple[int, int] | None:
    """(done, of); none while no picture is done."""
    coming = models["coming"]
    if coming is None:
        return models["pictures"], models["pictures"]
    return (coming["done"], coming["pictures"]) if coming["done"] else None


def goes_on(tour: Tour) -> None:
    owner = Owner(tour.url)
    told = owner.models()
    done = told["pictures"] if told["coming"] is None else told["coming"]["done"]
    tour.see("what was done is kept", True, done > 0)
    tour.see("words find pieces meanwhile", True, owner.found())
    ready = until(lambda: owner.models()["since"], TICK_S, every_s=0.5)
    told = owner.models()
    tour.see("seen by CLIP", ("clip", None, True), (*seen_by(told), ready is not None))
    tour.see("words find pieces after", True, owner.found())
    _, said = tour.models("status")
    tour.see("status", True, f"{told['pictures']} of {told['pictures']}; searched by it" in said)


def is_taken_away(tour: Tour) -> None:
    """Without its files, the eye of this machine searches again."""
    (tour.demo.folder / "models" / "clip" / "manifest.json").unlink()
    tour.see("taken away", True, "not here" in tour.models("list")[1])
    tour.demo.start()
    owner = Owner(tour.url)
    tour.see("seen by again", MODEL, owner.models()["model"])
    tour.see("words find pieces without it", True, owner.found())


def until(look: Callable[[], Any], within_s: float, *, every_s: float) -> Any:
    """What it comes to, None when it came to nothing in time."""
    end = time.monotonic() + within_s
    while not (found := look()) and time.monotonic() < end:
        time.sleep(every_s)
    return found or None


def play(folder: Path) -> list[Line]:
    tour = Tour(Demo(folder, products=PIECES, history_days=2, served_within_s=START_S))
    try:
        tour.demo.start()
        owner = Owner(tour.url)
        tour.see("before", ("local", None), seen_by(owner.models()))
        go_wrong(tour)
        is_pulled(tour, owner)
        stop(tour.demo)
        tour.demo.start()
        is_killed_in_the_middle(tour)
        tour.demo.start()
        goes_on(tour)
        stop(tour.demo)
        is_taken_away(tour)
    finally:
        stop(tour.demo)
    return tour.lines


def stop(demo: Demo) -> None:
    if demo.process is not None and demo.process.poll() is None:
        demo.process.terminate()
        demo.process.wait(30)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="dukani-models-") as folder:
        lines = play(Path(folder))
    Console().print(table_of(lines))
    return 0 if all(line.holds for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
