"""Fetches the pictures that a list names by links, and adds them to their pieces."""

from __future__ import annotations

from dukani.agent.eye import Eye
from dukani.core.clients.safe_fetch import NotFetched, SafeFetcher
from dukani.core.errors import InvalidValue, NotFound, UnreadableImage
from dukani.core.images import MAX_BYTES
from dukani.core.services import Services
from dukani.core.store import piece_import_pictures
from dukani.core.store.piece_import_pictures import ListedPicture, State
from dukani.tools import product_pictures
from dukani.tools.piece_lists.why import Code, Why
from dukani.tools.product_pictures import MOST_PICTURES, NewPicture


async def fetch(
    services: Services,
    eye: Eye,
    fetcher: SafeFetcher,
    picture: ListedPicture,
    *,
    boutique_id: str,
    import_id: str,
) -> None:
    """Adds one picture, and notes what came of it; done twice it is there once."""
    state, why = await _added(services, eye, fetcher, picture, boutique_id)
    async with services.database.tenant_connection(boutique_id) as conn:
        await piece_import_pictures.settle(
            conn, picture, import_id=import_id, state=state, why=why.as_json() if why else None
        )


async def _added(
    services: Services,
    eye: Eye,
    fetcher: SafeFetcher,
    picture: ListedPicture,
    boutique_id: str,
) -> tuple[State, Why | None]:
    try:
        data = await fetcher.fetch(picture.url, max_bytes=MAX_BYTES)
        clean, seen = await product_pictures.clean_and_look(eye, data)
    except NotFetched as error:
        return "failed", _why(error, picture.url)
    except UnreadableImage:
        return "failed", Why("no_picture", "picture", picture.url[:200])
    path = product_pictures.path_for(boutique_id, picture.product_id, clean)
    new = NewPicture(product_id=picture.product_id, path=path, colour=picture.colour or None)
    try:
        async with services.database.tenant_connection(boutique_id) as conn:
            if not await product_pictures.has_room(conn, new):
                return "there", None
        # The file before its row, which it must not be without.
        await services.media.put(path, clean, "image/jpeg")
        async with services.database.tenant_connection(boutique_id) as conn:
            await product_pictures.add(conn, new, boutique_id=boutique_id, seen=seen)
    except (InvalidValue, NotFound):
        full = Why("picture_full", "picture", picture.url[:200], str(MOST_PICTURES))
        return "failed", full
    return "added", None


def _why(error: NotFetched, url: str) -> Why:
    codes: dict[str, Code] = {"no_link": "no_link", "private": "fetch_refused"}
    hint = f"{error.reason} {error.said}".strip().replace("_", " ")
    return Why(codes.get(error.reason, "fetch_failed"), "picture", url[:200], hint)
