"""Views of lists that members keep: which filters each screen knows, and who may change what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, get_args
from uuid import UUID

from psycopg.errors import InsufficientPrivilege, UniqueViolation

from dukani.core.database import Connection
from dukani.core.errors import Conflict, InvalidValue, NotFound, OwnersOnly
from dukani.core.store import saved_segments, saved_views
from dukani.core.store.conversation_list import ConversationFilter
from dukani.core.store.customer_list import CustomerSort
from dukani.core.store.order_list import OrderFilter
from dukani.core.store.payment_list import PaymentState
from dukani.core.store.product_list import ProductFilter
from dukani.core.store.saved_views import SavedView, Screen, ViewFields

MOST = 30  # of a screen, that one member sees

Fits = Callable[[str], bool]


def _one_of(*values: str) -> Fits:
    return frozenset(values).__contains__


def _text(most: int) -> Fits:
    return lambda value: len(value.strip()) > 0 and len(value) <= most


def _an_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


# By screen, the parameters of its address, and which values each takes.
KNOWN: Mapping[Screen, Mapping[str, Fits]] = {
    "orders": {"filter": _one_of(*get_args(OrderFilter))},
    "customers": {
        "sort": _one_of(*get_args(CustomerSort)),
        "search": _text(100),
        "tag": _text(40),
        "group": _an_id,
    },
    "pieces": {"filter": _one_of(*get_args(ProductFilter)), "search": _text(80)},
    "chats": {"filter": _one_of(*get_args(ConversationFilter)), "tag": _text(40)},
    "payments": {
        "filter": _one_of("all", *get_args(PaymentState)),
        "days": _one_of("month", "week", "today", "ever"),
        "search": _text(40),
    },
}


def fitting(
    screen: Screen, params: Mapping[str, Any], *, groups: Collection[str]
) -> dict[str, str]:
    """Those of `params` that the screen understands now; `groups`: the ids that there are."""
    known = KNOWN[screen]
    return {
        name: value
        for name, value in params.items()
        if isinstance(value, str)
        and name in known
        and known[name](value)
        and (name != "group" or value in groups)
    }


async def groups(conn: Connection) -> frozenset[str]:
    """The ids of the groups of customers that are kept."""
    return frozenset(one.id for one in await saved_segments.of_boutique(conn))


async def add(conn: Connection, *, screen: Screen, fields: ViewFields) -> SavedView:
    """Raises InvalidValue for a name that is taken and beyond MOST, OwnersOnly for sharing."""
    seen = await saved_views.seen_by_member(conn, screen=screen)
    if len(seen) >= MOST:
        raise InvalidValue(
            field="name", value=fields.name, remedy=f"There are {MOST} already: delete one first."
        )
    _require_free(fields.name, seen)
    async with _as_the_policies_say(conn, fields):
        if fields.opens_first:
            await saved_views.open_none_first(conn, screen=screen, shared=fields.shared)
        return await saved_views.add(conn, screen=screen, fields=fields)


async def change(conn: Connection, before: SavedView, *, fields: ViewFields) -> SavedView:
    """Raises InvalidValue for a name that is taken, OwnersOnly for the shop's views."""
    seen = await saved_views.seen_by_member(conn, screen=before.screen)
    _require_free(fields.name, [one for one in seen if one.id != before.id])
    async with _as_the_policies_say(conn, fields):
        if fields.opens_first:
            await saved_views.open_none_first(conn, screen=before.screen, shared=fields.shared)
        changed = await saved_views.change(conn, view_id=before.id, fields=fields)
        if changed is None:
            raise OwnersOnly
        return changed


async def remove(conn: Connection, *, view_id: str) -> None:
    """Raises NotFound, OwnersOnly for the shop's views."""
    await the_view(conn, view_id=view_id)
    if not await saved_views.remove(conn, view_id=view_id):
        raise OwnersOnly


async def the_view(conn: Connection, *, view_id: str) -> SavedView:
    """Raises NotFound."""
    found = await saved_views.get(conn, view_id=view_id)
    if found is None:
        raise NotFound("There is no such view here.")
    return found


@asynccontextmanager
async def _as_the_policies_say(conn: Connection, fields: ViewFields) -> AsyncIterator[None]:
    """Row level security decides who may share; two at once are told apart by unique keys."""
    try:
        async with conn.transaction():
            yield
    except InsufficientPrivilege as error:
        raise OwnersOnly from error
    except UniqueViolation as error:
        if "opens_first" in (error.diag.constraint_name or ""):
            raise Conflict from error
        raise _taken(fields.name) from error


def _require_free(name: str, others: Sequence[SavedView]) -> None:
    if name.lower() in (one.name.lower() for one in others):
        raise _taken(name)


def _taken(name: str) -> InvalidValue:
    return InvalidValue(
        field="name", value=name, remedy=f"There is a view “{name}” already: take another name."
    )
