"""Rules of the automations over the API: written, refused with the remedy, switched and copied."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from dukani.core.database import Database
from dukani.core.store import automation_decisions
from tests.factories import a_customer
from tests.integration.api.conftest import Signed

RULE: dict[str, Any] = {
    "name": "Left cart",
    "trigger": "cart_abandoned",
    "precedence": 60,
    "steps": [
        {"after_minutes": 60, "message": {"text": {"en": "Hi {name}", "sw": "Habari {name}"}}},
        {"after_minutes": 1440, "message": {"text": {"en": "Still here", "sw": "Bado ipo"}}},
    ],
}
RULES = "/automations/rules"


def saying(text: str, **values: Any) -> dict[str, Any]:
    return RULE | {"steps": [{"after_minutes": 60, "message": {"text": {"en": text}}}]} | values


async def test_a_rule_is_written_changed_by_its_version_copied_and_removed(owner: Signed) -> None:
    # given a rule, sent twice
    made = await owner.post(RULES, RULE, headers={"idempotency-key": "k1"})
    again = await owner.post(RULES, RULE, headers={"idempotency-key": "k1"})
    assert again == made
    assert (made["is_on"], made["version"], made["definition"]["class"]) == (False, 1, "marketing")
    path = f"{RULES}/{made['id']}"
    seen = await owner.call("GET", path)
    etag = seen.headers["etag"]
    assert seen.json() == made

    # when it is changed by who saw it last, and by who did not
    changed = await owner.call(
        "PUT", path, json=RULE | {"name": "Cart"}, headers={"if-match": etag}
    )
    late = await owner.call("PUT", path, json=RULE, headers={"if-match": etag})
    unsaid = await owner.call("PUT", path, json=RULE)

    # then the first change counts
    assert changed.json()["definition"]["name"] == "Cart" and changed.json()["version"] == 2
    assert (late.status_code, unsaid.status_code) == (412, 428)

    # and a copy is a rule of its own, also when the first is gone
    copied = await owner.post(f"{path}/copy")
    assert copied["definition"]["name"] == "Cart (2)" and not copied["is_on"]
    assert (await owner.call("DELETE", path)).status_code == 204
    listed = await owner.get(RULES)
    assert [one["id"] for one in listed["items"]] == [copied["id"]]
    assert (await owner.call("GET", path)).status_code == 404


async def test_a_rule_is_switched_on_and_off(owner: Signed) -> None:
    made = await owner.post(RULES, RULE)
    path = f"{RULES}/{made['id']}/switch"

    on = await owner.call("PUT", path, json={"is_on": True})
    off = await owner.call("PUT", path, json={"is_on": False})

    assert (on.json()["is_on"], off.json()["is_on"]) == (True, False)
    assert off.json()["version"] == 1


@pytest.mark.parametrize(
    ("written", "field", "remedy"),
    [
        # a cart counts as left after an hour in this shop
        (RULE | {"steps": [{"after_minutes": 30, "message": {"text": {"en": "Hi"}}}]},
         "steps.0.after_minutes", "after 60 minutes"),
        (RULE | {"class": "service"}, "class", "is an offer, hence marketing"),
        (saying("See {produkt}"), "steps.0.message.text.en", "write {product}"),
        (saying("Hujambo {jina}"), "steps.0.message.text.en", "write {name}"),
        (saying("Hi {zzzzz}"), "steps.0.message.text.en", "take one of {name}"),
        (saying("Hi {name"), "steps.0.message.text.en", "A brace stands alone"),
        (RULE | {"steps": [RULE["steps"][1], RULE["steps"][0]]}, "steps", "wait longer"),
        (saying(""), "steps.0.message.text.en", "at least 1 character"),
        (saying("  \n"), "steps.0.message.text.en", "says nothing"),
        (RULE | {"steps": [{"after_minutes": 60, "message": {
            "text": {"en": "Hi"}, "cta": {"label": {"sw": " "}}}}]},
         "steps.0.message.cta.label.sw", "says nothing"),
        (RULE | {"name": "   "}, "name", "at least 1 character"),
        (RULE | {"steps": [{"after_minutes": 60, "message": {"text": {}}}]},
         "steps.0.message.text", "one language at least"),
        (RULE | {"conditions": {"segment_id": str(uuid4())}}, "conditions.segment_id",
         "no such segment"),
        (RULE | {"steps": [{"after_minutes": 60,
                            "message": {"text": {"en": "Hi"}, "template": "not_there"}}]},
         "steps.0.message.template", "no template of this name"),
        (RULE | {"experiment": {"variants": [{"key": "a", "share": 1}]}}, "experiment.variants",
         "compared with nothing"),
        (RULE | {"hours": {"opens": "06:00", "closes": "20:00"}}, "hours", "and 21:00"),
        (RULE | {"unheard_of": 1}, "unheard_of", "not permitted"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_with_its_field_and_remedy(
    owner: Signed, written: dict[str, Any], field: str, remedy: str
) -> None:
    answer = await owner.call("POST", RULES, json=written)

    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["code"] == "invalid_value"
    assert [one["field"] for one in problem["errors"]] == [field]
    assert remedy in problem["errors"][0]["remedy"]


async def test_a_name_is_taken_once(owner: Signed) -> None:
    await owner.post(RULES, RULE)

    answer = await owner.call("POST", RULES, json=RULE | {"name": "LEFT cart"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "name"


async def test_what_would_stop_a_message_is_warned_of(owner: Signed) -> None:
    # a text in one language, and no template for customers who were silent for a day
    made = await owner.post(RULES, saying("Hi {name}"))

    assert [(one["code"], one["field"], one["value"]) for one in made["warnings"]] == [
        ("says_one_language", "steps.0.message.text", "sw"),
        ("no_template", "steps.0.message.template", None),
    ]

    # of SMS alone no template is asked
    by_sms = await owner.post(RULES, RULE | {"name": "SMS", "channels": "sms"})
    assert by_sms["warnings"] == []


async def test_a_channel_is_paused_with_a_reason_and_resumed(owner: Signed) -> None:
    path = "/automations/channels/whatsapp"

    paused = await owner.call("PUT", path, json={"reason": " Stock-taking "})
    listed = await owner.get("/automations/channels")
    resumed = await owner.call("DELETE", path)
    again = await owner.call("DELETE", path)

    assert paused.json()["reason"] == "Stock-taking"
    assert [(one["channel"], one["paused"]) for one in listed["items"]] == [
        ("whatsapp", True),
        ("sms", False),
    ]
    assert (resumed.status_code, again.status_code) == (204, 204)
    assert not (await owner.get(path))["paused"]
    assert (await owner.call("GET", "/automations/channels/fax")).status_code == 404


async def test_decisions_are_read_page_by_page(owner: Signed, database: Database) -> None:
    # given five decisions, two of them of one customer
    made = await owner.post(RULES, RULE)
    amina = await a_customer(database, owner.boutique, name="Amina")
    async with database.tenant_connection(owner.boutique) as conn:
        for number in range(5):
            await automation_decisions.add(
                conn,
                rule_id=made["id"],
                verdict="waits",
                reason="quiet_hours",
                step=0,
                customer_id=amina if number % 2 else None,
            )

    # when
    path = "/automations/decisions"
    first = await owner.get(path, params={"limit": 3})
    second = await owner.get(path, params={"limit": 3, "cursor": first["next_cursor"]})
    hers = await owner.get(path, params={"customer_id": amina, "verdict": "waits"})
    none = await owner.get(path, params={"verdict": "sent"})

    # then
    numbers = [one["id"] for one in first["items"] + second["items"]]
    assert numbers == sorted(numbers, reverse=True) and len(set(numbers)) == 5
    assert second["next_cursor"] is None
    assert [one["customer_name"] for one in hers["items"]] == ["Amina", "Amina"]
    assert none["items"] == []
