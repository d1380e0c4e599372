"""Puts a recipient's pieces into her message: the picture of them, and what its numbers mean.

The pictures are made ahead, in the order in which recipients are due; a batch that is sent before
its pictures are there makes them itself. Pieces and prices are those of today: a piece that is no
longer sold leaves a gap, as on her page, so that a number means the same piece everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from dukani.campaigns.collage import collage_of
from dukani.campaigns.posting import Letter, approved_of, message_of, wants_collage
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import campaign_runs, catalog_links
from dukani.core.store.campaign_runs import Run
from dukani.domain.pieces import Option
from dukani.tools.options import as_options

AT_ONCE = 50  # lists whose pieces are read together


async def with_pieces(
    services: Services, run: Run, letters: Sequence[Letter]
) -> tuple[Letter, ...]:
    """The letters, those that show pieces with their picture. Raises the media store's errors."""
    lists = {tuple(one.to.product_ids) for one in letters if one.collage}
    shown = await _drawn(services, lists, boutique_id=run.boutique_id, currency=run.currency)
    return tuple(_with(one, shown) for one in letters)


def _with(letter: Letter, shown: Mapping[tuple[str, ...], tuple[str, list[Option]]]) -> Letter:
    found = shown.get(tuple(letter.to.product_ids)) if letter.collage else None
    if found is None:
        return letter
    picture, options = found
    return replace(letter, filled=replace(letter.filled, picture=picture), options=tuple(options))


async def draw_ahead(
    services: Services, *, boutique_id: str, occurrence_id: str, most: int | None = None
) -> int:
    """Makes the pictures of who is still to be sent to; returns how many lists there were.

    Again it finds them made. It stops where nobody is left, as after a cancellation.
    """
    async with services.database.tenant_connection(boutique_id) as conn:
        run = await campaign_runs.lock(conn, occurrence_id=occurrence_id)
        if run is None:
            return 0
        arms = await _arms_with_collage(conn, run)
        lists = await catalog_links.lists_to_send(conn, occurrence_id=occurrence_id, arms=arms)
    ahead = iter(lists[:most])
    while some := list(islice(ahead, AT_ONCE)):
        await _drawn(services, some, boutique_id=boutique_id, currency=run.currency)
    return len(lists)


async def _arms_with_collage(conn: Connection, run: Run) -> list[str]:
    """The keys of the arms whose messages show pieces; "" is who is in none."""
    approved = await approved_of(conn, run)
    arms: list[str | None] = [arm["key"] for arm in (run.experiment or {}).get("variants", ())]
    return [
        arm or ""
        for arm in (None, *arms)
        if any(wants_collage(run, arm, found) for found in approved[message_of(run, arm).template])
    ]


async def _drawn(
    services: Services, lists: Iterable[tuple[str, ...]], *, boutique_id: str, currency: str
) -> dict[tuple[str, ...], tuple[str, list[Option]]]:
    """Of each list with a piece that is sold: the picture's path, and its options."""
    wanted = list(lists)
    if not wanted:
        return {}
    async with services.database.tenant_connection(boutique_id) as conn:
        sold = await _sold(conn, {piece for one in wanted for piece in one})
    shown = {}
    for one in wanted:
        options = numbered(one, sold)
        if options:
            # One after the other: drawing takes a processor, and turns are answered meanwhile.
            path = await collage_of(
                services, boutique_id=boutique_id, currency=currency, options=options
            )
            shown[one] = (path, options)
    return shown


async def _sold(conn: Connection, product_ids: Collection[str]) -> dict[str, Option]:
    return {one.product_id: one for one in await as_options(conn, sorted(product_ids))}


def numbered(product_ids: Sequence[str], sold: Mapping[str, Option]) -> list[Option]:
    """The pieces that are sold, each by its place in the list."""
    return [
        sold[piece].model_copy(update={"number": place})
        for place, piece in enumerate(product_ids, 1)
        if piece in sold
    ]
