"""Puts a recipient's pieces into her message: the picture of them, and what its numbers mean.

The pictures are made ahead, in the order in which recipients are due, and nobody is posted to
before hers is there: a job that comes first draws what it lacks, with no recipient in its hands.
Pieces and prices are those of today: a piece that is no longer sold leaves a gap, as on her page,
so that a number means the same piece everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from dukani.campaigns.collage import collage_of, key_of
from dukani.campaigns.letters import Letter, approved_of, message_of, wants_collage
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import campaign_runs, catalog_links, collages
from dukani.core.store.campaign_runs import Run
from dukani.domain.pieces import Option
from dukani.tools.options import as_options

AT_ONCE = 50  # lists whose pieces are read together

Pieces = tuple[str, ...]  # product ids, in the order of their numbers


@dataclass(frozen=True, slots=True)
class Pictured:
    """Letters that may leave; and the lists of pieces whose pictures others wait for."""

    letters: Sequence[Letter]
    missing: Collection[Pieces]


async def with_pictures(conn: Connection, run: Run, letters: Sequence[Letter]) -> Pictured:
    """The letters, those that show pieces with their picture as far as it is drawn."""
    lists = {tuple(one.to.product_ids) for one in letters if one.collage}
    options = await _options(conn, lists)
    keys = {one: key_of(run.currency, shown) for one, shown in options.items()}
    paths = await collages.paths_of(conn, keys=list(keys.values()))
    missing = {one for one, key in keys.items() if key not in paths}
    ready = [one for one in letters if not one.collage or tuple(one.to.product_ids) not in missing]
    pictures = {one: paths[key] for one, key in keys.items() if key in paths}
    return Pictured([_with(one, pictures, options) for one in ready], missing)


def _with(
    letter: Letter, pictures: Mapping[Pieces, str], options: Mapping[Pieces, Sequence[Option]]
) -> Letter:
    pieces = tuple(letter.to.product_ids)
    if not letter.collage or pieces not in pictures:  # none of her pieces is sold any more
        return letter
    shown = replace(letter.filled, picture=pictures[pieces])
    return replace(letter, filled=shown, options=tuple(options[pieces]))


async def draw(
    services: Services, lists: Iterable[Pieces], *, boutique_id: str, currency: str
) -> None:
    """Makes the picture of each list with a piece that is sold. Raises the media store's errors."""
    async with services.database.tenant_connection(boutique_id) as conn:
        options = await _options(conn, lists)
    for shown in options.values():
        # One after the other: drawing takes a processor, and turns are answered meanwhile.
        await collage_of(services, boutique_id=boutique_id, currency=currency, options=shown)


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
        await draw(services, some, boutique_id=boutique_id, currency=run.currency)
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


async def _options(conn: Connection, lists: Iterable[Pieces]) -> dict[Pieces, list[Option]]:
    """Of each list with a piece that is sold: the pieces that are, numbered."""
    wanted = list(lists)
    products = sorted({piece for one in wanted for piece in one})
    sold = {one.product_id: one for one in await as_options(conn, products)}
    return {one: shown for one in wanted if (shown := numbered(one, sold))}


def numbered(product_ids: Sequence[str], sold: Mapping[str, Option]) -> list[Option]:
    """The pieces that are sold, each by its place in the list."""
    return [
        sold[piece].model_copy(update={"number": place})
        for place, piece in enumerate(product_ids, 1)
        if piece in sold
    ]
