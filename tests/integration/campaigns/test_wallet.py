"""Message tokens: set aside, taken, spent or given back, each once; never more than there are."""

from __future__ import annotations

import asyncio
from datetime import date
from uuid import uuid4

import psycopg
import pytest

from dukani.campaigns import wallet
from dukani.campaigns.rates import Rates
from dukani.campaigns.wallet import HoldOver, HoldUsedUp, NotEnoughTokens
from dukani.core.database import Database
from dukani.core.errors import NotFound
from dukani.core.store import message_rates
from dukani.core.store import wallet as ledger
from dukani.core.store.wallet import Balance
from tests.factories import a_boutique
from tests.ledger import assert_adds_up, give


async def a_shop(database: Database, tokens: int) -> str:
    boutique = await a_boutique(database)
    if tokens:
        await give(database, boutique, tokens)
    return boutique


async def balance(database: Database, boutique: str) -> tuple[int, int, int]:
    """Available, held, spent."""
    async with database.tenant_connection(boutique) as conn:
        now = await ledger.balance(conn)
    return now.available, now.held, now.spent


async def test_a_campaigns_tokens_from_its_start_to_its_end(
    database: Database, superuser_url: str
) -> None:
    # given a shop with ten tokens
    boutique = await a_shop(database, 10)
    campaign, message = str(uuid4()), str(uuid4())
    async with database.tenant_connection(boutique) as conn:
        # when a campaign to four people begins
        await wallet.hold(conn, key="spring", tokens=4, campaign_id=campaign)
        # and three of the messages leave, of which one arrives and one fails
        for who in ("amina", "wanjiru", "akinyi"):
            await wallet.accept(conn, hold="spring", recipient=who, tokens=1, message_id=message)
        assert await wallet.settle(conn, recipient="amina") == "settled"
        assert await wallet.give_back(conn, recipient="wanjiru") == "given_back"
        # and the campaign is cancelled
        assert await wallet.release(conn, hold="spring") == 1

    # then the one that may still arrive is held, and what nobody took is available
    assert await balance(database, boutique) == (8, 1, 1)
    async with database.tenant_connection(boutique) as conn:
        assert await wallet.settle(conn, recipient="akinyi") == "settled"
    assert await balance(database, boutique) == (8, 0, 2)
    assert_adds_up(superuser_url, boutique)


async def test_everything_that_is_said_twice_is_done_once(
    database: Database, superuser_url: str
) -> None:
    boutique = await a_shop(database, 10)
    for _ in range(2):
        async with database.tenant_connection(boutique) as conn:
            await wallet.hold(conn, key="c", tokens=6)
            await wallet.hold_more(conn, hold="c", key="more", tokens=2)
            await wallet.accept(conn, hold="c", recipient="a", tokens=2)
            await wallet.accept(conn, hold="c", recipient="b", tokens=2)
            await wallet.settle(conn, recipient="a")
            await wallet.give_back(conn, recipient="b")
    for _ in range(2):
        async with database.tenant_connection(boutique) as conn:
            await wallet.release(conn, hold="c")
    assert await balance(database, boutique) == (8, 0, 2)
    assert_adds_up(superuser_url, boutique)


async def test_a_campaign_is_refused_below_its_recipients(database: Database) -> None:
    boutique = await a_shop(database, 10)
    async with database.tenant_connection(boutique) as conn:
        await wallet.hold(conn, key="first", tokens=7)
        with pytest.raises(NotEnoughTokens) as refused:
            await wallet.hold(conn, key="second", tokens=4)
    assert (refused.value.available, refused.value.needed) == (3, 4)
    assert "buy 1 more" in str(refused.value)
    assert await balance(database, boutique) == (3, 7, 0)


async def test_a_hold_gives_no_more_than_it_has_and_nothing_when_it_is_over(
    database: Database,
) -> None:
    boutique = await a_shop(database, 10)
    async with database.tenant_connection(boutique) as conn:
        await wallet.hold(conn, key="c", tokens=2)
        await wallet.accept(conn, hold="c", recipient="a", tokens=2)
        with pytest.raises(HoldUsedUp) as used_up:
            await wallet.accept(conn, hold="c", recipient="b", tokens=1)
        assert (used_up.value.remaining, used_up.value.needed) == (0, 1)
        # a second call for the first is no second send
        assert not await wallet.accept(conn, hold="c", recipient="a", tokens=2)
        await wallet.release(conn, hold="c")
        with pytest.raises(HoldUsedUp):
            await wallet.accept(conn, hold="c", recipient="b", tokens=1)
        with pytest.raises(HoldOver):
            await wallet.hold_more(conn, hold="c", key="more", tokens=1)
        for unknown in (
            wallet.accept(conn, hold="none", recipient="b", tokens=1),
            wallet.release(conn, hold="none"),
            wallet.hold_more(conn, hold="none", key="more", tokens=1),
        ):
            with pytest.raises(NotFound):
                await unknown
        assert await wallet.settle(conn, recipient="never sent") == "none"


@pytest.mark.parametrize(("left", "outcome"), [(1, "late"), (0, "lost")])
async def test_a_delivery_after_a_failure_is_paid_by_what_is_left_or_by_the_platform(
    database: Database, superuser_url: str, left: int, outcome: str
) -> None:
    # given a message whose token was given back, and so many tokens left since
    boutique = await a_shop(database, 1)
    async with database.tenant_connection(boutique) as conn:
        await wallet.hold(conn, key="c", tokens=1)
        await wallet.accept(conn, hold="c", recipient="a", tokens=1)
        await wallet.give_back(conn, recipient="a")
        if not left:
            await wallet.hold(conn, key="another", tokens=1)
        # when it is delivered after all, which is told twice, and fails again
        told = [await wallet.settle(conn, recipient="a") for _ in range(2)]
        told.append(await wallet.give_back(conn, recipient="a"))

        # then it is spent once
        now = await ledger.balance(conn)
    assert told == [outcome, "before", "before"]
    assert now == Balance(0, 1 - left, 1, -1, left - 1)
    assert_adds_up(superuser_url, boutique)


