"""How far the schema's keys are from what Citus asks of tables distributed by boutique."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest

from scripts.check_citus import DOCUMENT, described, misfits, read


@pytest.fixture
def schema(superuser_url: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(superuser_url) as conn:
        yield conn


def test_the_document_says_what_the_schema_is(schema: psycopg.Connection) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert text == described(read(schema)), "run python -m scripts.check_citus"


# What a new table may do, and why Citus would refuse it.
MISTAKES = {
    "create table made (boutique_id uuid not null, id uuid primary key)": "unique without",
    "create table made (boutique_id uuid, primary key (id), id uuid)": "may be null",
    """create table made (boutique_id uuid not null, product uuid, id uuid,
         shop uuid, foreign key (shop, product) references products (boutique_id, id))""": (
        "refers to `products` without the boutique"
    ),
    """create table made (id uuid, shop uuid, product uuid,
         foreign key (shop, product) references products (boutique_id, id))""": (
        "a whole table refers to `products`"
    ),
}


@pytest.mark.parametrize(("made", "why"), MISTAKES.items())
def test_a_key_that_does_not_fit_is_found(schema: psycopg.Connection, made: str, why: str) -> None:
    schema.execute(made.encode())

    found = [one.why for one in misfits(read(schema)) if one.table == "made"]

    assert any(one.startswith(why) for one in found)


def test_a_key_with_the_boutique_in_any_place_fits(schema: psycopg.Connection) -> None:
    schema.execute(
        b"""create table made (id uuid, boutique_id uuid not null, product_id uuid,
              primary key (id, boutique_id),
              foreign key (product_id, boutique_id) references products (id, boutique_id))"""
    )

    assert [one for one in misfits(read(schema)) if one.table == "made"] == []
