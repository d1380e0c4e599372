"""Moves a customer to a new phone number or WhatsApp user id, and remembers the former ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.store import customer_merge

# Meta reports a change within seven days. A customer known under the new name for longer had the
# number before: operators sell unused numbers again.
TOLD_WITHIN = timedelta(days=7)

_FOUND = """
select id::text as id,
  coalesce(phone = %(phone)s, false) or coalesce(wa_user_id = %(wa_user_id)s, false) as is_before,
  created_at < coalesce(%(changed_at)s, now()) - %(told_within)s as is_older
from customers
where phone in (%(phone)s, %(new_phone)s) or wa_user_id in (%(wa_user_id)s, %(new_wa_user_id)s)
order by id for update
"""
# The former holder's row keeps its history and loses the phone or id that is now another's.
_RELEASE = """
update customers set
  phone = case when phone = %(new_phone)s then null else phone end,
  wa_user_id = case when wa_user_id = %(new_wa_user_id)s or wa_user_id is null
    then 'former:' || id else wa_user_id end
where id = %(customer_id)s
"""
# Nor is it answered where another person reads now.
_ANSWER_ELSEWHERE = """
update conversations set answer_to = null
where customer_id = %(customer_id)s and answer_to in (%(new_phone)s, %(new_wa_user_id)s)
"""
_RENAME = """
update customers set phone = coalesce(%(new_phone)s, phone),
  wa_user_id = coalesce(%(new_wa_user_id)s, wa_user_id)
where id = %(customer_id)s
"""
_REMEMBER = """
insert into former_names (boutique_id, name, customer_id, until)
select private.current_boutique(), name, %(customer_id)s, coalesce(%(changed_at)s, now())
from unnest(%(former)s::text[]) name
"""
_FORMER = """
select customer_id::text as customer_id from former_names
where name = any(%(names)s::text[]) and until > %(at)s
order by until, id limit 1
"""
_ANSWER_TO = """
update conversations set answer_to = coalesce(%(new_phone)s, %(new_wa_user_id)s)
where customer_id = %(customer_id)s
"""


@dataclass(frozen=True, slots=True)
class _Found:
    id: str
    is_before: bool  # found by a name from before the change
    is_older: bool  # known since more than seven days before the change


async def move(
    conn: Connection,
    *,
    phone: str | None,
    wa_user_id: str | None,
    new_phone: str | None,
    new_wa_user_id: str | None,
    changed_at: datetime | None = None,
) -> str | None:
    """Give the customer the new names; returns the customer's id, or none when nobody has the old.

    The row takes over what was already done under the new names. A customer who had the new
    number long before the change (`changed_at`) is somebody else and keeps their own data.
    """
    names = {
        "phone": phone,
        "wa_user_id": wa_user_id,
        "new_phone": new_phone,
        "new_wa_user_id": new_wa_user_id,
    }
    found = await _found(conn, names, changed_at)
    holders = [row for row in found if row.is_before]
    if not holders:
        return None
    kept_id = holders[0].id
    for other in (row for row in found if row.id != kept_id):
        if other.is_older and not other.is_before:
            await conn.execute(_RELEASE, {**names, "customer_id": other.id})
            await conn.execute(_ANSWER_ELSEWHERE, {**names, "customer_id": other.id})
        else:
            await customer_merge.merge(conn, kept_id=kept_id, retired_id=other.id)
    former = [name for name in (phone, wa_user_id) if name is not None]
    values = {**names, "customer_id": kept_id, "changed_at": changed_at, "former": former}
    for statement in (_RENAME, _ANSWER_TO, _REMEMBER):
        await conn.execute(statement, values)
    return kept_id


async def former_holder(
    conn: Connection, *, phone: str | None, wa_user_id: str | None, at: datetime
) -> str | None:
    """The id of the customer who had one of these names at `at`, and has changed it since."""
    names = [name for name in (phone, wa_user_id) if name is not None]
    cursor = await conn.execute(_FORMER, {"names": names, "at": at})
    row = await cursor.fetchone()
    return row["customer_id"] if row else None


async def _found(
    conn: Connection, names: dict[str, str | None], changed_at: datetime | None
) -> list[_Found]:
    async with conn.cursor(row_factory=class_row(_Found)) as cursor:
        # Locked in the order of ids, so that two webhooks of one person do not deadlock.
        values = {**names, "changed_at": changed_at, "told_within": TOLD_WITHIN}
        await cursor.execute(_FOUND.encode(), values)
        return await cursor.fetchall()
