"""How far a boutique's pictures are with a model, and whether it is searched by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.rows import class_row

from dukani.core.database import Connection

CLAIM = timedelta(minutes=15)  # of a job that says nothing; then another is begun


@dataclass(frozen=True, slots=True)
class PhotoModel:
    boutique: str
    model: str
    pictures: int
    done: int
    unreadable: int
    ready_at: datetime | None


async def ready(conn: Connection, *, models: Sequence[str]) -> str | None:
    """The newest of these models that every picture of the boutique has a vector by."""
    cursor = await conn.execute(
        """
        select model from photo_models
        where boutique_id = private.current_boutique() and model = any(%(models)s)
          and ready_at is not null
        order by ready_at desc limit 1
        """,
        {"models": list(models)},
    )
    row = await cursor.fetchone()
    return str(row["model"]) if row else None


async def note(conn: Connection, *, boutique_id: str, model: str, unreadable: int) -> bool:
    """Count what is done; the model is searched by from the moment nothing is left.

    Returns whether nothing is left. Pictures are never taken from a model that is ready. A boutique
    that was removed meanwhile has nothing to note.
    """
    cursor = await conn.execute(
        """
        insert into photo_models as known
          (boutique_id, model, pictures, done, unreadable, ready_at, claimed_until)
        select %(boutique_id)s, %(model)s, c.pictures, c.done, %(unreadable)s,
          case when c.left_over then null else now() end,
          case when c.left_over then now() + %(claim)s end
        from (
          select pictures, done, done + %(unreadable)s < pictures as left_over
          from (
            select count(*) as pictures, count(e.image_id) as done
            from product_images i
            left join product_embeddings e on e.boutique_id = i.boutique_id
              and e.image_id = i.id and e.model = %(model)s
            where i.boutique_id = private.current_boutique()
          ) counted
        ) c
        where exists (select from boutiques where id = %(boutique_id)s)
        on conflict (boutique_id, model) do update set
          pictures = excluded.pictures, done = excluded.done, unreadable = excluded.unreadable,
          ready_at = coalesce(known.ready_at, excluded.ready_at),
          claimed_until = excluded.claimed_until
        returning done + unreadable >= pictures as whole
        """,
        {"boutique_id": boutique_id, "model": model, "unreadable": unreadable, "claim": CLAIM},
    )
    row = await cursor.fetchone()
    return bool(row and row["whole"])


async def use(conn: Connection, *, model: str) -> None:
    """Note, once a day, that a process has the model. Needs a system connection.

    Unreadable pictures are only counted, and one may have been taken away or put right: they are
    looked at once more.
    """
    await conn.execute(
        """
        update photo_models set used_at = now(), unreadable = 0
        where model = %(model)s and used_at < now() - interval '1 day'
        """,
        {"model": model},
    )


async def claim_due(conn: Connection, *, model: str, limit: int) -> list[str]:
    """Boutiques with pictures that the model has not seen. Needs a system connection."""
    cursor = await conn.execute(
        """
        insert into photo_models as known (boutique_id, model, claimed_until)
        select b.id, %(model)s, now() + %(claim)s
        from boutiques b
        left join photo_models m on m.boutique_id = b.id and m.model = %(model)s
        where (m.claimed_until is null or m.claimed_until < now())
          and (select count(*) from product_images i where i.boutique_id = b.id)
            > coalesce(m.unreadable, 0) + (select count(*) from product_embeddings e
              where e.boutique_id = b.id and e.model = %(model)s)
        order by b.id limit %(limit)s
        on conflict (boutique_id, model) do update set claimed_until = excluded.claimed_until
        returning boutique_id::text
        """,
        {"model": model, "limit": limit, "claim": CLAIM},
    )
    return [str(row["boutique_id"]) for row in await cursor.fetchall()]


async def of_all(conn: Connection) -> list[PhotoModel]:
    """Of every boutique, by its slug. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(PhotoModel)) as cursor:
        await cursor.execute(
            """
            select b.slug as boutique, m.model, m.pictures, m.done, m.unreadable, m.ready_at
            from photo_models m join boutiques b on b.id = m.boutique_id
            order by m.model, b.slug
            """
        )
        return await cursor.fetchall()


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model and the boutique's pictures; `begun_at`: none, it has looked at none of them."""

    pictures: int
    done: int
    unreadable: int
    begun_at: datetime | None
    ready_at: datetime | None


async def own(conn: Connection, *, model: str) -> OwnModel:
    """How far the boutique's pictures are with the model, for its people."""
    async with conn.cursor(row_factory=class_row(OwnModel)) as cursor:
        await cursor.execute(
            """
            select i.pictures, least(coalesce(m.done, 0), i.pictures)::int as done,
              coalesce(m.unreadable, 0) as unreadable, m.begun_at, m.ready_at
            from (select count(*)::int as pictures from product_images
              where boutique_id = private.current_boutique()) i
            left join photo_models m
              on m.boutique_id = private.current_boutique() and m.model = %(model)s
            """,
            {"model": model},
        )
        found = await cursor.fetchone()
    assert found is not None  # a count always has a row
    return found


async def unfinished(conn: Connection) -> list[PhotoModel]:
    """The boutiques that wait for the newest model in use. Needs a system connection."""
    async with conn.cursor(row_factory=class_row(PhotoModel)) as cursor:
        await cursor.execute(
            """
            select boutique, model, pictures, done, unreadable, ready_at from (
              select distinct on (m.boutique_id) b.slug as boutique, m.model, m.pictures, m.done,
                m.unreadable, m.ready_at, m.used_at
              from photo_models m join boutiques b on b.id = m.boutique_id
              order by m.boutique_id, m.begun_at desc
            ) newest
            where ready_at is null and used_at > now() - interval '2 days' order by boutique
            """
        )
        return await cursor.fetchall()
