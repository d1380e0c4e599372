"""What a wish in words looks like: CLIP's vector of it, to be compared with the pictures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import numpy as np
import structlog
from numpy.typing import NDArray

from dukani.agent.eye import Eye
from dukani.agent.facts import Wish
from dukani.agent.lexicon import translate_query
from dukani.core.database import Connection
from dukani.core.store import photo_models
from dukani.tools.embedding import clip_of

log = structlog.get_logger()

# A picture nearer than this shows what the words say. LAION-400M kept texts of a cosine of 0.3 and
# more by this model for pictures that are not only of clothes; not measured on a shop of ours.
SHOWS = 0.73


@dataclass(frozen=True, slots=True)
class Described:
    """(512,) of unit length by `model`, which all of the boutique's pictures have vectors by."""

    model: str
    vector: NDArray[np.float32]


async def described(conn: Connection, wish: Wish, eye: Eye | None) -> Described | None:
    """None where CLIP is not here, has not seen the boutique's pictures, or words say no looks."""
    clip = clip_of(eye) if eye is not None else None
    phrase = phrase_of(wish) if clip else ""
    if clip is None or not phrase or not clip.networks.reads():
        return None
    model = clip.networks.model
    if await photo_models.ready(conn, models=[model]) is None:
        return None
    try:
        vector = await asyncio.to_thread(clip.networks.of_words, phrase)
    except Exception as error:  # broken files or a library's any error: a search must not end
        log.warning("clip_cannot_read", model=model, reason=str(error)[:200])
        return None
    return Described(model, vector) if vector.any() else None


def phrase_of(wish: Wish) -> str:
    """The wish in the lexicon's English words; empty for a piece's name, or nothing to be seen."""
    if wish.name:
        return ""
    said = (wish.pattern, wish.colour, wish.category, *translate_query(wish.words or ""))
    words = dict.fromkeys(word for word in said if word)
    if wish.occasion and words:
        words["for"] = words[wish.occasion] = None
    return f"a photo of {' '.join(words)}" if words else ""
