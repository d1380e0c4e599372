"""Wearers: the people a customer buys for besides herself, by relation and name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Relation = Literal[
    "mother", "father", "sister", "brother", "daughter", "son", "child", "husband", "wife",
    "boyfriend", "girlfriend", "grandmother", "grandfather", "aunt", "uncle", "cousin", "niece",
    "nephew", "friend", "someone",
]  # fmt: skip
Audience = Literal["women", "men", "children"]


@dataclass(frozen=True, slots=True)
class WornBy:
    """Whose a line is, as far as a reply names the person."""

    id: str
    relation: Relation
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Wearer:
    """A person a customer buys for; the age is in years, on the day it was told."""

    id: str
    relation: Relation
    name: str | None = None
    audience: Audience | None = None
    age: int | None = None
    age_told_on: date | None = None

    def age_on(self, day: date) -> int | None:
        """The age on a later day: whole years are added, as birthdays are not known."""
        if self.age is None or self.age_told_on is None:
            return None
        return self.age + max(0, (day - self.age_told_on).days) // 365

    @property
    def worn_by(self) -> WornBy:
        return WornBy(self.id, self.relation, self.name)


_WEARER = """
select id::text, relation, name, audience, age, age_told_on from wearers
where boutique_id = private.current_boutique()
"""


async def of_customer(conn: Connection, *, customer_id: str) -> list[Wearer]:
    """Everybody the customer has bought for or asked for, the earliest first."""
    async with conn.cursor(row_factory=class_row(Wearer)) as cursor:
        await cursor.execute(
            _WEARER + "and customer_id = %(customer_id)s order by created_at, id",
            {"customer_id": customer_id},
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, customer_id: str, wearer_id: str) -> Wearer | None:
    async with conn.cursor(row_factory=class_row(Wearer)) as cursor:
        await cursor.execute(
            _WEARER + "and customer_id = %(customer_id)s and id = %(wearer_id)s",
            {"customer_id": customer_id, "wearer_id": wearer_id},
        )
        return await cursor.fetchone()


async def put(
    conn: Connection,
    *,
    customer_id: str,
    relation: Relation,
    name: str | None = None,
    audience: Audience | None = None,
    age: int | None = None,
    told_on: date,
) -> Wearer:
    """The wearer of that relation and name, new or known; an age told now replaces the earlier."""
    async with conn.cursor(row_factory=class_row(Wearer)) as cursor:
        await cursor.execute(
            """
            insert into wearers as w (boutique_id, customer_id, relation, name, audience, age,
              age_told_on)
            values (private.current_boutique(), %(customer_id)s, %(relation)s, %(name)s,
              %(audience)s, %(age)s, %(told_on)s)
            on conflict (boutique_id, customer_id, relation, (lower(coalesce(name, ''))))
            do update set audience = coalesce(excluded.audience, w.audience),
              age = coalesce(excluded.age, w.age),
              age_told_on = coalesce(excluded.age_told_on, w.age_told_on)
            returning id::text, relation, name, audience, age, age_told_on
            """,
            {
                "customer_id": customer_id,
                "relation": relation,
                "name": name,
                "audience": audience,
                "age": age,
                "told_on": told_on if age is not None else None,
            },
        )
        wearer = await cursor.fetchone()
    assert wearer is not None  # `returning` gives a row or the statement raised
    return wearer


async def set_name(conn: Connection, *, wearer_id: str, name: str) -> None:
    """Name a wearer whose name was not known: "my daughter" turns out to be Amina."""
    await conn.execute(
        """
        update wearers set name = %(name)s
        where boutique_id = private.current_boutique() and id = %(wearer_id)s and name is null
        """,
        {"wearer_id": wearer_id, "name": name},
    )
