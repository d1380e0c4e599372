"""One id from the webhook to what came of it, across processes, logs, Sentry and Langfuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.fakes.receiver import Receiver, receiving
from tests.rehearsal.scene import Scene, a_scene

pytestmark = pytest.mark.slow  # an installation is served

PHONE = "+254711030001"
LOCKED = "131031"  # the account at Meta is locked: the first reply waits, and that is reported
_TRACE = "select trace_id::text from messages where direction = 'in'"
_OUT = "select array_agg(distinct trace_id::text) from messages where direction = 'out'"
_WAITS = "select count(*) > 0 from messages where status = 'sending' and error_code is not null"
_ARRIVED = "select count(*) > 0 from messages where status in ('delivered', 'read')"
_REPLY = """
select provider_id from messages where direction = 'out' and recipient is null
  and status in ('sent', 'delivered', 'read') order by seq limit 1
"""


def observed_by(receiver: Receiver) -> dict[str, Any]:
    """Settings of processes that log all they can, and tell Sentry and Langfuse."""
    host = receiver.url.removeprefix("http://")
    return {
        "log_level": "DEBUG",
        "log_json": "true",
        "sentry": {"dsn": f"http://public@{host}/1"},
        "langfuse": {"public_key": "pk-lf-1", "secret_key": "sk-lf-1", "base_url": receiver.url},
    }


def lines_of(scene: Scene, process: str, trace: str) -> set[str]:
    """The names of the process's log lines that have the id."""
    found = set()
    for line in (scene.folder / f"{process}.log").read_text().splitlines():
        if line.startswith("{") and (told := json.loads(line)).get("trace") == trace:
            found.add(told["event"])
    return found


async def test_a_message_has_one_id_from_the_webhook_to_the_status_of_its_reply(
    tmp_path: Path,
) -> None:
    with receiving() as receiver:
        async with a_scene(tmp_path, **observed_by(receiver)) as scene:
            # given a provider that refuses the first reply
            await scene.fault(meta={"error_next": 1, "error_code": LOCKED})

            # when somebody writes, is answered at the second try, and the phone has it
            await scene.write(PHONE, "Do you have a blue dress?")
            await scene.wait_for(_WAITS, True)
            scene.ten_minutes_later()
            await scene.wait_for(_ARRIVED, True)
            assert await scene.is_answered(PHONE)
            trace = scene.value(_TRACE).replace("-", "")
            replies, reply = scene.value(_OUT), scene.value(_REPLY)
            chat = await scene.http.get(
                "/phone/api/chat", params={"account": "pwani", "contact": PHONE}
            )
        # the processes have ended, and sent what was left

    # then the webhook and the reply's status have it in the API's lines, the rest in the worker's
    api, worker = lines_of(scene, "serve", trace), lines_of(scene, "worker", trace)
    assert {"webhook_recorded", "delivery_status"} <= api
    assert {"turn_ended", "provider_called", "message_handed_over", "message_waits"} <= worker

    # … the reply that is on her phone has it in the database
    assert replies == [str(UUID(trace))]
    assert reply in {one["id"] for one in chat.json()["messages"]}

    # … and so do the report of the refusal and the trace of the turn
    held = [one for one in receiver.reports() if one["logentry"]["message"] == "message_waits"]
    assert {one["tags"]["trace"] for one in held} == {trace}
    spans = {one["name"] for one in receiver.spans() if one["trace"] == trace}
    assert {"turn", "reading", "model"} <= spans
