"""What the dearest pictures within the limits cost: a worker has 512 MB for everything."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from dukani.core.heic import opens_heic

MOST_MB = 128

_MEASURE = """
import sys
from dukani.core.images import reencode

def peak_mb():
    with open("/proc/self/status") as status:
        return int(status.read().partition("VmHWM:")[2].split()[0]) / 1024

picture = open(sys.argv[1], "rb").read()
before = peak_mb()
try:
    reencode(picture)
finally:
    print(peak_mb() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
@pytest.mark.parametrize(
    ("kind", "mode", "size", "options"),
    [
        ("PNG", "RGBA", (5000, 2500), {}),
        ("WEBP", "RGBA", (2000, 2000), {"lossless": True, "method": 0}),
        ("GIF", "P", (3000, 2000), {}),
        pytest.param("HEIF", "RGB", (4000, 3000), {}, marks=pytest.mark.slow),  # to encode
        ("JPEG", "RGB", (8000, 5000), {}),
        ("JPEG", "RGB", (5000, 3200), {"progressive": True, "subsampling": 0}),
    ],
)
def test_the_dearest_picture_of_each_kind_fits_a_small_worker(
    tmp_path: Path, kind: str, mode: str, size: tuple[int, int], options: dict[str, object]
) -> None:
    assert opens_heic()
    picture = io.BytesIO()
    Image.new(mode, size).save(picture, kind, **options)
    file = tmp_path / "picture"
    file.write_bytes(picture.getvalue())

    run = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(file)], capture_output=True, text=True, check=True
    )

    assert float(run.stdout) < MOST_MB
