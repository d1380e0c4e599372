"""A session is refreshed by many tabs at once, and ended when somebody else has its token."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from tests.integration.identity.calls import Auth


@pytest.fixture
async def session(auth: Auth) -> dict[str, Any]:
    await auth.person()
    return await auth.session()


def minutes_pass(superuser_url: str, minutes: int = 5) -> None:
    with psycopg.connect(superuser_url) as admin:
        admin.execute(
            "update auth.sessions set refreshed_at = refreshed_at - make_interval(mins => %s)",
            (minutes,),
        )


async def next_token(auth: Auth, token: str) -> str:
    answer = await auth.refresh(token)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["refresh_token"])


async def test_a_refresh_gives_another_token_of_the_same_session(
    auth: Auth, session: dict[str, Any]
) -> None:
    answer = (await auth.refresh(session["refresh_token"])).json()

    assert answer["refresh_token"] != session["refresh_token"]
    assert answer["user"]["id"] == session["user"]["id"]
    before = await auth.identity.tokens.verify(session["access_token"])
    after = await auth.identity.tokens.verify(answer["access_token"])
    assert after.claims["session_id"] == before.claims["session_id"]


async def test_tabs_that_refresh_at_once_get_one_token(auth: Auth, session: dict[str, Any]) -> None:
    answers = await asyncio.gather(*(auth.refresh(session["refresh_token"]) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1


async def test_the_token_before_the_current_one_gets_the_current_one_however_late(
    auth: Auth, session: dict[str, Any], superuser_url: str
) -> None:
    # given a phone that never got the answer to its refresh
    current = await next_token(auth, session["refresh_token"])
    minutes_pass(superuser_url)

    # when it tries again, then it has the token that counts
    assert await next_token(auth, session["refresh_token"]) == current
    assert await next_token(auth, current) != current


async def test_an_older_token_within_ten_seconds_gets_the_current_one(
    auth: Auth, session: dict[str, Any]
) -> None:
    second = await next_token(auth, session["refresh_token"])
    third = await next_token(auth, second)
    assert await next_token(auth, session["refresh_token"]) == third


async def test_an_older_token_after_ten_seconds_ends_the_whole_session(
    auth: Auth, session: dict[str, Any], superuser_url: str
) -> None:
    # given a session refreshed twice, some time ago, and another one of the same person
    other = await auth.session()
    second = await next_token(auth, session["refresh_token"])
    third = await next_token(auth, second)
    minutes_pass(superuser_url)

    # when the first token comes again
    stolen = await auth.refresh(session["refresh_token"])

    # then none of that session's tokens counts any more, and the other session goes on
    assert (stolen.status_code, stolen.json()["error_code"]) == (
        400,
        "refresh_token_already_used",
    )
    for token in (third, second, session["refresh_token"]):
        assert (await auth.refresh(token)).json()["error_code"] == "refresh_token_not_found"
    assert (await auth.user(session)).json()["error_code"] == "session_not_found"
    assert (await auth.refresh(other["refresh_token"])).status_code == 200


async def test_a_session_is_over_one_day(
    auth: Auth, session: dict[str, Any], superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as admin:
        admin.execute("update auth.sessions set not_after = now()")
    answer = await auth.refresh(session["refresh_token"])
    assert answer.json()["error_code"] == "session_expired"
    assert (await auth.user(session)).status_code == 403


@pytest.mark.parametrize("token", ["", "garbage", "é", "A" * 75, "A" * 5000])
async def test_what_is_no_token_is_refused(auth: Auth, token: str) -> None:
    answer = await auth.refresh(token)
    assert answer.status_code == 400
    assert answer.json()["error_code"] in ("refresh_token_not_found", "validation_failed")


async def test_no_refresh_token_can_be_made_from_what_the_database_holds(
    auth: Auth, session: dict[str, Any], superuser_url: str
) -> None:
    with psycopg.connect(superuser_url) as admin:
        row = admin.execute("select to_jsonb(s)::text from auth.sessions s").fetchone()
    assert row is not None
    assert session["refresh_token"] not in row[0]
    assert '"refresh_token_hmac_key": "gAAAA' in row[0]  # sealed
