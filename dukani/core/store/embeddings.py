"""Embeddings of the boutique's pictures, by image model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from psycopg.rows import class_row

from dukani.core.database import Connection


@dataclass(frozen=True, slots=True)
class UnseenPicture:
    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What each model made of a picture: model id → (512,) float32."""

    vectors: Mapping[str, NDArray[np.float32]]


async def put(
    conn: Connection, *, boutique_id: str, image_id: str, model: str, vector: NDArray[np.float32]
) -> None:
    """Store a picture's embedding by `model`: (512,) float32."""
    await conn.execute(
        """
        insert into product_embeddings (boutique_id, image_id, model, vector)
        values (%(boutique_id)s, %(image_id)s, %(model)s, %(vector)s::vector)
        on conflict (boutique_id, model, image_id) do update set vector = excluded.vector
        """,
        {"boutique_id": boutique_id, "image_id": image_id, "model": model, "vector": vector},
    )


async def put_all(conn: Connection, *, boutique_id: str, image_id: str, seen: Seen) -> None:
    for model, vector in seen.vectors.items():
        await put(conn, boutique_id=boutique_id, image_id=image_id, model=model, vector=vector)


async def still_there(conn: Connection, *, image_ids: Sequence[str]) -> set[str]:
    """Those of the pictures that nobody has taken away; nobody can until the transaction ends."""
    cursor = await conn.execute(
        """
        select id::text from product_images
        where boutique_id = private.current_boutique() and id = any(%(ids)s::uuid[])
        order by id for key share
        """,
        {"ids": list(image_ids)},
    )
    return {row["id"] for row in await cursor.fetchall()}


async def unseen(conn: Connection, *, model: str, limit: int = 100) -> list[UnseenPicture]:
    """Pictures without an embedding by this model."""
    async with conn.cursor(row_factory=class_row(UnseenPicture)) as cursor:
        await cursor.execute(
            """
            select i.id::text, i.path from product_images i
            where i.boutique_id = private.current_boutique() and not exists (
              select from product_embeddings e
              where e.boutique_id = i.boutique_id and e.image_id = i.id and e.model = %(model)s)
            order by i.created_at limit %(limit)s
            """,
            {"model": model, "limit": limit},
        )
        return await cursor.fetchall()


async def copy(conn: Connection, *, from_image_id: str, to_image_id: str) -> None:
    """Give a copy of a picture the embeddings of the picture, by every model."""
    await conn.execute(
        """
        insert into product_embeddings (boutique_id, image_id, model, vector)
        select boutique_id, %(to)s, model, vector from product_embeddings
        where boutique_id = private.current_boutique() and image_id = %(from)s
        """,
        {"from": from_image_id, "to": to_image_id},
    )
