"""People come by a link in a mail: an invitation, a new password, a confirmed address."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
import pytest

from dukani.core.database import Database
from tests.integration.identity.calls import AS_SERVICE, Auth, as_person, serving


def told(answer: httpx.Response) -> dict[str, str]:
    """What a link hands to the app, behind the `#`."""
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(answer.headers["location"]).fragment).items()
    }


async def test_an_invited_person_chooses_a_password(auth: Auth) -> None:
    # given an invitation
    invited = await auth.http.post(
        "/invite?redirect_to=https://dukani.test/welcome",
        headers=AS_SERVICE,
        json={"email": "Baraka@example.com", "data": {"boutique": "Zuri", "language": "sw"}},
    )
    mail = auth.sent.calls.last.request

    # when the link of the mail is followed, and a password chosen
    followed = await auth.http.get(auth.mailed_link())
    session = told(followed)
    chosen = await auth.http.put(
        "/user", headers=as_person(session), json={"password": "kazi-njema-9"}
    )

    # then the person can sign in with it
    assert invited.json()["email"] == "baraka@example.com"
    assert "Umealikwa kwenye timu ya Zuri" in mail.read().decode()
    assert mail.headers["authorization"] == "Bearer mail-key"
    assert followed.status_code == 303
    assert followed.headers["location"].startswith("https://dukani.test/welcome#")
    assert session["type"] == "invite"
    assert chosen.status_code == 200
    assert (await auth.sign_in("baraka@example.com", "kazi-njema-9")).status_code == 200


async def test_a_forgotten_password_is_replaced(auth: Auth) -> None:
    await auth.person()
    asked = await auth.http.post("/recover", json={"email": "amina@example.com"})
    token = parse_qs(urlsplit(auth.mailed_link()).query)["token"][0]

    session = (
        await auth.http.post("/verify", json={"type": "recovery", "token_hash": token})
    ).json()
    await auth.http.put("/user", headers=as_person(session), json={"password": "kanga-mpya-2"})

    assert (asked.status_code, asked.json()) == (200, {})
    assert (await auth.sign_in(password="kanga-mpya-2")).status_code == 200
    assert (await auth.sign_in()).status_code == 400


async def test_nobody_learns_who_has_an_account(auth: Auth) -> None:
    await auth.person()
    known = await auth.http.post("/recover", json={"email": "amina@example.com"})
    unknown = await auth.http.post("/recover", json={"email": "nobody@example.com"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert auth.sent.call_count == 1


async def test_a_link_counts_once(auth: Auth) -> None:
    await auth.person()
    await auth.http.post("/recover", json={"email": "amina@example.com"})
    link = auth.mailed_link()
    assert "access_token" in told(await auth.http.get(link))
    assert told(await auth.http.get(link))["error_code"] == "otp_expired"


async def test_a_newer_link_takes_the_place_of_an_older_one(auth: Auth) -> None:
    await auth.person()
    await auth.http.post("/recover", json={"email": "amina@example.com"})
    older = auth.mailed_link()
    await auth.http.post("/recover", json={"email": "amina@example.com"})
    assert told(await auth.http.get(older))["error_code"] == "otp_expired"
    assert "access_token" in told(await auth.http.get(auth.mailed_link()))


async def test_an_old_link_and_one_of_another_kind_do_not_count(
    auth: Auth, superuser_url: str
) -> None:
    await auth.person()
    await auth.http.post("/recover", json={"email": "amina@example.com"})
    link = auth.mailed_link()
    for kind in ("invite", "email", "magiclink", ""):
        other = await auth.http.get(link.replace("type=recovery", f"type={kind}"))
        assert told(other)["error_code"] == "otp_expired"
    with psycopg.connect(superuser_url) as admin:
        admin.execute("update auth.one_time_tokens set created_at = now() - interval '61 minutes'")
    assert told(await auth.http.get(link))["error_code"] == "otp_expired"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.test/",
        "https://dukani.test.evil.test/",
        "https://dukani.test@evil.test/",
        "https://evil.test\\@dukani.test/",
        "http://dukani.test/",
        "//evil.test",
        "javascript:alert(1)",
        "https://[",
    ],
)
async def test_a_session_is_handed_to_no_other_site(auth: Auth, target: str) -> None:
    await auth.person()
    await auth.http.post(
        "/recover", params={"redirect_to": target}, json={"email": "amina@example.com"}
    )
    path = urlsplit(auth.mailed_link())
    token = parse_qs(path.query)["token"][0]
    followed = await auth.http.get(
        "/verify", params={"token": token, "type": "recovery", "redirect_to": target}
    )
    assert followed.headers["location"].startswith("https://dukani.test#access_token=")


async def test_a_mailbox_is_not_flooded(auth: Auth) -> None:
    await auth.person()
    answers = [
        await auth.http.post("/recover", json={"email": "amina@example.com"}) for _ in range(6)
    ]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert auth.sent.call_count == 5


async def test_the_database_holds_no_token_of_a_link(auth: Auth, superuser_url: str) -> None:
    await auth.person()
    await auth.http.post("/recover", json={"email": "amina@example.com"})
    token = parse_qs(urlsplit(auth.mailed_link()).query)["token"][0]
    with psycopg.connect(superuser_url) as admin:
        row = admin.execute("select to_jsonb(t)::text from auth.one_time_tokens t").fetchone()
    assert row is not None
    assert token not in row[0]


async def test_nobody_signs_up_uninvited(auth: Auth) -> None:
    answer = await auth.http.post(
        "/signup", json={"email": "new@example.com", "password": "maridadi-1"}
    )
    assert (answer.status_code, answer.json()["error_code"]) == (422, "signup_disabled")


async def test_where_signup_is_on_an_address_is_confirmed_first(
    database: Database, tmp_path: Path
) -> None:
    async with serving(database, tmp_path, signup=True) as auth:
        # given a new account
        account: dict[str, Any] = {"email": "new@example.com", "password": "maridadi-1"}
        made = await auth.http.post("/signup", json=account)
        early = await auth.sign_in("new@example.com")

        # when its address is confirmed
        await auth.http.get(auth.mailed_link())

        # then the person can sign in, and who asks for it again learns nothing
        assert "access_token" not in made.json()
        assert early.json()["error_code"] == "email_not_confirmed"
        assert (await auth.sign_in("new@example.com")).status_code == 200
        again = await auth.http.post("/signup", json=account)
        assert again.json().keys() - {"confirmation_sent_at"} == made.json().keys()
        assert auth.sent.call_count == 1
