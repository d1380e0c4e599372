"""Whatever campaigns do at the same moment, no token is lost, made or spent twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dukani.campaigns import wallet
from dukani.campaigns.wallet import HoldOver, HoldUsedUp, NotEnoughTokens
from dukani.core.database import Database
from dukani.core.errors import NotFound
from dukani.core.store import wallet as ledger
from dukani.core.store.wallet import Balance
from tests.examples import examples
from tests.factories import a_boutique
from tests.ledger import assert_adds_up, give

Verb = Literal["hold", "more", "accept", "settle", "give_back", "release", "give"]


@dataclass(frozen=True)
class Step:
    verb: Verb
    campaign: int  # of twenty
    recipient: int  # of three in each
    tokens: int


steps = st.builds(
    Step,
    verb=st.sampled_from(
        ["hold", "hold", "more", "accept", "accept", "accept", "settle", "settle", "give_back",
         "give_back", "release", "give"]
    ),
    campaign=st.integers(0, 19),
    recipient=st.integers(0, 2),
    tokens=st.integers(1, 4),
)  # fmt: skip
# Each list of steps happens at once, on connections of their own.
moments = st.lists(st.lists(steps, min_size=1, max_size=20), min_size=1, max_size=6)


@dataclass
class Shop:
    database: Database
    boutique: str
    taken: dict[str, int]  # by recipient

    async def do(self, step: Step) -> tuple[str, int]:
        """What it did, and with how many tokens."""
        hold = f"c{step.campaign}"
        who = f"{hold}/{step.recipient}"
        if step.verb == "give":
            await give(self.database, self.boutique, step.tokens)
            return "given", step.tokens
        try:
            async with self.database.tenant_connection(self.boutique) as conn:
                match step.verb:
                    case "hold":
                        await wallet.hold(conn, key=hold, tokens=step.tokens)
                        return "hold", 0
                    case "more":
                        key = str(step.tokens)
                        await wallet.hold_more(conn, hold=hold, key=key, tokens=step.tokens)
                        return "more", 0
                    case "accept":
                        if await wallet.accept(conn, hold=hold, recipient=who, tokens=step.tokens):
                            self.taken[who] = step.tokens
                        return "accept", 0
                    case "settle":
                        outcome: str = await wallet.settle(conn, recipient=who)
                    case "give_back":
                        outcome = await wallet.give_back(conn, recipient=who)
                    case _:
                        return "released", await wallet.release(conn, hold=hold)
                return outcome, self.taken.get(who, 0)
        except (NotEnoughTokens, HoldUsedUp, HoldOver, NotFound) as refused:
            return type(refused).__name__, 0


@pytest.mark.slow
@given(begins_with=st.integers(0, 30), moments=moments)
@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_no_token_is_lost_made_or_spent_twice(
    database: Database, superuser_url: str, begins_with: int, moments: list[list[Step]]
) -> None:
    # given a shop with some tokens
    boutique = await a_boutique(database)
    if begins_with:
        await give(database, boutique, begins_with)
    shop = Shop(database, boutique, {})
    given_now, spent, lost = begins_with, 0, 0

    # when campaigns begin, send, hear and end, many at the same moment
    for moment in moments:
        for outcome, tokens in await asyncio.gather(*(shop.do(step) for step in moment)):
            given_now += tokens * (outcome == "given")
            spent += tokens * (outcome in ("settled", "late", "lost"))
            lost += tokens * (outcome == "lost")

        # then what they were told is what the ledger says, and it adds up
        async with database.tenant_connection(boutique) as conn:
            now = await ledger.balance(conn)
        assert (now.spent, now.top_up, now.platform_loss) == (spent, -given_now, -lost)
        assert now.available >= 0 and now.held >= 0
        assert_adds_up(superuser_url, boutique)

    # and when all of them end, nothing is held
    async with database.tenant_connection(boutique) as conn:
        for number in range(20):
            if await ledger.get_hold(conn, key=f"c{number}"):
                await wallet.release(conn, hold=f"c{number}")
        for recipient in shop.taken:
            await wallet.give_back(conn, recipient=recipient)
        now = await ledger.balance(conn)
    assert now == Balance(given_now - spent + lost, 0, spent, -given_now, -lost)
