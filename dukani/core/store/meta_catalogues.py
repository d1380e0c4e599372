"""The catalogue at Meta that a boutique's pieces are kept in, and what it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

CatalogueState = Literal["connected", "refused"]
# No other job works on a catalogue for so long: longer than all calls of one run take.
CLAIM = timedelta(minutes=10)
BATCH_FAILED = "batch"  # the code of a problem: Meta took a batch in and then could not do it


@dataclass(frozen=True, slots=True)
class Catalogue:
    catalog_id: str  # Meta's
    name: str
    state: CatalogueState
    problem: str | None  # what Meta said last
    problem_code: str | None  # none: all is well
    connected_at: datetime
    pushed_at: datetime | None
    polled_at: datetime | None
    read_at: datetime | None
    next_poll_at: datetime | None
    next_read_at: datetime
    read_step: int
    failures: int  # batches that failed, one after another
    next_push_at: datetime | None  # none: at once
    waba_id: str | None  # of the WhatsApp account that shows it; none: not known


async def of_boutique(conn: Connection) -> Catalogue | None:
    async with conn.cursor(row_factory=class_row(Catalogue)) as cursor:
        await cursor.execute(
            """select catalogue_id as catalog_id, name, state, problem, problem_code, connected_at,
                 pushed_at, polled_at, read_at, next_poll_at, next_read_at, read_step,
                 failures, next_push_at, waba_id
               from meta_catalogues where boutique_id = private.current_boutique()"""
        )
        return await cursor.fetchone()


async def is_shown_elsewhere(conn: Connection) -> bool:
    """Whether the boutique sends from a number whose account does not show its catalogue."""
    cursor = await conn.execute(
        """select from meta_catalogues m
           join provider_credentials c on c.boutique_id = m.boutique_id
             and c.provider = 'meta' and c.active
           where m.boutique_id = private.current_boutique()
             and (c.shared or c.hints ->> 'waba_id' <> m.waba_id)"""
    )
    return await cursor.fetchone() is not None


async def hold(conn: Connection, *, catalog_id: str) -> bool:
    """Whether this catalogue is the boutique's; no other is connected until the transaction ends.

    Another one has rows of its own under the same ids, which look as if they had been sent.
    """
    cursor = await conn.execute(
        """select from meta_catalogues
           where boutique_id = private.current_boutique() and catalogue_id = %(catalog_id)s
           for update""",
        {"catalog_id": catalog_id},
    )
    return await cursor.fetchone() is not None


async def connect(
    conn: Connection, *, catalog_id: str, name: str, waba_id: str | None = None
) -> None:
    """Keep the pieces in this catalogue; all of them are to be sent when it is another one.

    `waba_id` is of the WhatsApp account that shows it.
    """
    await conn.execute(
        """insert into meta_catalogues as known (boutique_id, catalogue_id, name, waba_id)
           values (private.current_boutique(), %(catalog_id)s, %(name)s, %(waba_id)s)
           on conflict (boutique_id) do update set catalogue_id = %(catalog_id)s, name = %(name)s,
             waba_id = %(waba_id)s, failures = 0, next_push_at = null,
             state = 'connected', problem = null, problem_code = null, claimed_until = null,
             connected_at = case when known.catalogue_id = %(catalog_id)s
               then known.connected_at else now() end""",
        {"catalog_id": catalog_id, "name": name[:200], "waba_id": waba_id},
    )


async def disconnect(conn: Connection) -> bool:
    cursor = await conn.execute(
        "delete from meta_catalogues where boutique_id = private.current_boutique()"
    )
    return cursor.rowcount == 1


async def claim_due(conn: Connection, *, limit: int) -> list[str]:
    """Boutiques with something to send, to ask or to read, each for one job.

    Needs a system connection. What a dead worker claimed is due again after CLAIM.
    """
    cursor = await conn.execute(
        """with due as (
             select m.boutique_id from meta_catalogues m
             where m.state = 'connected' and coalesce(m.claimed_until < now(), true)
               and (m.next_poll_at <= now() or m.next_read_at <= now()
                 or coalesce(m.next_push_at <= now(), true) and exists (
                   select from catalogue_items i
                   where i.boutique_id = m.boutique_id and i.dirty))
             order by m.claimed_until nulls first limit %(limit)s for update skip locked
           )
           update meta_catalogues m set claimed_until = now() + %(claim)s
           from due where m.boutique_id = due.boutique_id
           returning m.boutique_id::text as id""",
        {"limit": limit, "claim": CLAIM},
    )
    return [row["id"] for row in await cursor.fetchall()]


async def release(conn: Connection, *, wait: timedelta | None = None) -> None:
    """A run has ended; the next begins after `wait` at the earliest."""
    await conn.execute(
        """update meta_catalogues set claimed_until = now() + %(wait)s
           where boutique_id = private.current_boutique()""",
        {"wait": wait},
    )


async def note_problem(
    conn: Connection,
    *,
    catalog_id: str,
    problem: str | None,
    code: str | None = None,
    refused: bool = False,
) -> None:
    """What Meta said of it; None: it does what we ask.

    One that refuses is not asked by the clock. What was said of batches that fail stays until one
    does not.
    """
    await conn.execute(
        """update meta_catalogues set problem = %(problem)s, problem_code = %(code)s,
             state = case when %(refused)s then 'refused' else 'connected' end
           where boutique_id = private.current_boutique() and catalogue_id = %(catalog_id)s
             and (%(code)s::text is not null or failures = 0
               or problem_code is distinct from %(batch)s)
             and (problem, problem_code, state = 'refused')
               is distinct from (%(problem)s::text, %(code)s::text, %(refused)s)""",
        {
            "catalog_id": catalog_id,
            "problem": problem[:500] if problem else None,
            "code": code,
            "refused": refused,
            "batch": BATCH_FAILED,
        },
    )


async def note_failure(conn: Connection, *, said: str, waits: Sequence[timedelta]) -> None:
    """Meta took a batch in and then could not do it; `waits` are for each failure in a row."""
    await conn.execute(
        """update meta_catalogues set failures = failures + 1, problem = nullif(%(said)s, ''),
             problem_code = %(batch)s,
             next_push_at = now()
               + (%(waits)s::interval[])[least(failures + 1, cardinality(%(waits)s::interval[]))]
           where boutique_id = private.current_boutique()""",
        {"said": said[:500], "batch": BATCH_FAILED, "waits": list(waits)},
    )


async def note_success(conn: Connection) -> None:
    """Meta did a batch: it does what we ask again."""
    await conn.execute(
        """update meta_catalogues set failures = 0, next_push_at = null,
             problem = case when problem_code = %(batch)s then null else problem end,
             problem_code = nullif(problem_code, %(batch)s)
           where boutique_id = private.current_boutique() and failures > 0""",
        {"batch": BATCH_FAILED},
    )


async def note_account(conn: Connection, *, waba_id: str) -> None:
    """This WhatsApp account shows the catalogue."""
    await conn.execute(
        """update meta_catalogues set waba_id = %(waba_id)s
           where boutique_id = private.current_boutique()""",
        {"waba_id": waba_id},
    )


async def note_push(conn: Connection, *, poll_after: timedelta) -> None:
    await conn.execute(
        """update meta_catalogues set pushed_at = now(), read_step = 0,
             next_poll_at = least(next_poll_at, now() + %(after)s)
           where boutique_id = private.current_boutique()""",
        {"after": poll_after},
    )


async def note_poll(
    conn: Connection, *, next_poll: timedelta | None, next_read: timedelta | None
) -> None:
    """`next_poll` none: no batch is open; `next_read` none: as it was."""
    await conn.execute(
        """update meta_catalogues set polled_at = now(), next_poll_at = now() + %(poll)s,
             next_read_at = case when %(read)s::interval is null then next_read_at
               else least(next_read_at, now() + %(read)s) end
           where boutique_id = private.current_boutique()""",
        {"poll": next_poll, "read": next_read},
    )


async def note_read(conn: Connection, *, next_read: timedelta) -> None:
    await conn.execute(
        """update meta_catalogues set read_at = now(), read_step = read_step + 1,
             next_read_at = now() + %(next)s
           where boutique_id = private.current_boutique()""",
        {"next": next_read},
    )


async def wake(conn: Connection) -> bool:
    """Let the clock work on it at once, though it was refused or waits; False: there is none."""
    cursor = await conn.execute(
        """update meta_catalogues set claimed_until = null, state = 'connected', problem = null,
             problem_code = null, next_push_at = null
           where boutique_id = private.current_boutique()"""
    )
    return cursor.rowcount == 1


async def read_soon(conn: Connection) -> None:
    """Read all that Meta has at the next occasion."""
    await conn.execute(
        """update meta_catalogues set next_read_at = now(), read_step = 0
           where boutique_id = private.current_boutique()"""
    )
