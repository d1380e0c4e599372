"""Recipes, the dry run, and a message sent by hand, over the API."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from dukani.core.services import Services
from dukani.core.store import consents
from tests.factories import a_product, put_in_cart
from tests.integration.api.conftest import Signed
from tests.integration.campaigns.automations.a_rule import a_rule, a_shopper, rows, sends, verdicts

DRY_RUN = "/automations/dry-run"


async def a_left_cart(services: Services, shop: str, customer: str) -> str:
    [variant] = await a_product(services.database, shop)
    return await put_in_cart(services.database, shop, customer, variant)


def failed(run: dict[str, Any]) -> list[str]:
    return [one["name"] for one in run["checks"] if not one["passed"]]


async def test_a_recipe_becomes_a_rule_of_its_own(owner: Signed) -> None:
    # given the recipes
    recipes = (await owner.get("/automations/recipes"))["items"]
    keys = [one["key"] for one in recipes]
    assert "cart_abandoned" in keys and "payment_failed" in keys

    # when one is used twice
    first = await owner.post("/automations/recipes/cart_abandoned/rules")
    second = await owner.post("/automations/recipes/cart_abandoned/rules")
    unknown = await owner.call("POST", "/automations/recipes/moon_is_full/rules")

    # then each is a rule that is off, under a name of its own
    assert not first["is_on"] and first["definition"]["trigger"] == "cart_abandoned"
    assert second["definition"]["name"] == f"{first['definition']['name']} (2)"
    assert unknown.status_code == 404

    # and each recipe can be saved as it is
    for key in keys:
        made = await owner.post(f"/automations/recipes/{key}/rules")
        kept = await owner.call(
            "PUT", f"/automations/rules/{made['id']}", json=made["definition"],
            headers={"if-match": "*"},
        )  # fmt: skip
        assert kept.status_code == 200, f"{key}: {kept.text}"


async def test_a_recipe_waits_until_a_cart_counts_as_left(
    owner: Signed, services: Services
) -> None:
    # given a shop where a cart counts as left after three hours
    async with services.database.system_connection() as conn:
        await conn.execute(
            "update boutiques set cart_left_after = '3 hours' where id = %s", (owner.boutique,)
        )

    # when
    made = await owner.post("/automations/recipes/cart_abandoned/rules")

    # then its steps are later, and as far apart as they were
    waits = [step["after_minutes"] for step in made["definition"]["steps"]]
    assert waits == [180, 1440 + 120, 4320 + 120]


async def test_a_dry_run_says_what_would_be_sent_and_why_not(
    owner: Signed, services: Services
) -> None:
    # given a rule, a customer with a cart who agreed to offers, and one who did not
    rule_id = await a_rule(services, owner.boutique, "cart_abandoned")
    willing = await a_shopper(services, owner.boutique, name="Amina Otieno")
    silent = await a_shopper(services, owner.boutique, offers=False)
    for customer in (willing, silent):
        await a_left_cart(services, owner.boutique, customer)

    # when
    [would] = (await owner.post(DRY_RUN, {"customer_id": willing}))["items"]
    [would_not] = (await owner.post(DRY_RUN, {"customer_id": silent, "rule_id": rule_id}))["items"]

    # then
    assert would["would"] == "send", would
    assert would["text"].startswith("Amina, you left Dress") and would["channel"] == "whatsapp"
    assert failed(would) == []
    assert would_not["would"] == "wait" and would_not["reason"] == "no_consent"
    assert failed(would_not) == ["no_consent"]

    # and nothing was sent or written down
    assert await sends(services, owner.boutique) == []
    assert await verdicts(services, owner.boutique) == []
    strange = await owner.call("POST", DRY_RUN, json={"customer_id": str(uuid4())})
    assert strange.status_code == 404


async def test_a_message_by_hand_needs_neither_switch_nor_hour(
    owner: Signed, services: Services
) -> None:
    # given a rule that was switched off
    rule_id = await a_rule(services, owner.boutique, "cart_abandoned")
    path = f"/automations/rules/{rule_id}"
    await owner.call("PUT", f"{path}/switch", json={"is_on": False})
    customer = await a_shopper(services, owner.boutique)
    await a_left_cart(services, owner.boutique, customer)

    # when the owner has it sent
    sent = await owner.post(f"{path}/send", {"customer_id": customer})

    # then it goes, and the log says who did it
    assert sent["send_id"] and await sends(services, owner.boutique) == [(customer, "whatsapp", 0)]
    log = await owner.get("/automations/decisions", params={"customer_id": customer})
    newest = log["items"][0]
    assert (newest["verdict"], newest["by"]) == ("sent", owner.user_id)


async def test_consent_and_a_stop_hold_whoever_asks(owner: Signed, services: Services) -> None:
    # given a customer who never agreed, and one who said stop
    rule_id = await a_rule(services, owner.boutique, "cart_abandoned")
    path = f"/automations/rules/{rule_id}/send"
    silent = await a_shopper(services, owner.boutique, offers=False)
    stopped = await a_shopper(services, owner.boutique)
    for customer in (silent, stopped):
        await a_left_cart(services, owner.boutique, customer)
    async with services.database.tenant_connection(owner.boutique) as conn:
        await consents.record(
            conn, customer_id=stopped, purpose="assistant", granted=False, source="test"
        )

    # when the owner wants to write to them
    to_silent = await owner.post(path, {"customer_id": silent})
    to_stopped = await owner.post(path, {"customer_id": stopped})
    forbidden = await owner.call(
        "POST", path,
        json={"customer_id": silent, "override": ["no_consent"], "reason": "She is my sister."},
    )  # fmt: skip

    # then nothing goes
    assert (to_silent["send_id"], to_silent["reason"]) == (None, "no_consent")
    assert (to_stopped["send_id"], to_stopped["reason"]) == (None, "opted_out")
    assert forbidden.status_code == 422 and forbidden.json()["code"] == "not_to_be_passed"
    assert await sends(services, owner.boutique) == []


async def test_passing_over_a_cap_needs_a_reason_and_is_written_down(
    owner: Signed, services: Services
) -> None:
    # given a rule that may write once, and has
    rule_id = await a_rule(services, owner.boutique, "cart_abandoned")
    path = f"/automations/rules/{rule_id}/send"
    customer = await a_shopper(services, owner.boutique)
    await a_left_cart(services, owner.boutique, customer)
    await owner.post(path, {"customer_id": customer})

    # when the owner asks for a second
    capped = await owner.post(path, {"customer_id": customer})
    override = ["rule_cap", "cooldown", "frequency_cap"]
    unsaid = await owner.call("POST", path, json={"customer_id": customer, "override": override})
    reason = "She asked on the phone."
    sent = await owner.post(path, {"customer_id": customer, "override": override, "reason": reason})

    # then the cap holds, until she says why not
    assert capped["reason"] == "rule_cap"
    assert unsaid.status_code == 422 and unsaid.json()["errors"][0]["field"] == "reason"
    assert sent["send_id"], sent
    noted = await rows(
        services, owner.boutique,
        "select actor, details from audit_log where action = 'automation_forced' order by id",
    )  # fmt: skip
    assert noted[-1]["actor"] == f"owner:{owner.user_id}"
    assert noted[-1]["details"]["reason"] == reason
    assert noted[-1]["details"]["passed"] == sorted(override)


async def test_a_left_cart_is_recovered_now_by_the_rule_that_goes_first(
    owner: Signed, services: Services
) -> None:
    # given a left cart and no rule for it
    customer = await a_shopper(services, owner.boutique)
    cart = await a_left_cart(services, owner.boutique, customer)
    none_yet = await owner.call("POST", "/automations/recover", json={"cart_id": cart})
    assert none_yet.status_code == 409 and none_yet.json()["code"] == "no_rule_for_it"

    # when there are two
    await a_rule(services, owner.boutique, "cart_abandoned", precedence=10)
    foremost = await a_rule(services, owner.boutique, "cart_abandoned", precedence=90)
    sent = await owner.post("/automations/recover", {"cart_id": cart})

    # then the foremost writes
    assert sent["send_id"]
    log = await owner.get("/automations/decisions", params={"verdict": "sent"})
    assert [one["rule_id"] for one in log["items"]] == [foremost]
    strange = await owner.call("POST", "/automations/recover", json={"cart_id": str(uuid4())})
    assert strange.status_code == 404
