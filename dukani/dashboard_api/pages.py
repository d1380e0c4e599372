"""Pages of a list: an opaque cursor says after which row the next one begins.

A list is in the order of a value and, where values are equal, of ids (keyset pagination): a row
that is added meanwhile moves no other row to a page that was read before.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel

from dukani.core.errors import InvalidValue
from dukani.core.store.keyset import Key
from dukani.dashboard_api.bodies import storable

MOST = 100
USUAL = 30

T = TypeVar("T", bound=BaseModel)
Row = TypeVar("Row")


class Page(BaseModel, Generic[T]):
    items: list[T]
    next_cursor: str | None  # none: this is the last page


@dataclass(frozen=True, slots=True)
class Asked:
    """The page asked for: at most `limit` rows, after the row that `cursor` names."""

    limit: int
    cursor: str | None

    def after(self, kind: type[datetime] | type[int] | type[str]) -> Key | None:
        """The key of the row before the page; `kind` is what the list is sorted by.

        Raises InvalidValue for a cursor that is none of this list's.
        """
        if self.cursor is None:
            return None
        key = read_cursor(self.cursor)
        if not isinstance(key.value, kind):
            raise _no_cursor(self.cursor)
        return key

    def page(
        self, rows: Sequence[Row], key_of: Callable[[Row], Key], kind: Callable[[Row], T]
    ) -> Page[T]:
        """The page of `rows`, of which one more than `limit` was read to see whether it is last."""
        shown = rows[: self.limit]
        more = len(rows) > self.limit
        cursor = write_cursor(key_of(shown[-1])) if more else None
        return Page(items=[kind(row) for row in shown], next_cursor=cursor)


def asked_page(
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    cursor: Annotated[
        str | None, Query(max_length=400, description="`next_cursor` of the page before")
    ] = None,
) -> Asked:
    return Asked(limit, cursor)


AskedPage = Annotated[Asked, Depends(asked_page)]


def write_cursor(key: Key) -> str:
    value: Any = key.value
    if isinstance(value, datetime):
        value = value.isoformat()
    elif isinstance(value, str):
        value = [value]  # a text that is no time
    written = json.dumps([value, key.id], ensure_ascii=False)
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> Key:
    """Raises InvalidValue for what is none of ours."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        value, row_id = json.loads(raw)
        return Key(_read_value(value), str(UUID(row_id)))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise _no_cursor(cursor) from None


def _no_cursor(cursor: str) -> InvalidValue:
    return InvalidValue(
        field="cursor", value=cursor, remedy="Send `next_cursor` of the page before, or none."
    )


def _read_value(value: Any) -> datetime | int | str:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return storable(value[0])
    if isinstance(value, str):
        read = datetime.fromisoformat(value)
        if read.tzinfo is None:
            raise ValueError("a time without its zone")
        return read
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63:
        return value
    raise ValueError("neither a time nor a number nor a text")
