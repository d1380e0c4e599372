"""What drawing a campaign's picture takes, beside Pillow's plain way of the same six photos.

The plain way opens each photo whole, shrinks it, pastes it and saves the sheet; it draws neither
numbers, names nor prices. Each way has a process of its own, so that its memory is its own too.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from dukani.campaigns.collage_drawing import HEIGHT, WIDTH, compose
from dukani.tools.tiles import Tile

PHOTOS, PHOTO = 6, (1200, 1600)
ROUNDS = 7
MOST_TIMES_PLAIN = 1.0
_FACE = (375, 310)


def main(console: Console) -> None:
    table = Table(title=f"A collage of {PHOTOS} photos of {PHOTO[0]} × {PHOTO[1]}, not made before")
    times_plain = f"× the plain way (≤ {MOST_TIMES_PLAIN:g})"
    for heading in ("", "processor ms", times_plain, "MB more at most", times_plain, "kB"):
        table.add_column(heading, no_wrap=True)
    measured = {name: _measured(name) for name in WAYS}
    plain = measured["plain"]
    for name, found in measured.items():
        table.add_row(
            name,
            f"{found['ms']:.0f}",
            f"{found['ms'] / plain['ms']:.2f}",
            f"{found['mb']:.0f}",
            f"{found['mb'] / plain['mb']:.2f}",
            f"{found['kb']:.0f}",
        )
    console.print(table)


def _measured(name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.collage", name]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def _plain(photos: list[bytes]) -> bytes:
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "white")
    for place, photo in enumerate(photos):
        face = Image.open(io.BytesIO(photo)).convert("RGB").resize(_FACE, Image.Resampling.LANCZOS)
        sheet.paste(face, (place % 3 * WIDTH // 3, place // 3 * HEIGHT // 2))
    out = io.BytesIO()
    sheet.save(out, "JPEG", quality=78, optimize=True, progressive=True)
    return out.getvalue()


def _ours(photos: list[bytes]) -> bytes:
    return compose(
        [Tile(n, f"Amani Wrap Dress {n}", "KES 4,500", picture=p) for n, p in enumerate(photos, 1)]
    )


WAYS: dict[str, Callable[[list[bytes]], bytes]] = {"plain": _plain, "ours": _ours}


def _photos() -> list[bytes]:
    """As phones take them: soft shapes, and a little noise."""
    rng = np.random.default_rng(15)
    photos = []
    for _ in range(PHOTOS):
        soft = Image.fromarray(rng.integers(0, 255, (12, 9, 3), dtype=np.uint8)).resize(PHOTO)
        noise = rng.normal(0, 6, (PHOTO[1], PHOTO[0], 3))
        out = io.BytesIO()
        pixels = np.clip(np.asarray(soft) + noise, 0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(out, "JPEG", quality=88)
        photos.append(out.getvalue())
    return photos


def _measure(name: str) -> dict[str, float]:
    photos = _photos()
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak of making the photos
    before, times = _status_mb("VmRSS"), []
    for _ in range(ROUNDS):
        began = time.process_time()
        made = WAYS[name](photos)
        times.append(time.process_time() - began)
    grown = _status_mb("VmHWM") - before
    return {"ms": 1000 * min(times), "mb": grown, "kb": len(made) / 1000}


def _status_mb(name: str) -> float:
    """What Linux tells of the process: VmRSS, its memory now; VmHWM, the most."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1])))
