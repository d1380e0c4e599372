"""Campaigns over the API: drafts written, changed by version, copied, previewed."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from dukani.core.database import Database
from dukani.core.store import campaigns
from tests.integration.api.conftest import Signed
from tests.integration.campaigns.crowd import a_fan, a_piece

DRAFT: dict[str, Any] = {
    "name": "December",
    "message": {"template": "new_pieces", "language": "sw"},
    "schedule": {"kind": "recurring", "rule": "FREQ=WEEKLY;BYDAY=FR", "starts": "2026-12-04T10:00"},
    "pace": {"per_minute": 30, "skip_days": ["sun"]},
}


async def test_a_draft_is_written_changed_by_its_version_copied_and_removed(owner: Signed) -> None:
    # given a draft
    made = await owner.post("/campaigns", DRAFT, headers={"idempotency-key": "k1"})
    again = await owner.post("/campaigns", DRAFT, headers={"idempotency-key": "k1"})
    assert again == made
    assert made["status"] == "draft" and made["pace"]["skip_days"] == ["sun"]
    path = f"/campaigns/{made['id']}"
    seen = await owner.call("GET", path)
    etag = seen.headers["etag"]
    assert seen.json() == made

    # when it is changed by who saw it last, and by who did not
    changed = await owner.call(
        "PUT", path, json=DRAFT | {"name": "January"}, headers={"if-match": etag}
    )
    late = await owner.call("PUT", path, json=DRAFT, headers={"if-match": etag})
    unsaid = await owner.call("PUT", path, json=DRAFT)

    # then the first change counts
    assert changed.json()["name"] == "January" and changed.headers["etag"] != etag
    assert (late.status_code, unsaid.status_code) == (412, 428)

    # and a copy is a draft of its own, also when the first is gone
    copied = await owner.post(f"{path}/copy")
    assert copied["name"] == "January (copy)" and copied["status"] == "draft"
    assert (await owner.call("DELETE", path)).status_code == 204
    listed = await owner.get("/campaigns")
    assert [one["id"] for one in listed["items"]] == [copied["id"]]


async def test_what_was_scheduled_stays_as_it_is(owner: Signed, database: Database) -> None:
    made = await owner.post("/campaigns", DRAFT)
    async with database.tenant_connection(owner.boutique) as conn:
        await campaigns.move(conn, campaign_id=made["id"], since=["draft"], to="scheduled")
    path = f"/campaigns/{made['id']}"

    changed = await owner.call("PUT", path, json=DRAFT, headers={"if-match": "*"})
    removed = await owner.call("DELETE", path)

    for answer in (changed, removed):
        assert (answer.status_code, answer.json()["code"]) == (409, "not_a_draft")
    assert (await owner.get("/campaigns", params={"status": "draft"}))["items"] == []
    assert len((await owner.get("/campaigns", params={"status": "scheduled"}))["items"]) == 1


async def test_bad_values_are_told_by_their_field(owner: Signed) -> None:
    gone = str(uuid4())
    for wrong, field in (
        ({"audience": {"kind": "segment", "segment_id": gone}}, "audience.segment_id"),
        ({"audience": {"kind": "list", "list_id": gone}}, "audience.list_id"),
        ({"audience": {"kind": "campaign", "campaign_id": gone, "responded": True}},
         "audience.campaign_id"),
        ({"pieces": [gone]}, "pieces.0"),
        ({"pace": {"per_minute": 0}}, "pace.per_minute"),
        ({"name": "a\0b"}, "body"),
    ):  # fmt: skip
        answer = await owner.call("POST", "/campaigns", json=DRAFT | wrong)
        assert answer.status_code == 422, answer.text
        assert [one["field"] for one in answer.json()["errors"]] == [field]
    again = await owner.call(
        "POST", "/campaigns", json=DRAFT | {"schedule": {**DRAFT["schedule"], "rule": "FREQ=NEVER"}}
    )
    assert "FREQ" in again.json()["detail"]


async def test_a_large_preview_is_streamed_with_its_progress(
    database: Database, staff: Signed, owner: Signed
) -> None:
    made = await owner.post("/campaigns", DRAFT)
    for _ in range(2):
        await a_fan(database, staff.boutique)

    for path, body in ((f"/campaigns/{made['id']}/preview", None), ("/campaign-previews", DRAFT)):
        whole = await staff.post(path, body)
        answer = await staff.call("POST", f"{path}/stream", json=body)

        assert answer.headers["content-type"].startswith("text/event-stream")
        events = [
            dict(line.split(": ", 1) for line in event.splitlines())
            for event in answer.text.strip().split("\n\n")
        ]
        progress = [json.loads(one["data"]) for one in events if one["event"] == "progress"]
        assert progress == [{"seen": 0, "audience": 2}, {"seen": 2, "audience": 2}]
        last = json.loads(events[-1]["data"])
        moving = ("starts_at", "first_at", "ends_at", "lasts_minutes", "sending_minutes")
        assert events[-1]["event"] == "preview"
        assert {k: v for k, v in last.items() if k not in moving} == {
            k: v for k, v in whole.items() if k not in moving
        }


async def test_staff_preview_a_draft_and_a_campaign(
    owner: Signed, staff: Signed, database: Database
) -> None:
    # given a shop with a piece and two customers, one of whom bought nothing yet
    await a_piece(database, owner.boutique, "red", 0, 4500_00)
    await a_fan(database, owner.boutique, name="Njeri")
    await a_fan(database, owner.boutique, has_profile=False)
    made = await owner.post("/campaigns", DRAFT)

    # when staff look at what it would do
    shown = await staff.post(f"/campaigns/{made['id']}/preview")
    draft = await staff.post("/campaign-previews", DRAFT)

    # then both say so
    for found in (shown, draft):
        counts = {one["reason"]: one["customers"] for one in found["left_out"]}
        assert (found["audience"], found["recipients"], counts["no_profile"]) == (2, 1, 1)
        assert len(counts) == 10
        (her,) = found["sample"]
        assert her["variables"]["customer_name"] == "Njeri"
        (piece,) = her["pieces"]
        assert piece["kind"] == "match" and len(piece["factors"]) == 4
        assert (found["fewer_pieces"], found["fewer_matches"]) == (1, 1)
        assert found["ends_at"] > found["starts_at"] and found["tokens"] >= 1


async def test_the_rules_of_scoring_change_by_versions(owner: Signed) -> None:
    first = await owner.get("/score-rules")
    assert first["version"] == 1 and first["threshold"] == 0.4

    changed = await owner.call("PUT", "/score-rules", json=first | {"threshold": 0.5})
    late = await owner.call("PUT", "/score-rules", json=first | {"threshold": 0.6})

    assert changed.json() == first | {"version": 2, "threshold": 0.5}
    assert late.status_code == 412
    assert await owner.get("/score-rules") == changed.json()
