"""Pictures that a list names by their links, each fetched once for a colour of a piece."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

State = Literal["waiting", "added", "there", "failed"]


@dataclass(frozen=True, slots=True)
class ListedPicture:
    product_id: str
    colour: str  # '': any
    url: str
    line: int
    state: State
    why: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class PictureCounts:
    waiting: int
    added: int
    there: int
    failed: int


async def add(
    conn: Connection, *, import_id: str, pictures: Sequence[tuple[str, str, str, int]]
) -> None:
    """Pictures to fetch: product, colour, link, line. One that was fetched before is there."""
    await conn.execute(
        """insert into piece_import_pictures
             (boutique_id, import_id, product_id, colour, url, line, state)
           select private.current_boutique(), %(import_id)s, its.product, its.colour, its.url,
             its.line, case when exists (
               select from piece_import_pictures k
               where k.boutique_id = private.current_boutique() and k.product_id = its.product
                 and k.url = its.url and k.state in ('added', 'there')) then 'there'
               else 'waiting' end
           from unnest(%(products)s::uuid[], %(colours)s::text[], %(urls)s::text[],
             %(lines)s::int[]) as its (product, colour, url, line)
           on conflict do nothing""",
        {
            "import_id": import_id,
            "products": [product for product, _, _, _ in pictures],
            "colours": [colour for _, colour, _, _ in pictures],
            "urls": [url for _, _, url, _ in pictures],
            "lines": [line for _, _, _, line in pictures],
        },
    )


async def waiting(conn: Connection, *, import_id: str, limit: int) -> list[ListedPicture]:
    return await _of_state(conn, import_id=import_id, state="waiting", limit=limit)


async def failed(conn: Connection, *, import_id: str, limit: int) -> list[ListedPicture]:
    return await _of_state(conn, import_id=import_id, state="failed", limit=limit)


async def _of_state(
    conn: Connection, *, import_id: str, state: State, limit: int
) -> list[ListedPicture]:
    async with conn.cursor(row_factory=class_row(ListedPicture)) as cursor:
        await cursor.execute(
            """select product_id::text, colour, url, line, state, why from piece_import_pictures
               where boutique_id = private.current_boutique() and import_id = %(import_id)s
                 and state = %(state)s
               order by line, url limit %(limit)s""",
            {"import_id": import_id, "state": state, "limit": limit},
        )
        return await cursor.fetchall()


async def settle(
    conn: Connection,
    picture: ListedPicture,
    *,
    import_id: str,
    state: State,
    why: Mapping[str, str] | None = None,
) -> None:
    await conn.execute(
        """update piece_import_pictures set state = %(state)s, why = %(why)s
           where boutique_id = private.current_boutique() and import_id = %(import_id)s
             and product_id = %(product_id)s and colour = %(colour)s and url = %(url)s""",
        {
            "import_id": import_id,
            "product_id": picture.product_id,
            "colour": picture.colour,
            "url": picture.url,
            "state": state,
            "why": None if why is None else json.dumps(why),
        },
    )


async def counts(conn: Connection, *, import_id: str) -> PictureCounts:
    async with conn.cursor(row_factory=class_row(PictureCounts)) as cursor:
        await cursor.execute(
            """select count(*) filter (where state = 'waiting')::int as waiting,
                 count(*) filter (where state = 'added')::int as added,
                 count(*) filter (where state = 'there')::int as there,
                 count(*) filter (where state = 'failed')::int as failed
               from piece_import_pictures
               where boutique_id = private.current_boutique() and import_id = %(import_id)s""",
            {"import_id": import_id},
        )
        found = await cursor.fetchone()
        assert found is not None  # an aggregate has a row
        return found
