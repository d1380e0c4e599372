"""A shop's own template goes to review at the sandbox's Meta and Twilio, and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from dukani.core.database import Database
from dukani.core.errors import Conflict, InvalidValue, NotFound
from dukani.core.store import conversations, message_templates
from dukani.core.store.message_templates import RegisteredTemplate
from dukani.core.template_form import TemplateForm
from dukani.domain.template_forms import purchase_notification
from dukani.domain.templates import TEMPLATES
from dukani.tools import delivery, template_review, template_sync
from dukani.tools.messaging import queue_template
from dukani.tools.own_templates import fill
from tests.factories import a_boutique
from tests.integration.messaging.test_outside_world import SANDBOX, World, the_world
from tests.integration.messaging.test_post_pictures import a_photo
from tests.wiring import jobs, rows

NAME = "new_pieces"
BOTH = pytest.mark.parametrize("key", ["zuri", "pwani"])


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> AsyncIterator[World]:
    async with the_world(database, tmp_path) as opened:
        await post(opened, "/faults", {"templates": {"review_s": 0}})
        yield opened


async def post(world: World, path: str, body: dict[str, Any]) -> Any:
    answer = await world.services.http.post(f"{SANDBOX}{path}", json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def get(world: World, path: str) -> Any:
    return (await world.services.http.get(f"{SANDBOX}{path}")).json()


async def a_draft(world: World, boutique: str, key: str, *, name: str = NAME, **parts: Any) -> str:
    picture = f"{boutique}/templates/example.jpg"
    await world.services.media.put(picture, a_photo(), "image/jpeg")
    form = purchase_notification("en", base_url="https://shop.example", picture=picture)
    async with world.services.database.system_connection() as conn:
        await message_templates.put(
            conn, boutique_id=boutique, provider="twilio" if key == "zuri" else "meta", name=name,
            language="en", status="draft", category="marketing",
            form=form.model_copy(update=parts).model_dump(mode="json"),
        )  # fmt: skip
    return (await the_template(world, boutique, name)).id


async def the_template(world: World, boutique: str, name: str = NAME) -> RegisteredTemplate:
    async with world.services.database.system_connection() as conn:
        found = await message_templates.of_boutique(conn, boutique_id=boutique)
    return next(one for one in found if one.name == name)


async def reviewed(world: World, boutique: str) -> RegisteredTemplate:
    """The template once it has been decided upon, as a job that asks finds it."""
    for _ in range(100):
        await template_sync.sync(world.services, boutique_id=boutique)
        found = await the_template(world, boutique)
        if found.status != "pending":
            return found
        await asyncio.sleep(0.01)
    raise AssertionError("it stays in review")


@BOTH
async def test_a_draft_is_submitted_reviewed_and_may_then_be_sent(world: World, key: str) -> None:
    boutique = await world.open(key)
    draft = await a_draft(world, boutique, key)

    await template_review.submit(world.services, boutique_id=boutique, template_id=draft)
    at_first = await the_template(world, boutique)
    approved = await reviewed(world, boutique)

    # its webhook may have told of the review by now
    assert at_first.status in ("pending", "approved") and at_first.submitted_at is not None
    assert (approved.status, approved.category) == ("approved", "marketing")
    assert [job["task_name"] for job in await jobs(world.services, "sync_templates")]
    await send(world, boutique, key, approved)
    shown = await bubble(world, key)
    assert shown["text"].startswith("Hello Asha, thank you for shopping at Zuri.")
    assert shown["media"] and "https://shop.example/s/0f3a9c21b7d4" in shown["text"]


async def send(world: World, boutique: str, key: str, found: RegisteredTemplate) -> None:
    """Send it to a shopper who has just written, by the outbox."""
    await world.write(key, text="Habari")
    (row,) = await rows(world.services, "conversations")
    values = {"customer_name": "Asha", "boutique_name": "Zuri", "price": "KSh 4,500",
              "pieces": "six pieces"}  # fmt: skip
    assert found.form is not None
    form = TemplateForm.model_validate(found.form)
    template, text = fill(found, form, values, suffix="0f3a9c21b7d4")
    chat_id = str(row["id"])
    async with world.services.database.tenant_connection(boutique) as conn:
        chat = await conversations.get(conn, conversation_id=chat_id)
        assert chat is not None
        await queue_template(
            conn, chat, template, text, purpose="utility", picture=form.header_picture
        )
    await delivery.deliver(world.services, boutique_id=boutique, conversation_id=chat_id)


async def bubble(world: World, key: str) -> dict[str, Any]:
    """What the shopper's phone shows of the boutique, once it has arrived."""
    for _ in range(100):
        chat = await get(world, f"/phone/api/chat?account={key}&contact=%2B254712345678")
        ours = [m for m in chat["messages"] if m["author"] == "boutique" and m["media"]]
        if ours:
            return dict(ours[0])
        await asyncio.sleep(0.02)
    raise AssertionError("nothing arrived")


