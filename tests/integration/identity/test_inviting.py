"""A boutique's people are invited through our own auth service, by mail or by a link in hand."""

from __future__ import annotations

from dataclasses import replace

from dukani.identity.inviting import OwnPeople
from tests.integration.identity.calls import ISSUER, Auth


async def test_a_mail_leaves_and_the_link_is_in_it_alone(auth: Auth) -> None:
    invited = await OwnPeople(auth.identity).invite("Baraka@example.com", about={"boutique": "Z"})
    assert (invited.link_sent, invited.link) == (True, None)
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
