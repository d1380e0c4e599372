"""What follows when a recipient's message was refused, at once or by a later status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from dukani.campaigns import frequency
from dukani.campaigns.claiming import source_of
from dukani.campaigns.send_codes import Verdict, is_held, judge, rest_of
from dukani.campaigns.stopping import fail, halt, tell_of_unknown_code
from dukani.core.channels import MessagingProvider
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
    provider: MessagingProvider
    tries: int
    code: str
    told_by: str
    asked_wait: timedelta = timedelta(0)
    may_retry: bool = True


async def note_refusal(conn: Connection, refused: Refused, pace: Pace) -> Verdict:
    """Plans the recipient again, or gives her up and gives back what she took.

    What stops the whole campaign is left to the caller (`stop_for`), who may have several.
    """
    verdict = judge(refused.code, tries=refused.tries, pace=pace)
    rest = rest_of(refused.code, tries=refused.tries)
    if rest is not None:
        wait = max(rest, refused.asked_wait)
        await sending_paces.rest(conn, provider=refused.provider, wait=wait)
    if verdict.wait is not None and refused.may_retry:
        await campaign_posts.try_later(
            conn,
            recipient_id=refused.recipient_id,
            code=verdict.code,
            wait=max(verdict.wait, refused.asked_wait),
            counted=verdict.rule.counted,
        )
        return verdict
    if await campaign_posts.fail(conn, recipient_id=refused.recipient_id, code=verdict.code):
        await _give_up(conn, refused, verdict)
    return verdict


async def _give_up(conn: Connection, refused: Refused, verdict: Verdict) -> None:
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
    if not verdict.rule.keeps_contact:
        await frequency.release(conn, [source_of(refused.recipient_id)])
    await wallet.end_sends(conn, recipients=[refused.recipient_id], delivered=False)


def must_stop(refused: Refused, verdict: Verdict) -> bool:
    """Whether something follows for the whole campaign, or for the number's owner."""
    return verdict.rule.stop is not None or is_held(refused.code)


async def stop_for(conn: Connection, refused: Refused, verdict: Verdict) -> None:
    """Stops the campaign where the code says so, and tells the owner once what she must mend."""
    what = {
        "boutique_id": refused.boutique_id,
        "campaign_id": refused.campaign_id,
        "occurrence_id": refused.occurrence_id,
    }
    if verdict.rule.stop == "parameters":
        await fail(conn, reason="parameters", code=refused.code, **what)
    elif verdict.rule.stop is not None:
        await halt(conn, reason=verdict.rule.stop, code=refused.code, **what)
    else:
        await tell_of_set_up(
            conn, boutique_id=refused.boutique_id, provider=refused.provider, code=refused.code
        )
