"""The browsers of members that alerts are pushed to, and what each member is alerted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from psycopg.rows import class_row

from dukani.core.database import Connection
from dukani.core.languages import Language


@dataclass(frozen=True, slots=True)
class Device:
    """A browser as its member sees it."""

    id: str
    device: str
    language: Language
    created_at: datetime
    last_sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a device is reached, and the keys that its messages are encrypted for."""

    id: str
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    language: Language


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubscription:
    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    device: str
    language: Language


_DEVICE = "id::text, device, language, created_at, last_sent_at"
_SUBSCRIPTION = "s.id::text, s.endpoint, s.p256dh, s.auth, s.language"


async def put(conn: Connection, new: NewSubscription, *, user_id: str) -> Device:
    """Add the member's device; the same browser again is brought up to date.

    A browser belongs to whoever signed in on it last. Needs the rights of `acting_connection`.
    """
    async with conn.cursor(row_factory=class_row(Device)) as cursor:
        await cursor.execute(
            f"""insert into push_subscriptions
                  (boutique_id, user_id, endpoint, p256dh, auth, device, language)
                values (private.current_boutique(), %(user_id)s, %(endpoint)s, %(p256dh)s,
                  %(auth)s, %(device)s, %(language)s)
                on conflict (boutique_id, endpoint) do update set user_id = excluded.user_id,
                  p256dh = excluded.p256dh, auth = excluded.auth, device = excluded.device,
                  language = excluded.language
                returning {_DEVICE}""".encode(),
            {
                "user_id": user_id,
                "endpoint": new.endpoint,
                "p256dh": new.p256dh,
                "auth": new.auth,
                "device": new.device,
                "language": new.language,
            },
        )
        put = await cursor.fetchone()
    assert put is not None  # an upsert returns its row
    return put


async def of_member(conn: Connection, *, user_id: str) -> list[Device]:
    """The member's devices, the newest first."""
    async with conn.cursor(row_factory=class_row(Device)) as cursor:
        await cursor.execute(
            f"""select {_DEVICE} from push_subscriptions
                where boutique_id = private.current_boutique() and user_id = %(user_id)s
                order by created_at desc, id""".encode(),
            {"user_id": user_id},
        )
        return await cursor.fetchall()


async def get(conn: Connection, *, subscription_id: str, user_id: str) -> Subscription | None:
    """The member's device by its id. Needs the rights of `acting_connection`."""
    async with conn.cursor(row_factory=class_row(Subscription)) as cursor:
        await cursor.execute(
            f"""select {_SUBSCRIPTION} from push_subscriptions s
                where s.boutique_id = private.current_boutique() and s.id = %(id)s
                  and s.user_id = %(user_id)s""".encode(),
            {"id": subscription_id, "user_id": user_id},
        )
        return await cursor.fetchone()


async def remove_own(conn: Connection, *, subscription_id: str, user_id: str) -> bool:
    """False when the member has no such device."""
    cursor = await conn.execute(
        """delete from push_subscriptions where boutique_id = private.current_boutique()
             and id = %(id)s and user_id = %(user_id)s""",
        {"id": subscription_id, "user_id": user_id},
    )
    return cursor.rowcount == 1


async def remove_gone(conn: Connection, *, subscription_id: str, endpoint: str) -> bool:
    """Remove a device whose endpoint is gone, unless it has come back under another meanwhile."""
    cursor = await conn.execute(
        """delete from push_subscriptions where boutique_id = private.current_boutique()
             and id = %(id)s and endpoint = %(endpoint)s""",
        {"id": subscription_id, "endpoint": endpoint},
    )
    return cursor.rowcount == 1


async def muted_by(conn: Connection, *, user_id: str) -> list[str]:
    """The kinds of alerts that the member switched off."""
    cursor = await conn.execute(
        """select muted from alert_choices
           where boutique_id = private.current_boutique() and user_id = %(user_id)s""",
        {"user_id": user_id},
    )
    row = await cursor.fetchone()
    return list(row["muted"]) if row else []


async def mute(conn: Connection, *, user_id: str, kinds: Sequence[str]) -> None:
    await conn.execute(
        """insert into alert_choices (boutique_id, user_id, muted)
           values (private.current_boutique(), %(user_id)s, %(muted)s)
           on conflict (boutique_id, user_id) do update set muted = excluded.muted""",
        {"user_id": user_id, "muted": list(kinds)},
    )


async def mute_owner_phone(conn: Connection, *, kinds: Sequence[str]) -> None:
    """Switch off kinds of notes to the owner's phone on WhatsApp."""
    await conn.execute(
        "update boutiques set owner_muted = %(muted)s where id = private.current_boutique()",
        {"muted": list(kinds)},
    )


async def owner_phone(conn: Connection) -> tuple[str | None, list[str]]:
    """The owner's phone, and the kinds of notes it does not get."""
    cursor = await conn.execute(
        "select owner_phone, owner_muted from boutiques where id = private.current_boutique()"
    )
    row = await cursor.fetchone()
    assert row is not None, "the boutique of a member's connection exists"
    return row["owner_phone"], list(row["owner_muted"])
