"""A wallet for tests: tokens to begin with, and its ledger added up anew."""

from __future__ import annotations

from uuid import uuid4

import psycopg

from dukani.core.database import Database
from dukani.core.store import wallet

_ACCOUNTS = ("available", "held", "spent", "top_up", "platform_loss")


async def give(database: Database, boutique: str, tokens: int) -> None:
    async with database.operator_connection(boutique) as conn:
        await wallet.grant(conn, key=str(uuid4()), tokens=tokens, note="")


def assert_adds_up(superuser_url: str, boutique: str) -> None:
    """Every balance is the sum of its entries, and no holder of tokens owes any."""
    with psycopg.connect(superuser_url) as conn:
        kept = conn.execute(
            "select available, held, spent, top_up, platform_loss from wallets"
            " where boutique_id = %s",
            (boutique,),
        ).fetchone()
        entries = conn.execute(
            "select account, holder, sum(tokens) from wallet_entries where boutique_id = %s"
            " group by account, holder",
            (boutique,),
        ).fetchall()
        holds = conn.execute(
            "select 'hold:' || key, remaining from wallet_holds where boutique_id = %s", (boutique,)
        ).fetchall()
        unbalanced = conn.execute(
            "select transfer_id from wallet_entries where boutique_id = %s"
            " group by transfer_id having sum(tokens) <> 0",
            (boutique,),
        ).fetchall()
    sums = dict.fromkeys(_ACCOUNTS, 0)
    for account, _, tokens in entries:
        sums[account] += int(tokens)
    held = {holder: int(tokens) for account, holder, tokens in entries if account == "held"}
    # A wallet's row comes with its first move.
    assert (kept or (0,) * len(_ACCOUNTS)) == tuple(sums[account] for account in _ACCOUNTS)
    assert unbalanced == []
    assert all(tokens >= 0 for tokens in held.values()), held
    assert {key: held.get(key, 0) for key, _ in holds} == dict(holds)
