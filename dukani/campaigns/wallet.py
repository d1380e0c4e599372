"""What a campaign does with the boutique's message tokens, from its start to its end.

A campaign's occurrence has one *hold*, named by a key of its own (a UUID as text). Each recipient
takes tokens out of it, named by the recipient's id, and later settles them or gives them back:

    await hold(conn, key=occurrence_id, tokens=recipients * rate, campaign_id=campaign_id)
    await accept(conn, hold=occurrence_id, recipient=recipient_id, tokens=rate, message_id=…)
    await settle(conn, recipient=recipient_id)       # delivered, or read
    await give_back(conn, recipient=recipient_id)    # failed for good, or dropped
    await hold_more(conn, hold=occurrence_id, key=…, tokens=…)  # more recipients, a higher rate
    await release(conn, hold=occurrence_id)          # finished or cancelled: the rest goes back

`conn` is a tenant connection (or an operator's), and the caller's transaction. Every call may come
twice and does its work once, by a unique key in the database.

- `accept` belongs into the transaction that claims the recipient. A send that is tried again keeps
  its tokens: `accept` again moves nothing, and `give_back` comes after the last try only.
- `settle` and `give_back` may come in any order. The first counts, but for a delivery after a
  failure: its tokens are taken from what is available, and where nothing is, the platform bears
  them. A failure after a delivery is ignored. Either may come after `release`.
- A hold that is released gives no more. What its sends took stays held until they end.
- Each call locks the boutique's one row of `wallets` until the transaction ends. Take every other
  lock before it (identity, recipient, pace), and commit soon: then nothing waits in a circle.
"""

from __future__ import annotations

from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotFound
from dukani.core.store import wallet
from dukani.core.store.wallet import Ended


class NotEnoughTokens(CallerError):
    """The wallet has too few message tokens: buy more, or send to fewer people."""

    http_status = 409

    def __init__(self, *, available: int, needed: int) -> None:
        super().__init__(
            f"{needed} message tokens are needed and {available} are available: buy"
            f" {needed - available} more, or send to fewer people."
        )
        self.available = available
        self.needed = needed


class HoldUsedUp(CallerError):
    """The tokens held for this campaign do not reach for one more message: hold more."""

    http_status = 409

    def __init__(self, *, remaining: int, needed: int) -> None:
        super().__init__(f"{needed} tokens are needed and {remaining} are left of the hold")
        self.remaining = remaining
        self.needed = needed


class HoldOver(CallerError):
    """The tokens of this campaign were released: it is finished or cancelled."""

    http_status = 409


async def hold(conn: Connection, *, key: str, tokens: int, campaign_id: str | None = None) -> None:
    """Set `tokens` aside for an occurrence. Raises NotEnoughTokens, or HoldOver."""
    await _hold(conn, hold=key, key=key, tokens=tokens, campaign_id=campaign_id)


async def hold_more(conn: Connection, *, hold: str, key: str, tokens: int) -> None:
    """Set more aside; `key` names this addition. Raises NotEnoughTokens, HoldOver or NotFound."""
    found = await wallet.get_hold(conn, key=hold)
    if found is None:
        raise NotFound("There is no such hold.")
    await _hold(conn, hold=hold, key=f"{hold}:{key}", tokens=tokens, campaign_id=None)


async def _hold(
    conn: Connection, *, hold: str, key: str, tokens: int, campaign_id: str | None
) -> None:
    _check(tokens)
    result, available = await wallet.hold(
        conn, hold=hold, key=key, tokens=tokens, campaign_id=campaign_id
    )
    if result == "short":
        raise NotEnoughTokens(available=available, needed=tokens)
    if result == "released":
        raise HoldOver


async def accept(
    conn: Connection, *, hold: str, recipient: str, tokens: int, message_id: str | None = None
) -> bool:
    """Take a send's tokens out of the hold; False when this recipient took some before.

    Raises HoldUsedUp, or NotFound.
    """
    _check(tokens)
    result, remaining = await wallet.take(
        conn, hold=hold, recipient=recipient, tokens=tokens, message_id=message_id
    )
    if result == "none":
        raise NotFound("There is no such hold.")
    if result == "short":
        raise HoldUsedUp(remaining=remaining, needed=tokens)
    return result == "taken"


async def settle(conn: Connection, *, recipient: str) -> Ended:
    """The message arrived: its tokens are spent.

    `late` and `lost`: they had been given back, and were taken anew from what is available, or from
    the platform. `before`: nothing new. `none`: this recipient never took any.
    """
    return await wallet.end_send(conn, recipient=recipient, delivered=True)


async def give_back(conn: Connection, *, recipient: str) -> Ended:
    """The message will not arrive: its tokens are available again. As `settle` otherwise."""
    return await wallet.end_send(conn, recipient=recipient, delivered=False)


async def release(conn: Connection, *, hold: str) -> int:
    """End the hold: the tokens that no send took are available again. Raises NotFound."""
    tokens = await wallet.release(conn, hold=hold)
    if tokens is None:
        raise NotFound("There is no such hold.")
    return tokens


def _check(tokens: int) -> None:
    if tokens < 1:
        raise ValueError(f"{tokens} tokens: at least one")
