"""Looks with CLIP beside another eye: that one names the garment, CLIP adds its vector."""

from __future__ import annotations

import asyncio

import structlog

from dukani.agent.clip.networks import Networks, Vector
from dukani.agent.eye import Eye, PhotoAnalysis
from dukani.agent.local_eye import open_small

log = structlog.get_logger()


class ClipEye:
    """An `Eye` whose analysis also has CLIP's vector.

    `model` stays the other eye's: a boutique's search goes over to CLIP when all its pictures have
    been looked at, not before. Where CLIP fails, the other eye's analysis stands alone.
    """

    def __init__(self, beside: Eye, networks: Networks) -> None:
        self._beside = beside
        self.networks = networks

    @property
    def model(self) -> str:
        return self._beside.model

    async def look(self, image: bytes) -> PhotoAnalysis:
        """Analyses a picture off the event loop. Raises UnreadableImage."""
        analysis = await self._beside.look(image)
        try:
            vector = await asyncio.to_thread(self.vector_of, image)
        except Exception as error:  # broken files or a library's any error: a search must not end
            log.warning("clip_cannot_look", model=self.networks.model, reason=str(error)[:200])
            return analysis
        return analysis.model_copy(update={"also": {self.networks.model: vector}})

    def vector_of(self, image: bytes) -> Vector:
        """CLIP's vector, in this thread. Raises UnreadableImage."""
        return self.networks.of_picture(open_small(image))