@BOTH
async def test_a_rejected_one_says_why_and_is_submitted_again(world: World, key: str) -> None:
    boutique = await world.open(key)
    name = "please_reject_this"
    draft = await a_draft(world, boutique, key, name=name)

    await template_review.submit(world.services, boutique_id=boutique, template_id=draft)
    for _ in range(100):
        await template_sync.sync(world.services, boutique_id=boutique)
        if (await the_template(world, boutique, name)).status != "pending":
            break
        await asyncio.sleep(0.01)
    rejected = await the_template(world, boutique, name)
    await template_review.submit(world.services, boutique_id=boutique, template_id=draft)

    assert (rejected.status, rejected.reason) == ("rejected", "ABUSIVE_CONTENT")
    assert (await the_template(world, boutique, name)).status in ("pending", "rejected")


async def test_metas_webhooks_tell_of_status_quality_and_category(world: World) -> None:
    boutique = await world.open("pwani")
    draft = await a_draft(world, boutique, "pwani")
    await template_review.submit(world.services, boutique_id=boutique, template_id=draft)
    path = f"/templates/pwani/{NAME}/en"

    async def told(**event: Any) -> RegisteredTemplate:
        await post(world, path, event)
        return await the_template(world, boutique)

    assert (await told(what="approve")).status == "approved"
    assert (await told(what="quality", quality="YELLOW")).quality == "yellow"
    announced = await told(what="announce_category", category="UTILITY")
    assert (announced.category, announced.next_category) == ("marketing", "utility")
    assert announced.category_changes_at is not None
    changed = await told(what="change_category", category="UTILITY")
    assert (changed.category, changed.next_category) == ("utility", None)
    assert (await told(what="pause")).status == "paused"
    assert (await told(what="pause")).reason == "LOW_QUALITY"
    assert (await told(what="pause")).status == "disabled"  # the third time


@pytest.mark.parametrize(("key", "code"), [("zuri", "63041"), ("pwani", "132015")])
async def test_a_paused_template_is_refused_at_sending(world: World, key: str, code: str) -> None:
    boutique = await world.open(key)
    draft = await a_draft(world, boutique, key)
    await template_review.submit(world.services, boutique_id=boutique, template_id=draft)
    approved = await reviewed(world, boutique)
    await post(world, f"/templates/{key}/{NAME}/en", {"what": "pause"})

    await send(world, boutique, key, approved)

    refused = [row["error_code"] for row in await rows(world.services, "messages")]
    assert code in refused


async def test_a_template_with_a_problem_is_not_sent_to_review(world: World) -> None:
    boutique = await world.open("pwani")
    draft = await a_draft(world, boutique, "pwani", body="{{customer_name}}!")

    with pytest.raises(InvalidValue) as refused:
        await template_review.submit(world.services, boutique_id=boutique, template_id=draft)

    assert refused.value.field == "body"
    assert (await the_template(world, boutique)).status == "draft"


async def test_it_is_submitted_once_however_often_it_is_tapped(world: World) -> None:
    await post(world, "/faults", {"templates": {"review_s": 60}})
    boutique = await world.open("pwani")
    draft = await a_draft(world, boutique, "pwani")

    taps = await asyncio.gather(
        *(
            template_review.submit(world.services, boutique_id=boutique, template_id=draft)
            for _ in range(3)
        ),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in taps) == ["Conflict", "Conflict", "NoneType"]
    assert isinstance(taps[1], Conflict | None)
    every = await get(world, "/templates/pwani")
    assert [one["name"] for one in every].count(NAME) == 1


@BOTH
async def test_a_sync_learns_the_templates_that_were_registered_by_hand(
    world: World, key: str
) -> None:
    boutique = await world.open(key)

    await template_sync.sync(world.services, boutique_id=boutique)
    await template_sync.sync(world.services, boutique_id=boutique)

    async with world.services.database.tenant_connection(boutique) as conn:
        provider = "twilio" if key == "zuri" else "meta"
        found = await message_templates.approved(conn, provider=provider, name="order_sent")
    assert {one.language for one in found} == {"en", "sw"}
    every = await rows(world.services, "message_templates")
    assert len(every) == 2 * len(TEMPLATES)


async def test_another_boutique_neither_submits_nor_sees_it(world: World) -> None:
    boutique = await world.open("pwani")
    draft = await a_draft(world, boutique, "pwani")
    other = await a_boutique(world.services.database)

    with pytest.raises(NotFound):
        await template_review.submit(world.services, boutique_id=other, template_id=draft)
    async with world.services.database.tenant_connection(other) as conn:
        assert await message_templates.of_boutique(conn, boutique_id=boutique) == []


@BOTH
async def test_one_that_is_removed_is_gone_at_the_provider_too(world: World, key: str) -> None:
    boutique = await world.open(key)
    draft = await a_draft(world, boutique, key)
    await template_review.submit(world.services, boutique_id=boutique, template_id=draft)
    await reviewed(world, boutique)

    await template_review.remove(world.services, boutique_id=boutique, template_id=draft)

    every = await get(world, f"/templates/{key}")
    assert NAME not in [one["name"] for one in every]
    assert await rows_named(world) == []


async def rows_named(world: World) -> list[Any]:
    every = await rows(world.services, "message_templates")
    return [row for row in every if row["name"] == NAME]
