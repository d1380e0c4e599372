"""What a boutique sells is remembered for a minute, until there is a new piece."""

from __future__ import annotations

import psycopg

from dukani.core.database import Database
from dukani.graph.hearing.assortments import LOOK_S, Assortments
from tests.clock import Clock
from tests.factories import a_boutique, a_product


async def names(assortments: Assortments, database: Database, boutique_id: str) -> tuple[str, ...]:
    async with database.tenant_connection(boutique_id) as conn:
        return (await assortments.of(conn, boutique_id=boutique_id)).names


async def test_a_new_piece_is_known_at_once(database: Database) -> None:
    # given an assortment that is in use
    boutique = await a_boutique(database)
    await a_product(database, boutique, name="Amani")
    clock = Clock()
    assortments = Assortments(clock=clock)
    await names(assortments, database, boutique)

    # when
    await a_product(database, boutique, name="Zawadi")

    # then it is known to the next turn
    clock.advance(LOOK_S)
    assert sorted(await names(assortments, database, boutique)) == ["Amani", "Zawadi"]


async def test_a_changed_name_is_known_after_a_minute(
    database: Database, superuser_url: str
) -> None:
    # given
    boutique = await a_boutique(database)
    await a_product(database, boutique, name="Amani")
    clock = Clock()
    assortments = Assortments(clock=clock)
    await names(assortments, database, boutique)

    # when
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update products set name = 'Upendo' where boutique_id = %s", (boutique,))

    # then
    clock.advance(59)
    assert await names(assortments, database, boutique) == ("Amani",)
    clock.advance(2)
    assert await names(assortments, database, boutique) == ("Upendo",)


async def test_what_is_forgotten_is_asked_anew(database: Database) -> None:
    boutique = await a_boutique(database)
    assortments = Assortments(clock=Clock())
    assert await names(assortments, database, boutique) == ()
    await a_product(database, boutique, name="Amani")

    assortments.forget(boutique_id=boutique)

    assert await names(assortments, database, boutique) == ("Amani",)


async def test_each_boutique_has_an_assortment_of_its_own(database: Database) -> None:
    mine, theirs = await a_boutique(database), await a_boutique(database)
    await a_product(database, mine, name="Amani")
    assortments = Assortments(clock=Clock())

    assert await names(assortments, database, mine) == ("Amani",)
    assert await names(assortments, database, theirs) == ()
