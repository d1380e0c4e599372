"""What the database counts by itself is nobody's change, and a person's next change is theirs."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import dict_row

from dukani.core.database import Connection, Database
from tests.factories import Variant, a_boutique, a_product
from tests.signing_in import a_member

WHO = b"select current_setting('app.actor', true) a, current_setting('app.via', true) v"


async def who_acts(conn: Connection) -> dict[str, str]:
    row = await (await conn.execute(WHO)).fetchone()
    assert row is not None
    return row


@pytest.fixture
async def shop(database: Database, superuser_url: str) -> tuple[str, str, Variant]:
    boutique = await a_boutique(database)
    owner = a_member(superuser_url, boutique, "owner")
    [variant] = await a_product(database, boutique, stock={"red": {"M": 3}})
    return boutique, owner, variant


@pytest.mark.parametrize(
    "change",
    [
        "update boutiques set low_stock_at = 7 where id = %(b)s",
        "update products set low_stock_at = 7 where id = %(p)s",
        "update product_variants set colour = 'blue' where id = %(v)s",
    ],
)
async def test_what_follows_from_a_change_is_nobodys(
    database: Database, superuser_url: str, shop: tuple[str, str, Variant], change: str
) -> None:
    # given an owner, who acts by an API key
    boutique, owner, variant = shop
    ids = {"b": boutique, "p": variant.product_id, "v": variant.id}

    # when she makes a change from which others follow
    async with database.member_connection({"sub": owner, "via": "key:1"}, boutique) as conn:
        before = await who_acts(conn)
        await conn.execute(change.encode(), ids)
        after = await who_acts(conn)

    # then her change alone is in the log, and she still acts
    with psycopg.connect(superuser_url, row_factory=dict_row) as conn_:
        lines = conn_.execute(
            "select actor, via, action from audit_log where boutique_id = %s and actor = %s",
            (boutique, f"owner:{owner}"),
        ).fetchall()
    assert before == after == {"a": f"owner:{owner}", "v": "key:1"}
    assert [(line["action"], line["via"]) for line in lines] == [
        (f"{change.split()[1]}_update", "key:1")
    ]


async def test_who_acts_is_as_before_after_an_error_that_is_caught(
    database: Database, superuser_url: str, shop: tuple[str, str, Variant]
) -> None:
    # given that what follows from a change is refused
    boutique, owner, _ = shop
    with psycopg.connect(superuser_url) as admin:
        admin.execute("alter table product_variants add constraint not_nine check (low_at <> 9)")
    async with database.member_connection({"sub": owner}, boutique) as conn:
        # when she makes it
        with pytest.raises(psycopg.errors.CheckViolation):
            async with conn.transaction():
                await conn.execute(
                    b"update boutiques set low_stock_at = 9 where id = %(b)s", {"b": boutique}
                )

        # then she still acts
        assert (await who_acts(conn))["a"] == f"owner:{owner}"


def test_no_function_brings_a_setting_of_ours_along(superuser_url: str) -> None:
    """No role but a superuser may make such a function, and a Supabase project has none."""
    with psycopg.connect(superuser_url) as conn:
        found = conn.execute(
            "select oid::regprocedure::text from pg_proc, unnest(proconfig) one"
            " where one like 'app.%'"
        ).fetchall()
    assert found == []
