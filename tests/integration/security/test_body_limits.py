"""No public door takes a body larger than its calls need, announced or not."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

from dukani.storefront.page_parts import MOST_OF_A_FORM
from dukani.webhooks.bodies import MAX_BODY
from tests.integration.security.conftest import Installation

FORM = {"content-type": "application/x-www-form-urlencoded"}
# Their handlers read no body, so the server throws it away as it comes.
READ_NONE = {"/o/{code}", "/s/{slug}/opened", "/s/{slug}/privacy/stop", "/s/{slug}/privacy/forget",
             "/s/pay/{token}/again"}  # fmt: skip
# Whose token is nobody's is sent away before anything is read.
SENT_AWAY = {"/webhook/sms/africastalking/{token}"}
NAMES = {"slug": "zuri", "sku": "DRESS", "code": "Ab3dEf6hIj9k"}


def posts_of(app: FastAPI) -> Iterator[str]:
    """Every path outside the mounted applications that takes a POST."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute) and "POST" in (route.methods or ()):
            yield str(route.path)


def filled(path: str) -> str:
    return re.sub(r"{(\w+)(:path)?}", lambda name: NAMES.get(name[1], str(uuid4())), path)


async def endless(most: int) -> AsyncIterator[bytes]:
    """A body whose length nobody announced."""
    for _ in range(most // 65_536 + 2):
        yield b"a=" + b"x" * 65_534


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "not announced"])
async def test_every_door_without_a_login_has_an_end(
    installation: Installation, announced: bool
) -> None:
    answers = {}
    for path in posts_of(installation.app):
        most = MAX_BODY if path.startswith("/webhook") else MOST_OF_A_FORM
        body = b"a=" + b"x" * most if announced else endless(most)
        answer = await installation.client.post(filled(path), content=body, headers=FORM)
        answers[path] = answer.status_code

    assert len(answers) > 20
    taken = {path for path, status in answers.items() if status != 413}
    assert taken <= READ_NONE | SENT_AWAY