async def test_a_failure_after_a_delivery_changes_nothing(database: Database) -> None:
    boutique = await a_shop(database, 1)
    async with database.tenant_connection(boutique) as conn:
        await wallet.hold(conn, key="c", tokens=1)
        await wallet.accept(conn, hold="c", recipient="a", tokens=1)
        await wallet.settle(conn, recipient="a")
        assert await wallet.give_back(conn, recipient="a") == "before"
    assert await balance(database, boutique) == (0, 0, 1)


async def test_twenty_campaigns_at_once_never_spend_more_than_there_is(
    database: Database, superuser_url: str
) -> None:
    # given tokens for ten campaigns of three
    boutique = await a_shop(database, 30)

    # when twenty begin at the same moment, and each sends as fast as it can
    async def campaign(key: str) -> bool:
        try:
            async with database.tenant_connection(boutique) as conn:
                await wallet.hold(conn, key=key, tokens=3)
        except NotEnoughTokens:
            return False
        await asyncio.gather(*(send(key, f"{key}/{n}", n) for n in range(3)))
        return True

    async def send(key: str, recipient: str, n: int) -> None:
        async with database.tenant_connection(boutique) as conn:
            await wallet.accept(conn, hold=key, recipient=recipient, tokens=1)
        async with database.tenant_connection(boutique) as conn:
            ending = wallet.settle if n else wallet.give_back
            await ending(conn, recipient=recipient)

    began = await asyncio.gather(*(campaign(f"c{n}") for n in range(20)))

    # then every token that came is somewhere once; what failed could be held again
    assert sum(began) >= 10
    available, held, spent = await balance(database, boutique)
    assert (held, spent) == (0, 2 * sum(began))
    assert available == 30 - spent
    assert_adds_up(superuser_url, boutique)


async def test_another_boutique_has_another_wallet(database: Database) -> None:
    # given a shop with a campaign, and another shop
    boutique, other = await a_shop(database, 5), await a_shop(database, 0)
    async with database.tenant_connection(boutique) as conn:
        await wallet.hold(conn, key="c", tokens=2)
        await wallet.accept(conn, hold="c", recipient="a", tokens=1)

    # when the other names the same things
    async with database.tenant_connection(other) as conn:
        assert await ledger.balance(conn) == Balance(0, 0, 0, 0, 0)
        assert await ledger.get_hold(conn, key="c") is None
        with pytest.raises(NotFound):
            await wallet.release(conn, hold="c")
        assert await wallet.settle(conn, recipient="a") == "none"
        with pytest.raises(NotEnoughTokens):
            await wallet.hold(conn, key="c", tokens=1)

    # then nothing happened
    assert await balance(database, boutique) == (3, 2, 0)


async def test_only_whoever_runs_the_installation_gives_tokens(database: Database) -> None:
    boutique = await a_shop(database, 0)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await ledger.grant(conn, key="k", tokens=5, note="")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(boutique) as conn:
            await conn.execute("update wallets set available = 5")
    # the same gift twice is one
    for _ in range(2):
        async with database.operator_connection(boutique) as conn:
            await ledger.grant(conn, key="k", tokens=5, note="welcome")
    assert await balance(database, boutique) == (5, 0, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "update wallet_transfers set tokens = 1",
        "delete from wallet_transfers",
        "update wallet_entries set tokens = tokens + 1",
        "delete from wallet_entries",
        "truncate wallet_entries",
        # an entry without the other side, later
        "insert into wallet_entries (boutique_id, transfer_id, account, holder, tokens)"
        " select boutique_id, id, 'held', 'send:x', 1 from wallet_transfers limit 1",
        # a transfer without entries
        "insert into wallet_transfers (boutique_id, key, kind, tokens, available_after, actor)"
        " select boutique_id, 'forged', 'grant', 1, 1, 'system' from wallets",
    ],
)
async def test_the_ledger_stands_even_against_the_databases_owner(
    database: Database, superuser_url: str, statement: str
) -> None:
    await a_shop(database, 5)
    with (
        psycopg.connect(superuser_url) as conn,
        pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.CheckViolation)),
    ):
        conn.execute(statement.encode())
        conn.commit()


async def test_a_wallet_goes_with_its_boutique(database: Database, superuser_url: str) -> None:
    boutique = await a_shop(database, 5)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("delete from boutiques where id = %s", (boutique,))
        assert conn.execute("select count(*) from wallet_entries").fetchone() == (0,)


@pytest.mark.parametrize(
    ("category", "phone", "region"),
    [
        ("marketing", "+254722000001", "KE"),
        ("marketing", "+256772000001", "UG"),
        ("utility", "+255712000001", "TZ"),
        ("marketing", "+447700900001", "*"),
        ("utility", None, "*"),  # WhatsApp hides the number
    ],
)
async def test_a_message_has_the_rate_of_its_number(
    database: Database, category: message_rates.Category, phone: str | None, region: str
) -> None:
    boutique = await a_shop(database, 0)
    async with database.tenant_connection(boutique) as conn:
        rates = Rates(await message_rates.on(conn, day=date(2026, 11, 27)))
        before = await message_rates.on(conn, day=date(2025, 6, 30))
        price = await message_rates.token_price(conn, currency="KES", day=date(2026, 11, 27))
    assert rates.of(category, phone).region == region
    assert before == []
    assert price is not None and price.price_minor > 0
