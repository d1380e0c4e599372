"""What follows when a recipient's message was refused, at once or by a later status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dukani.campaigns import frequency
from dukani.campaigns.claiming import source_of
from dukani.campaigns.send_codes import Verdict, is_held, judge, rest_of
from dukani.campaigns.stopping import stop, tell_of_unknown_code
from dukani.core.channels import WhatsAppProvider
from dukani.core.database import Connection
from dukani.core.store import (
    campaign_posts,
    consents,
    sending_paces,
    suppressed_identities,
    wallet,
)
from dukani.domain.campaigns import Pace
from dukani.tools.refusals import tell_of_set_up


@dataclass(frozen=True, slots=True)
class Refused:
    """A recipient whose message was refused with `code` at the `tries`-th try.

    `asked_wait` is what the provider asked us to wait. `may_retry`: its occurrence is not over.
    """

    boutique_id: str
    campaign_id: str
    occurrence_id: str
    recipient_id: str
    customer_id: str
    identity: str
    provider: WhatsAppProvider
    tries: int
    code: str
    told_by: str
    asked_wait: timedelta = timedelta(0)
    may_retry: bool = True


async def note_refusals(
    conn: Connection, refused: Sequence[Refused], pace: Pace
) -> list[tuple[Refused, Verdict]]:
    """Plans the recipients again, or gives them up and gives back what they took.

    Locks are taken in the order of all: the number's pace, recipients, contacts, the wallet. What
    stops the whole campaign is left to the caller (`stop_for`): returns those who make it stop.
    """
    judged = [
        (one, judge(one.code, tries=one.tries, pace=pace))
        for one in sorted(refused, key=lambda one: one.identity)
    ]
    await _rest(conn, refused)
    given_up = [(one, found) for one, found in judged if await _is_given_up(conn, one, found)]
    for one, verdict in given_up:
        await _note_given_up(conn, one, verdict)
    kept = [source_of(one.recipient_id) for one, found in judged if found.rule.keeps_contact]
    if kept:
        await frequency.keep(conn, kept)
    if given_up:
        ids = [one.recipient_id for one, _ in given_up]
        await frequency.release(conn, [source_of(recipient) for recipient in ids])
        await wallet.end_sends(conn, recipients=ids, delivered=False)
    return [(one, verdict) for one, verdict in judged if _must_stop(one, verdict)]


async def _rest(conn: Connection, refused: Sequence[Refused]) -> None:
    """The number rests for the longest time that one of these asks for."""
    rests: dict[WhatsAppProvider, timedelta] = {}
    for one in refused:
        rest = rest_of(one.code, tries=one.tries)
        if rest is not None:
            longest = rests.get(one.provider, rest)
            rests[one.provider] = max(longest, rest, one.asked_wait)
    for provider, wait in rests.items():
        await sending_paces.rest(conn, provider=provider, wait=wait)


async def _is_given_up(conn: Connection, refused: Refused, verdict: Verdict) -> bool:
    """Whether she has failed now; else she is tried again, or has arrived meanwhile."""
    if verdict.wait is not None and refused.may_retry:
        await campaign_posts.try_later(
            conn,
            recipient_id=refused.recipient_id,
            code=verdict.code,
            wait=max(verdict.wait, refused.asked_wait),
            counted=verdict.rule.counted,
        )
        return False
    return await campaign_posts.fail(conn, recipient_id=refused.recipient_id, code=verdict.code)


async def _note_given_up(conn: Connection, refused: Refused, verdict: Verdict) -> None:
    if verdict.rule.opt_out:
        await consents.record(
            conn,
            customer_id=refused.customer_id,
            purpose="marketing",
            granted=False,
            source=refused.told_by,
            words=refused.code,
        )
    if verdict.suppress:
        await suppressed_identities.add(conn, identity=refused.identity, reason="unreachable")
    if not verdict.known:
        await tell_of_unknown_code(
            conn,
            boutique_id=refused.boutique_id,
            campaign_id=refused.campaign_id,
            code=refused.code,
        )


def _must_stop(refused: Refused, verdict: Verdict) -> bool:
    """Whether something follows for the whole campaign, or for the number's owner."""
    return verdict.rule.stop is not None or is_held(refused.code)


async def stop_for(conn: Connection, refused: Refused, verdict: Verdict) -> None:
    """Stops the campaign where the code says so, and tells the owner once what she must mend."""
    if verdict.rule.stop is not None:
        await stop(
            conn,
            "fail" if verdict.rule.stop == "parameters" else "pause",
            boutique_id=refused.boutique_id,
            campaign_id=refused.campaign_id,
            occurrence_id=refused.occurrence_id,
            reason=verdict.rule.stop,
            code=refused.code,
        )
    else:
        await tell_of_set_up(
            conn, boutique_id=refused.boutique_id, provider=refused.provider, code=refused.code
        )
