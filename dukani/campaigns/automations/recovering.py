"""Has the message for a left cart sent now, because a person of the shop asks for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dukani.campaigns.automations.forcing import Forced, force
from dukani.core.database import Connection
from dukani.core.errors import CallerError, NotFound
from dukani.core.services import Services
from dukani.core.store import automation_rules, automation_subjects
from dukani.core.store.automation_rules import Rule
from dukani.core.store.boutiques import Boutique
from dukani.domain.automations import Reason


class NoRuleForIt(CallerError):
    """The shop has no rule for left carts: make one from its recipe first."""

    http_status = 409


async def recover(
    conn: Connection,
    services: Services,
    boutique: Boutique,
    *,
    cart_id: str,
    by: str,
    override: Collection[Reason] = (),
    reason: str | None = None,
) -> Forced:
    """By the rule for left carts that goes first. Raises NotFound, NoRuleForIt, or as `force`."""
    found = await automation_subjects.of_cart(conn, cart_id=cart_id)
    if found is None:
        raise NotFound("There is no such cart here.")
    customer_id, cart = found
    rule = foremost(await automation_rules.of_boutique(conn))
    if rule is None:
        raise NoRuleForIt
    return await force(
        conn,
        services,
        boutique,
        rule_id=rule.id,
        customer_id=customer_id,
        by=by,
        override=override,
        reason=reason,
        subject=cart,
    )


def foremost(rules: Sequence[Rule]) -> Rule | None:
    """Of those for left carts, one that is on before one that is off. Pure; they are in order."""
    for_carts = [rule for rule in rules if rule.trigger == "cart_abandoned"]
    return next((rule for rule in for_carts if rule.is_on), next(iter(for_carts), None))
