"""CLIP's stand-in, pulled from the sandbox's hub, and a boutique with pictures that it can tell."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
from fastapi import FastAPI
from PIL import Image

from dukani.agent.clip.eye import ClipEye
from dukani.agent.clip.files import Installed
from dukani.agent.clip.networks import Networks
from dukani.agent.clip.pull import pull
from dukani.agent.local_eye import LocalEye
from dukani.core.services import Services
from dukani.sandbox.model_hub import ModelHub, router
from dukani.tools.pictures import add_picture, look_at_pictures
from tests.factories import a_boutique, a_product

COLOURS = ("#c81e28", "#1e3cbe", "#1e8c3c", "#0f0f0f", "#f0d228")


async def pulled(into: Path, *, hub: ModelHub | None = None) -> Installed:
    app = FastAPI()
    app.include_router(router(hub or ModelHub()))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, follow_redirects=True) as http:
        return await pull(
            http, into, source="http://hub.test", revision="main", told=lambda *_: None
        )


async def a_clip_eye(into: Path, *, hub: ModelHub | None = None) -> ClipEye:
    """Beside the local eye; with `hub.extra` it is another version of the model."""
    return ClipEye(LocalEye(), Networks(await pulled(into, hub=hub)))


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (240, 320), colour).save(data, "JPEG")
    return data.getvalue()


async def a_pictured_boutique(services: Services) -> tuple[str, list[str]]:
    """Its pieces, one of each colour, looked at by the local eye."""
    boutique = await a_boutique(services.database)
    pieces = []
    for colour in COLOURS:
        [variant] = await a_product(services.database, boutique)
        pieces.append(variant.product_id)
        await add_picture(
            services, boutique_id=boutique, product_id=variant.product_id,
            data=picture(colour), name=colour[1:],
        )  # fmt: skip
    await look_at_pictures(services, LocalEye(), boutique_id=boutique)
    return boutique, pieces
