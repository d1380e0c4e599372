"""What a message costs in tokens and in money, by its category, the recipient's region and the day.

The rows are the platform's, and every boutique reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from psycopg.rows import class_row

from dukani.core.database import Connection

Category = Literal["marketing", "utility"]
REST = "*"  # every region without a row of its own


@dataclass(frozen=True, slots=True)
class MessageRate:
    category: Category
    region: str  # ISO 3166, or REST
    valid_from: date
    tokens: int
    cost_minor: int  # what the provider asks for a delivered message
    currency: str


@dataclass(frozen=True, slots=True)
class TokenPrice:
    currency: str
    valid_from: date
    price_minor: int  # what one token costs the boutique


async def on(conn: Connection, *, day: date) -> list[MessageRate]:
    """The rate of each category and region that is valid on the day; REST last."""
    async with conn.cursor(row_factory=class_row(MessageRate)) as cursor:
        await cursor.execute(
            """select distinct on (category, region = '*', region)
                 category, region, valid_from, tokens, cost_minor, currency
               from private.message_rates where valid_from <= %(day)s
               order by category, region = '*', region, valid_from desc""",
            {"day": day},
        )
        return await cursor.fetchall()


async def token_price(conn: Connection, *, currency: str, day: date) -> TokenPrice | None:
    async with conn.cursor(row_factory=class_row(TokenPrice)) as cursor:
        await cursor.execute(
            """select currency, valid_from, price_minor from private.token_prices
               where currency = %(currency)s and valid_from <= %(day)s
               order by valid_from desc limit 1""",
            {"currency": currency, "day": day},
        )
        return await cursor.fetchone()
