"""Rules of the automations as their owners wrote them, and whether each is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from dukani.core.database import Connection

_COLUMNS: LiteralString = """r.id::text as id, r.name, r.trigger, r.class as rule_class,
  r.precedence, r.is_on, r.definition, r.version, r.created_at, r.updated_at"""
_ITS: LiteralString = """r.boutique_id = private.current_boutique() and r.removed_at is null"""


@dataclass(frozen=True, slots=True)
class Rule:
    """`definition` in the shape of `RuleDefinition`; `version` counts its changes from 1."""

    id: str
    name: str
    trigger: str
    rule_class: str
    precedence: int
    is_on: bool
    definition: Mapping[str, Any]
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class RuleDocument:
    """What an owner decides. `definition` says all of it; the rest is found by."""

    name: str
    trigger: str
    rule_class: str
    precedence: int
    definition: Mapping[str, Any]


async def create(conn: Connection, written: RuleDocument, *, created_by: str | None = None) -> Rule:
    """Switched off. Raises psycopg's UniqueViolation for a name that is taken."""
    made = await _one(
        conn,
        f"""insert into automation_rules as r
              (boutique_id, name, trigger, class, precedence, definition, created_by)
            values (private.current_boutique(), %(name)s, %(trigger)s, %(rule_class)s,
              %(precedence)s, %(definition)s, %(created_by)s)
            returning {_COLUMNS}""",
        _values(written) | {"created_by": created_by},
    )
    assert made is not None, "an insert returns its row"
    return made


async def get(conn: Connection, *, rule_id: str, for_update: bool = False) -> Rule | None:
    """None also for a rule that was removed."""
    return await _one(
        conn,
        f"""select {_COLUMNS} from automation_rules r where {_ITS} and r.id = %(rule_id)s
            {"for no key update" if for_update else ""}""",
        {"rule_id": rule_id},
    )


async def of_boutique(conn: Connection) -> list[Rule]:
    """All, in the order in which they go before each other."""
    return await _several(
        conn,
        f"""select {_COLUMNS} from automation_rules r where {_ITS}
            order by r.precedence desc, r.created_at, r.id""",
        {},
    )


async def on(conn: Connection, *, triggers: Sequence[str]) -> list[Rule]:
    """Those that are switched on for one of the triggers, the highest precedence first."""
    return await _several(
        conn,
        f"""select {_COLUMNS} from automation_rules r
            where {_ITS} and r.is_on and r.trigger = any(%(triggers)s::text[])
            order by r.precedence desc, r.created_at, r.id""",
        {"triggers": list(triggers)},
    )


async def replace(conn: Connection, written: RuleDocument, *, rule_id: str) -> Rule | None:
    """None: there is no such. Raises UniqueViolation as `create`."""
    return await _one(
        conn,
        f"""update automation_rules r set name = %(name)s, trigger = %(trigger)s,
              class = %(rule_class)s, precedence = %(precedence)s, definition = %(definition)s
            where {_ITS} and r.id = %(rule_id)s
            returning {_COLUMNS}""",
        _values(written) | {"rule_id": rule_id},
    )


async def switch(conn: Connection, *, rule_id: str, is_on: bool) -> Rule | None:
    """None: there is no such."""
    return await _one(
        conn,
        f"""update automation_rules r set is_on = %(is_on)s
            where {_ITS} and r.id = %(rule_id)s returning {_COLUMNS}""",
        {"rule_id": rule_id, "is_on": is_on},
    )


async def remove(conn: Connection, *, rule_id: str) -> bool:
    """Switch it off and hide it; what it has sent stays. False: there is no such."""
    cursor = await conn.execute(
        f"""update automation_rules r set is_on = false, removed_at = now()
            where {_ITS} and r.id = %(rule_id)s""".encode(),
        {"rule_id": rule_id},
    )
    return cursor.rowcount == 1


async def cart_left_minutes(conn: Connection) -> int:
    """For how long nobody touches a cart of the boutique until it counts as left."""
    cursor = await conn.execute(
        """select ceil(extract(epoch from cart_left_after) / 60)::int as minutes
           from boutiques where id = private.current_boutique()"""
    )
    row = await cursor.fetchone()
    assert row is not None, "the connection is of a boutique"
    return int(row["minutes"])


def _values(written: RuleDocument) -> dict[str, Any]:
    return {
        "name": written.name,
        "trigger": written.trigger,
        "rule_class": written.rule_class,
        "precedence": written.precedence,
        "definition": Jsonb(dict(written.definition)),
    }


async def _one(conn: Connection, statement: str, values: Mapping[str, Any]) -> Rule | None:
    async with conn.cursor(row_factory=class_row(Rule)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchone()


async def _several(conn: Connection, statement: str, values: Mapping[str, Any]) -> list[Rule]:
    async with conn.cursor(row_factory=class_row(Rule)) as cursor:
        await cursor.execute(statement.encode(), values)
        return await cursor.fetchall()
