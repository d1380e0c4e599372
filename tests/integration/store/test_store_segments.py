"""Segments: the database finds the customers that the conditions say, and no one else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from dukani.core.database import Database
from dukani.core.store import segments
from dukani.core.store.segments import COMPARISONS, FIELDS, KINDS, Condition, Group
from dukani.domain.segments import WrittenGroup
from tests.factories import a_boutique

TODAY_SQL = "(now() at time zone 'Africa/Nairobi')::date"


async def a_shop(database: Database) -> tuple[str, list[dict[str, Any]]]:
    """A boutique whose customers bought different things, and what is true of each."""
    boutique_id = await a_boutique(database, timezone="Africa/Nairobi")
    known: list[dict[str, Any]] = []
    for name, language, tags, orders in (
        # She bought in the shop too, ten days ago, two at 700 of which 300 are owed; a third sale
        # was undone.
        ("Njeri Mwangi", "en", ["vip"], [("Westlands", "dress", "red", "M", 2, 3500_00, 5)]),
        ("Achieng 100%", "sw", [], [("CBD", "shoes", "black", "40", 1, 2000_00, 40)]),
        ("Zawadi", None, ["vip", "kanga"], []),
        (None, "en", ["new"], [("CBD", "dress", "navy", "L", 1, 500_00, 0),
                               ("Karen", "bag", "red", "ONE SIZE", 3, 900_00, 200)]),
    ):  # fmt: skip
        known.append(await _a_customer(database, boutique_id, name, language, tags, orders))
    await _buys_in_the_shop(database, boutique_id, known[0])
    return boutique_id, known


async def _buys_in_the_shop(database: Database, boutique_id: str, known: dict[str, Any]) -> None:
    async with database.system_connection() as conn:
        for number, undone in (("CS-1", "null"), ("CS-2", "now()")):
            await conn.execute(
                f"""with sold as (
                     insert into counter_sales (boutique_id, number, total_minor, currency, paid_by,
                       customer_id, buyer_name, sold_by, undone_by, created_at, undone_at)
                     select %(boutique)s, %(number)s, 140000, 'KES', 'credit', %(customer)s, 'N',
                       u, case when {undone} is null then null else u end,
                       now() - interval '10 days', {undone}
                     from gen_random_uuid() u returning boutique_id, id, undone_at),
                   lines as (insert into counter_sale_items (boutique_id, sale_id, position, sku,
                       name, colour, size, quantity, unit_price_minor)
                     select boutique_id, id, 1, 'K', 'Kanga Mia', 'navy', 'S', 2, 70000 from sold)
                   select id::text as id from sold""".encode(),
                {"boutique": boutique_id, "number": number, "customer": known["id"]},
            )
        await conn.execute(
            """with sale as (select id from counter_sales where boutique_id = %(boutique)s
                   and undone_at is null),
               paid as (insert into debt_payments (boutique_id, amount_minor, method)
                 values (%(boutique)s, 110000, 'cash') returning id)
               insert into credit_entries (boutique_id, sale_id, kind, amount_minor, payment_id)
               select %(boutique)s, sale.id, 'payment', -110000, paid.id from sale, paid""",
            {"boutique": boutique_id},
        )
    known["piece"].append("Kanga Mia")
    known["colour"].append("navy")
    known["size"].append("S")
    known["orders"] += 1
    known["pieces"] += 2
    known["spent_minor"] += 140000
    known["owes_minor"] = 30000
    known["first_order_on"] = known["today"] - timedelta(days=10)


async def _a_customer(
    database: Database,
    boutique_id: str,
    name: str | None,
    language: str | None,
    tags: list[str],
    orders: list[tuple[str, str, str, str, int, int, int]],
) -> dict[str, Any]:
    customer_id = str(uuid4())
    async with database.system_connection() as conn:
        cursor = await conn.execute(f"select {TODAY_SQL} as today")
        today: date = (await cursor.fetchone() or {})["today"]
        await conn.execute(
            """insert into customers (boutique_id, id, wa_user_id, name, language)
               values (%s, %s, %s, %s, %s)""",
            (boutique_id, customer_id, customer_id, name, language),
        )
        for tag in tags:
            await conn.execute(
                "insert into customer_tags (boutique_id, customer_id, tag) values (%s, %s, %s)",
                (boutique_id, customer_id, tag),
            )
        for number, (zone, kind, colour, size, units, price, days) in enumerate(orders):
            await conn.execute(
                """with placed as (
                     insert into orders (boutique_id, number, customer_id, status, payment_status,
                       currency, items_minor, address, zone, created_at, paid_at)
                     values (%(boutique)s, %(number)s, %(customer)s, 'confirmed', 'paid', 'KES',
                       %(total)s, 'there', %(zone)s, now() - %(days)s * interval '1 day',
                       now() - %(days)s * interval '1 day')
                     returning boutique_id, id)
                   insert into order_items (boutique_id, order_id, sku, name, category, colour,
                     size, unit_price_minor, quantity)
                   select boutique_id, id, 'S', 'A piece', %(kind)s, %(colour)s, %(size)s,
                     %(price)s, %(units)s from placed""",
                {
                    "boutique": boutique_id,
                    "number": f"{customer_id[:6]}-{number}",
                    "customer": customer_id,
                    "total": units * price,
                    "zone": zone,
                    "days": days,
                    "kind": kind,
                    "colour": colour,
                    "size": size,
                    "price": price,
                    "units": units,
                },
            )
    dates = [today - timedelta(days=order[6]) for order in orders]
    latest = sorted(orders, key=lambda order: order[6])[:1]
    return {
        "id": customer_id,
        "name": name,
        "language": language,
        "zone": latest[0][0] if latest else None,
        "tag": tags,
        "category": [order[1] for order in orders],
        "category_lately": [order[1] for order in orders if order[6] < 90],
        "piece": ["A piece" for _ in orders],
        "owes_minor": 0,
        "colour": [order[2] for order in orders],
        "size": [order[3] for order in orders],
        "orders": len(orders),
        "pieces": sum(order[4] for order in orders),
        "spent_minor": sum(order[4] * order[5] for order in orders),
        "first_order_on": min(dates) if dates else None,
        "last_order_on": max(dates) if dates else None,
        "last_message_on": None,
        "known_since": today,
        "marketing": False,
        "today": today,
    }


def is_in(part: Condition | Group, known: dict[str, Any]) -> bool:
    """What the conditions say, told once more in Python."""
    if isinstance(part, Group):
        held = [is_in(one, known) for one in part.of]
        return all(held) if part.match == "all" else (any(held) or not held)
    theirs = known[part.field]
    if KINDS[part.field] == "several":
        return _of_several([one.lower() for one in theirs], part.comparison, part.value)
    if part.comparison == "exists":
        return bool((theirs is not None) == part.value)
    if part.comparison == "neq":
        return bool(_low(theirs) != _low(part.value))
    if theirs is None:
        return False
    return _ONE[part.comparison](_low(theirs), part.value, known["today"])


def _of_several(theirs: list[str], comparison: str, value: Any) -> bool:
    match comparison:
        case "exists":
            return bool(bool(theirs) == value)
        case "contains":
            return any(value.lower() in one for one in theirs)
        case "in":
            return bool(set(theirs) & set(value))
        case _:
            return bool((value.lower() in theirs) == (comparison == "eq"))


def _low(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


_ONE: dict[str, Callable[[Any, Any, date], bool]] = {
    "eq": lambda theirs, value, _: bool(theirs == _low(value)),
    "gt": lambda theirs, value, _: bool(theirs > value),
    "gte": lambda theirs, value, _: bool(theirs >= value),
    "lt": lambda theirs, value, _: bool(theirs < value),
    "lte": lambda theirs, value, _: bool(theirs <= value),
    "contains": lambda theirs, value, _: value.lower() in theirs,
    "in": lambda theirs, value, _: theirs in value,
    "between": lambda theirs, value, _: bool(value[0] <= theirs <= value[1]),
    "in_last_days": lambda theirs, value, today: bool(theirs > today - timedelta(days=value)),
}

WORDS = ("red", "dress", "vip", "CBD", "en", "zawadi", "%", "_", "40", "M", "kanga", "A piece")
NUMBERS = (0, 1, 2, 3, 4, 30_000, 700_000, 840_000, 320_000)


def _conditions() -> st.SearchStrategy[Condition]:
    def of(field: segments.Field) -> st.SearchStrategy[Condition]:
        return st.sampled_from(COMPARISONS[KINDS[field]]).flatmap(
            lambda comparison: _values(field, comparison).map(
                lambda value: Condition(field, comparison, value)
            )
        )

    return st.sampled_from(FIELDS).flatmap(of)


def _values(field: segments.Field, comparison: segments.Comparison) -> st.SearchStrategy[Any]:
    kind = KINDS[field]
    days = st.integers(0, 210).map(lambda back: date.today() - timedelta(days=back))
    one = {
        "text": st.sampled_from(WORDS),
        "several": st.sampled_from(WORDS),
        "number": st.sampled_from(NUMBERS),
        "day": days,
        "yes_or_no": st.booleans(),
    }[kind]
    match comparison:
        case "exists":
            return st.booleans()
        case "in":
            words = st.sampled_from([word.lower() for word in WORDS])
            return st.lists(words, min_size=1, max_size=3).map(tuple)
        case "between":
            return st.tuples(one, one).map(lambda pair: tuple(sorted(pair)))
        case "in_last_days":
            return st.integers(1, 210)
        case _:
            return one


groups = st.recursive(
    _conditions(),
    lambda part: st.builds(
        Group, st.sampled_from(["all", "any"]), st.lists(part, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=6,
).map(lambda part: part if isinstance(part, Group) else Group("all", (part,)))


def some_segments() -> list[Group]:
    tried: list[Group] = []

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(groups)
    def collect(segment: Group) -> None:
        tried.append(segment)

    collect()
    return tried


async def test_the_database_finds_whom_the_conditions_say(database: Database) -> None:
    # given two shops with the same kinds of customers
    boutique_id, known = await a_shop(database)
    await a_shop(database)
    tried = some_segments()

    # then each segment has those of the first shop for whom it holds
    async with database.tenant_connection(boutique_id) as conn:
        for segment in tried:
            wanted = sorted(one["id"] for one in known if is_in(segment, one))
            assert await segments.members(conn, segment) == wanted, segment
            assert await segments.count(conn, segment) == len(wanted)


async def test_members_come_page_by_page(database: Database) -> None:
    boutique_id, known = await a_shop(database)
    everybody = Group("all", ())
    async with database.tenant_connection(boutique_id) as conn:
        first = await segments.members(conn, everybody, limit=3)
        rest = await segments.members(conn, everybody, after=first[-1], limit=3)

    assert first + rest == sorted(one["id"] for one in known)


def written(**condition: Any) -> dict[str, Any]:
    return {"match": "all", "of": [condition]}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (written(field="phone", comparison="eq", value="1"), "'name', 'language'"),
        (written(field="name; drop table", comparison="eq", value="1"), "'name', 'language'"),
        (written(field="orders", comparison="contains", value="1"), "not compared by contains"),
        (written(field="orders", comparison="gte", value="many"), "orders gte 'many'"),
        (written(field="last_order_on", comparison="in_last_days", value=0), "in_last_days 0"),
        (written(field="last_order_on", comparison="lt", value="2026-13-01"), "2026-13-01"),
        (written(field="spent_minor", comparison="between", value=[9, 1]), "turn them round"),
        ({"match": "all", "of": [{"of": [{"of": [{"of": [{"of": []}]}]}]}]}, "at most 4 deep"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        WrittenGroup.model_validate(wrong)

    assert why in str(refused.value)


def test_a_written_segment_gets_its_types() -> None:
    group = WrittenGroup.model_validate(
        {
            "match": "any",
            "of": [
                {"field": "last_order_on", "comparison": "gte", "value": "2026-11-01"},
                {"of": [{"field": "tag", "comparison": "in", "value": ["VIP", "kanga"]}]},
            ],
        }
    ).typed()

    assert group == Group(
        "any",
        (
            Condition("last_order_on", "gte", date(2026, 11, 1)),
            Group("all", (Condition("tag", "in", ("vip", "kanga")),)),
        ),
    )
