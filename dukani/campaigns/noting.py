"""Notes messages as being posted: writes them down and takes their tokens, before any call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dukani.campaigns.letters import Letter
from dukani.campaigns.rates import Rates
from dukani.core.database import Connection
from dukani.core.store import campaign_posts, message_rates, wallet
from dukani.core.store.campaign_posts import Draft, Posting
from dukani.core.store.campaign_runs import Run

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Post:
    """A message that is noted as being posted."""

    posting: Posting
    letter: Letter


async def payable(
    conn: Connection, run: Run, letters: Sequence[Letter]
) -> tuple[list[Letter], dict[str, int]]:
    """The letters that the occurrence's hold reaches for, and what each takes, by recipient.

    Nobody else takes of this hold while the run's row is locked. Who took tokens for an earlier try
    takes none.
    """
    rates = Rates(await message_rates.on(conn, day=datetime.now(UTC).date()))
    hold = await wallet.get_hold(conn, key=run.occurrence_id)
    left = hold.remaining if hold else 0
    tokens: dict[str, int] = {}
    paid: list[Letter] = []
    for letter in letters:
        tokens[letter.to.id] = rates.of(letter.category, letter.to.phone).tokens
        takes = tokens[letter.to.id] if letter.to.tokens is None else 0
        if takes <= left:
            left -= takes
            paid.append(letter)
    return paid, tokens


async def note(
    conn: Connection, run: Run, letters: Sequence[Letter], tokens: Mapping[str, int]
) -> list[Post]:
    """Their recipients' rows are locked by the caller, who takes no other lock after this."""
    drafts = [_draft(letter, tokens[letter.to.id]) for letter in letters]
    postings = await campaign_posts.post(
        conn, drafts, campaign_id=run.campaign_id, provider=run.provider, lease=LEASE
    )
    if postings:
        sends = [(one.recipient_id, tokens[one.recipient_id], one.message_id) for one in postings]
        taken = await wallet.take_many(conn, hold=run.occurrence_id, sends=sends)
        assert set(taken.values()) <= {"taken", "before"}, "the hold reached for them all"
    by_recipient = {letter.to.id: letter for letter in letters}
    return [Post(one, by_recipient[one.recipient_id]) for one in postings]


def _draft(letter: Letter, tokens: int) -> Draft:
    return Draft(
        recipient_id=letter.to.id,
        customer_id=letter.to.customer_id,
        body=letter.filled.text,
        media_path=letter.filled.picture,
        template=letter.filled.template.as_plain(),
        tokens=tokens,
        options=[option.model_dump(mode="json") for option in letter.options],
    )
