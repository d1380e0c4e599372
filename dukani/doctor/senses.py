"""Checks image recognition, the reader and the media store."""

from __future__ import annotations

import io
import secrets

from PIL import Image

from dukani.agent.eye import DIMENSIONS, Eye
from dukani.agent.reader import Reader
from dukani.core.clients.storage import LocalMediaStore, MediaStore
from dukani.core.errors import DukaniError
from dukani.doctor.check import Check, bad, good, reason
from dukani.domain.context import TurnContext

REINSTALL = "Install Dukani again: `make demo` puts back what is missing."
# No boutique has this id. Each check overwrites the same file, so that files do not pile up.
PROBE = "00000000-0000-0000-0000-000000000000/doctor.bin"
PROBE_WORDS = "blue dress size M"


async def check_media(store: MediaStore) -> Check:
    what, sent = "Media store", secrets.token_bytes(64)
    local = isinstance(store, LocalMediaStore)
    fix = (
        "Make the folder `media` in DUKANI_DATA_DIR writable."
        if local
        else "Check DUKANI_STORAGE__SUPABASE_URL, DUKANI_STORAGE__SERVICE_KEY and that the bucket "
        "of DUKANI_STORAGE__BUCKET is there."
    )
    try:
        await store.put(PROBE, sent, "application/octet-stream")
        kept = await store.get(PROBE)
    except (DukaniError, OSError) as error:
        return bad(what, reason(error), fix)
    if kept != sent:
        return bad(what, "what came back is not what was stored", fix)
    return good(what, f"{'folder' if local else 'Supabase'}: stored and read back")


async def check_eye(eye: Eye) -> Check:
    what = "Eye"
    try:
        analysis = await eye.look(_a_picture())
    except Exception as error:  # a broken model file may raise any error
        return bad(what, reason(error), REINSTALL)
    if analysis.vector.shape != (DIMENSIONS,):
        return bad(what, f"a vector of {analysis.vector.shape}, not {DIMENSIONS}", REINSTALL)
    return good(what, f"{eye.model} looks at pictures")


async def check_reader(reader: Reader) -> Check:
    what = "Reader"
    try:
        understood = await reader.read(PROBE_WORDS, TurnContext())
    except Exception as error:  # a reader may use any model and raise any library's errors
        return bad(what, reason(error), REINSTALL)
    kinds = [act.kind for act in understood.acts]
    if "search" not in kinds:
        return bad(what, f"reads {PROBE_WORDS!r} as {kinds}", REINSTALL)
    return good(what, "understands words")


def _a_picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (96, 128), (200, 40, 60)).save(data, "JPEG")
    return data.getvalue()
