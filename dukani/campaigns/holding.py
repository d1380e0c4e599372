"""Sets aside the tokens of those an occurrence is still to be sent to."""

from __future__ import annotations

from uuid import uuid4

from dukani.campaigns import wallet
from dukani.campaigns.pricing import to_pay
from dukani.campaigns.wallet import NotEnoughTokens
from dukani.core.database import Connection
from dukani.core.store import wallet as ledger
from dukani.core.store.campaigns import Campaign


async def hold_the_rest(
    conn: Connection, campaign: Campaign, *, boutique_id: str, occurrence_id: str
) -> int:
    """Raises the hold to what all who are still due will cost, as far as the wallet reaches.

    Returns how many tokens are short: it is sent until the hold is used up. Raises NotEnoughTokens
    when not even one message can be paid. The occurrence's row is locked by the caller.
    """
    due = await to_pay(conn, campaign, boutique_id=boutique_id, occurrence_id=occurrence_id)
    hold = await ledger.get_hold(conn, key=occurrence_id)
    remaining = hold.remaining if hold else 0
    lacking = due.tokens - remaining
    if lacking <= 0:
        return 0
    available = (await ledger.balance(conn)).available
    more = min(lacking, available)
    if remaining + more < due.least:
        raise NotEnoughTokens(available=available, needed=lacking)
    if more and hold is None:
        await wallet.hold(conn, key=occurrence_id, tokens=more, campaign_id=campaign.id)
    elif more:
        await wallet.hold_more(conn, hold=occurrence_id, key=str(uuid4()), tokens=more)
    return lacking - more
