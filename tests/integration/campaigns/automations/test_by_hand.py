"""What would be sent to a customer and why not, and what a person sends past the caps."""

from __future__ import annotations

from typing import Any

import pytest

from dukani.campaigns.automations.dry_run import DryRun, dry_run
from dukani.campaigns.automations.forcing import (
    Forced,
    NothingToSayTo,
    NotToBePassed,
    force,
)
from dukani.campaigns.automations.recovering import NoRuleForIt, recover
from dukani.core.errors import NotFound
from dukani.core.services import Services
from dukani.core.store import boutiques, consents
from tests.factories import a_product, put_in_cart
from tests.integration.campaigns.a_campaign import a_shop
from tests.integration.campaigns.automations.a_rule import (
    a_rule,
    a_shopper,
    rows,
    sends,
    verdicts,
)

BY = "11111111-1111-4111-8111-111111111111"


async def a_cart(services: Services, shop: str, customer: str) -> str:
    [variant] = await a_product(services.database, shop)
    return await put_in_cart(services.database, shop, customer, variant)


async def tried(services: Services, shop: str, customer: str) -> DryRun:
    async with services.database.tenant_connection(shop) as conn:
        boutique = await boutiques.get(conn, boutique_id=shop)
        assert boutique is not None
        [found] = await dry_run(conn, services, boutique, customer_id=customer)
    return found


async def forced(services: Services, shop: str, customer: str, rule: str, **how: Any) -> Forced:
    async with services.database.tenant_connection(shop) as conn:
        boutique = await boutiques.get(conn, boutique_id=shop)
        assert boutique is not None
        return await force(
            conn, services, boutique, rule_id=rule, customer_id=customer, by=BY, **how
        )


async def test_a_dry_run_tells_what_would_be_sent_and_sends_nothing(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    await a_cart(services, shop, customer)
    found = await tried(services, shop, customer)
    assert (found.would, found.channel) == ("send", "whatsapp")
    assert "you left Dress" in (found.text or "")
    assert all(one.passed for one in found.checks)
    assert await sends(services, shop) == []
    assert await verdicts(services, shop) == []


async def test_a_dry_run_tells_each_question_and_its_answer(services: Services) -> None:
    # given who has not agreed to offers, and has an empty cart
    shop = await a_shop(services, "twilio")
    await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop, offers=False)
    assert (await tried(services, shop, customer)).reason == "nothing_left"
    # when she has put something in
    await a_cart(services, shop, customer)
    found = await tried(services, shop, customer)
    # then consent is what is missing, and all else is told as well
    assert (found.would, found.reason) == ("wait", "no_consent")
    assert [one.name for one in found.checks if not one.passed] == ["no_consent"]
    assert {"opted_out", "quiet_hours", "cooldown"} <= {one.name for one in found.checks}


async def test_a_person_sends_past_the_caps_and_it_is_written_down(services: Services) -> None:
    # given who was sent an offer by the rule just now
    shop = await a_shop(services, "twilio")
    rule = await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    await a_cart(services, shop, customer)
    assert (await forced(services, shop, customer, rule)).send_id is not None
    # when it is asked for once more, then it is refused by the caps
    again = await forced(services, shop, customer, rule)
    assert (again.send_id, again.reason) == (None, "rule_cap")
    # and sent where they are passed over, with who did it and why
    caps = ("rule_cap", "cooldown")
    third = await forced(services, shop, customer, rule, override=caps, reason="She asked for it")
    assert third.send_id is not None
    [last] = await rows(
        services, shop,
        "select by::text, details from automation_decisions where verdict = 'sent' "
        "order by id desc limit 1",
    )  # fmt: skip
    assert (last["by"], last["details"]["passed"]) == (BY, ["cooldown", "rule_cap"])
    [line] = await rows(
        services, shop,
        "select details from audit_log where action = 'automation_forced' "
        "order by id desc limit 1",
    )  # fmt: skip
    assert line["details"]["reason"] == "She asked for it"


@pytest.mark.parametrize("reason", ["no_consent", "opted_out", "prompt_open", "cool_off"])
async def test_what_she_decided_is_never_passed_over(services: Services, reason: str) -> None:
    shop = await a_shop(services, "twilio")
    rule = await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    await a_cart(services, shop, customer)
    with pytest.raises(NotToBePassed):
        await forced(services, shop, customer, rule, override=(reason,))


async def test_who_said_stop_is_not_written_to_by_hand(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    rule = await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    await a_cart(services, shop, customer)
    async with services.database.tenant_connection(shop) as conn:
        await consents.record(
            conn, customer_id=customer, purpose="assistant", granted=False, source="test"
        )
    refused = await forced(services, shop, customer, rule)
    assert (refused.send_id, refused.reason) == (None, "opted_out")


async def test_nothing_is_said_about_nothing(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    rule = await a_rule(services, shop, "cart_abandoned")
    customer = await a_shopper(services, shop)
    with pytest.raises(NothingToSayTo):
        await forced(services, shop, customer, rule)


async def test_a_left_cart_is_taken_up_at_once_by_the_rule_about_carts(services: Services) -> None:
    shop = await a_shop(services, "twilio")
    customer = await a_shopper(services, shop)
    cart = await a_cart(services, shop, customer)
    async with services.database.tenant_connection(shop) as conn:
        boutique = await boutiques.get(conn, boutique_id=shop)
        assert boutique is not None
        with pytest.raises(NoRuleForIt):
            await recover(conn, services, boutique, cart_id=cart, by=BY)
        with pytest.raises(NotFound):
            await recover(conn, services, boutique, cart_id=BY, by=BY)
    await a_rule(services, shop, "cart_abandoned")
    async with services.database.tenant_connection(shop) as conn:
        done = await recover(conn, services, boutique, cart_id=cart, by=BY)
    assert done.send_id is not None
    assert await sends(services, shop) == [(customer, "whatsapp", 0)]
