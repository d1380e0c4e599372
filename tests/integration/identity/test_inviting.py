"""A boutique's people are invited through our own auth service, by mail or by a link in hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dukani.core.errors import TooManyRequests
from dukani.identity.inviting import OwnPeople
from dukani.tools.mails import send_mail
from tests.integration.identity.calls import ISSUER, Auth


async def test_a_mail_leaves_and_the_link_is_in_it_alone(auth: Auth) -> None:
    invited = await OwnPeople(auth.identity).invite("Baraka@example.com", about={"boutique": "Z"})
    assert (invited.link_sent, invited.link) == (True, None)
    await auth.deliver()
    assert (await auth.http.get(auth.mailed_link())).headers["location"].count("access_token") == 1


async def test_where_no_mail_is_sent_the_link_is_handed_over(auth: Auth) -> None:
    invited = await OwnPeople(replace(auth.identity, mailer=None)).invite("b@example.com", about={})
    assert not invited.link_sent
    assert invited.link is not None
    followed = await auth.http.get(invited.link.removeprefix(ISSUER))
    assert "access_token" in followed.headers["location"]


async def test_who_has_an_account_gets_no_link(auth: Auth) -> None:
    user_id = await auth.person()
    invited = await OwnPeople(auth.identity).invite("amina@example.com", about={})
    assert (invited.user_id, invited.link_sent, invited.link) == (user_id, False, None)


async def test_a_mail_waits_in_a_job_that_tells_nobody_its_link(auth: Auth) -> None:
    # given an invitation, and nobody who sends mails yet
    await OwnPeople(auth.identity).invite("baraka@example.com", about={})
    async with auth.services.database.system_connection() as conn:
        cursor = await conn.execute(
            "select args from jobs.procrastinate_jobs where task_name = 'send_mail'"
        )
        [row] = await cursor.fetchall()
    assert auth.sent.call_count == 0
    assert "baraka" not in json.dumps(row["args"])

    # when a worker comes, twice
    for _ in range(2):
        await send_mail(auth.services, **row["args"])

    # then it leaves under one key, by which the mail service knows it again
    keys = {call.request.headers["idempotency-key"] for call in auth.sent.calls}
    assert keys == {row["args"]["mail_id"]}


async def test_invitations_have_a_limit_of_their_own(auth: Auth) -> None:
    people = OwnPeople(auth.identity)
    for number in range(30):
        await people.invite(f"person-{number}@example.com", about={}, whose="a boutique")

    with pytest.raises(TooManyRequests):
        await people.invite("one-more@example.com", about={}, whose="a boutique")
    await people.invite("one-more@example.com", about={}, whose="another boutique")
