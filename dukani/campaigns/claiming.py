"""Claims the recipients that are posted to now, in one transaction, and says of the others why not.

What was planned may hold no more when its hour comes: consent, stops, the hours of her zone, how
often she was written to, the portfolio's limit of a day and the paces are asked again here, and
whoever passes is noted as being posted in the same transaction. So nothing lies between the last
question and the call to the provider: whoever stops or pauses it does so before, or finds it sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dukani.campaigns import frequency, number_pace
from dukani.campaigns.countries import takes_no_marketing
from dukani.campaigns.hours import next_open, zone_of
from dukani.campaigns.letters import Letter, letters
from dukani.campaigns.noting import Post, note, payable
from dukani.campaigns.pacing import Bucket, every
from dukani.campaigns.picturing import Pieces, with_pictures
from dukani.core.database import Connection
from dukani.core.services import Services
from dukani.core.store import campaign_claims, campaign_runs, portfolios, wallet
from dukani.core.store.campaign_claims import Candidate
from dukani.core.store.campaign_runs import Run
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.domain.campaigns import Exclusion, Pace

BATCH = 16  # all of them are called at once, so that nobody waits once she is noted
CATCH_UP = timedelta(seconds=10)
PAIR = timedelta(seconds=6)  # WhatsApp takes one message in this time from a number to a person


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a job posts now; `wait`: how long nobody may be posted to, when that is nothing.

    `missing`: lists of pieces whose pictures must be drawn first. `too_few_tokens`: the hold does
    not reach for another message. `full_until`: until then the portfolio may begin with nobody.
    `left_out`: some were skipped or put off, and others may be due behind them.
    """

    posts: Sequence[Post] = ()
    missing: Collection[Pieces] = ()
    wait: timedelta | None = None
    too_few_tokens: bool = False
    full_until: datetime | None = None
    left_out: bool = False


@dataclass
class _Sorted:
    """Candidates by what becomes of them."""

    sendable: list[Candidate] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    later: dict[str, datetime] = field(default_factory=dict)


async def claim(
    conn: Connection,
    services: Services,
    run: Run,
    approved: Mapping[str, Sequence[RegisteredTemplate]],
) -> Claimed:
    """Claims as many as the paces let leave now. The run's row is locked by the caller."""
    pace = Pace.model_validate(run.pace)
    number = await number_pace.lock(conn, services.settings, run.provider)
    own, now = _of_campaign(run, pace), number.now
    free = min(own.free(now), number.free(), BATCH)
    if free < 1:
        return Claimed(wait=max(own.wait(now), number.wait()))
    candidates = await campaign_claims.due(conn, occurrence_id=run.occurrence_id, limit=free)
    found = sort_out(candidates, pace, now=now, shop=run.timezone)
    written, without = letters(found.sendable, approved, run)
    found.skipped |= without
    pictured = await with_pictures(conn, run, written)
    paid, tokens = await payable(conn, run, pictured.letters)
    found.sendable = [letter.to for letter in paid]
    full_until = await _hold_to_room(conn, services, run, found)
    await _hold_to_frequency(conn, found)
    await _hold_to_portfolio(conn, services, run, found)
    await _leave_out(conn, found)
    posts = await note(conn, run, _of(found, paid), tokens)
    if found.skipped:  # an earlier try of theirs may have taken tokens; the wallet is locked last
        await wallet.end_sends(conn, recipients=list(found.skipped), delivered=False)
    if posts:
        await campaign_runs.set_next_send(
            conn, occurrence_id=run.occurrence_id, at=own.after(len(posts), now)
        )
        await number.take(conn, len(posts))
    return Claimed(
        posts,
        pictured.missing,
        too_few_tokens=bool(pictured.letters) and not paid,
        full_until=full_until,
        left_out=bool(found.skipped or found.later),
    )


def sort_out(candidates: Sequence[Candidate], pace: Pace, *, now: datetime, shop: str) -> _Sorted:
    """Who may be sent to, by what is known of each alone. Pure."""
    found = _Sorted()
    for one in candidates:
        reason = unwanted(one)
        if reason is not None:
            found.skipped[one.id] = reason
            continue
        at = allowed_at(one, pace, now=now, zone=zone_of(one.phone or one.to or "", shop=shop))
        if at > now:
            found.later[one.id] = at
        else:
            found.sendable.append(one)
    return found


def unwanted(one: Candidate) -> Exclusion | str | None:
    """Why nothing may be sent to her any more, in the order of `Exclusion`."""
    if one.is_double:
        return "merged"
    # A number that is another person's now is no way to the one who had it.
    if one.to is None or one.to.startswith(("former:", "merged:")):
        return "suppressed"
    if one.opted_out:
        return "opted_out"
    if not one.may_market:
        return "not_opted_in"
    if one.suppressed:
        return "suppressed"
    if takes_no_marketing(one.phone or one.to):
        return "us_number"
    return None


def allowed_at(one: Candidate, pace: Pace, *, now: datetime, zone: ZoneInfo) -> datetime:
    """From when on she may be sent to: in her hours, and not right after another message."""
    pair = one.written_at + PAIR if one.written_at else now
    return next_open(max(now, pair), pace, zone)


def _of_campaign(run: Run, pace: Pace) -> Bucket:
    """The campaign's own pace; a job that is late catches up with a few seconds, no more."""
    each = every(pace.per_minute)
    return Bucket(run.next_send_at, each, max(2, min(BATCH, int(CATCH_UP / each) + 1)))


async def _hold_to_room(
    conn: Connection, services: Services, run: Run, found: _Sorted
) -> datetime | None:
    """Leaves as many as the portfolio may begin with; none: until when."""
    if not found.sendable:
        return None
    room = await portfolios.room(
        conn,
        provider=run.provider,
        users_per_day=services.settings.campaigns.users_per_day,
    )
    if room is None:
        return None
    found.sendable = found.sendable[: room.users]
    return room.free_at


async def _hold_to_frequency(conn: Connection, found: _Sorted) -> None:
    wanted = [(source_of(one.id), one.identity) for one in found.sendable]
    verdicts = await frequency.reserve(conn, wanted) if wanted else {}
    for one in found.sendable:
        reason = verdicts[source_of(one.id)]
        if reason is not None:
            found.skipped[one.id] = reason
    found.sendable = [one for one in found.sendable if one.id not in found.skipped]


async def _hold_to_portfolio(
    conn: Connection, services: Services, run: Run, found: _Sorted
) -> None:
    if not found.sendable:
        return
    free_at = await portfolios.reserve_users(
        conn,
        provider=run.provider,
        identities=[one.identity for one in found.sendable],
        users_per_day=services.settings.campaigns.users_per_day,
    )
    # Another boutique of the portfolio was faster: they stay due, and wait with all others.
    refused = {one.id for one in found.sendable if free_at.get(one.identity)}
    if refused:
        await frequency.release(conn, [source_of(recipient) for recipient in sorted(refused)])
        found.sendable = [one for one in found.sendable if one.id not in refused]


def _of(found: _Sorted, written: Sequence[Letter]) -> list[Letter]:
    sendable = {one.id for one in found.sendable}
    return [letter for letter in written if letter.to.id in sendable]


async def _leave_out(conn: Connection, found: _Sorted) -> None:
    if found.later:
        await campaign_claims.postpone(conn, until=found.later)
    if found.skipped:
        await campaign_claims.skip(conn, reasons=found.skipped)
        await frequency.release(conn, [source_of(recipient) for recipient in found.skipped])


def source_of(recipient_id: str) -> str:
    """What a recipient's contact is reserved for."""
    return f"campaign_recipient:{recipient_id}"
