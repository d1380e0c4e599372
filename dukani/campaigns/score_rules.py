"""Which rules of scoring count: a boutique's last version, or those of a campaign that began."""

from __future__ import annotations

from dukani.campaigns.rules import ScoreRules
from dukani.core.database import Connection
from dukani.core.errors import Conflict
from dukani.core.store import campaigns
from dukani.core.store import score_rules as store


async def current(conn: Connection) -> ScoreRules:
    """The boutique's last version; the defaults are version 1, stored or not."""
    found = await store.current(conn)
    return ScoreRules() if found is None else ScoreRules.model_validate(found)


async def of_campaign(conn: Connection, *, campaign_id: str) -> ScoreRules:
    """The rules by which the campaign chooses, from now on always these."""
    now = await current(conn)
    if now.version == 1:
        await store.add(conn, version=1, rules=now.model_dump(mode="json"))
    version = await campaigns.keep_score_rules(conn, campaign_id=campaign_id, version=now.version)
    found = await store.get(conn, version=version)
    assert found is not None  # the campaign's row refers to it
    return ScoreRules.model_validate(found)


async def add_version(conn: Connection, rules: ScoreRules) -> ScoreRules:
    """The next version. Raises Conflict when somebody made it at the same time.

    The first that an owner writes is version 2: campaigns from before chose by the defaults.
    """
    now = await current(conn)
    await store.add(conn, version=1, rules=ScoreRules().model_dump(mode="json"))
    made = rules.model_copy(update={"version": now.version + 1})
    if not await store.add(conn, version=made.version, rules=made.model_dump(mode="json")):
        raise Conflict("Somebody changed the rules just now: look at them again.")
    return made
