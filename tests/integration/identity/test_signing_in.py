"""A person signs in with a password, keeps the session, and ends it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.errors import NotSignedIn
from dukani.identity.key_ring import KeyRing
from dukani.web.signed_in import TokenVerifier
from dukani.web.signing_keys import SigningKeys
from tests.integration.identity.calls import AS_SERVICE, Auth, as_person, serving


async def test_the_right_password_gives_a_session_that_verifies(auth: Auth) -> None:
    # given a person
    user_id = await auth.person()

    # when she signs in, however she writes her address
    answer = await auth.sign_in(" Amina@Example.com ")

    # then the session is hers, and whoever trusts the published keys believes it
    session = answer.json()
    assert answer.status_code == 200
    assert answer.headers["x-supabase-api-version"] == "2024-01-01"
    assert answer.headers["cache-control"] == "no-store"
    assert session["user"]["id"] == user_id
    assert session["token_type"] == "bearer"
    assert session["expires_in"] == 3600
    assert abs(session["expires_at"] - time.time() - 3600) < 30
    person = await auth.identity.tokens.verify(session["access_token"])
    assert (person.user_id, person.email) == (user_id, "amina@example.com")
    assert (await auth.user(session)).json()["email"] == "amina@example.com"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("amina@example.com", "wrong-word"),
        ("amina@example.com", ""),
        ("amina@example.com", "x" * 1000),
        ("nobody@example.com", "maridadi-1"),
        ("", ""),
        ("invited@example.com", "maridadi-1"),  # she has chosen no password yet
    ],
)
async def test_a_wrong_password_and_an_unknown_account_are_one(
    auth: Auth, email: str, password: str
) -> None:
    await auth.person()
    await auth.http.post("/invite", headers=AS_SERVICE, json={"email": "invited@example.com"})

    answer = await auth.sign_in(email, password)

    assert answer.status_code == 400
    assert answer.json() == {
        "code": 400,
        "error_code": "invalid_credentials",
        "msg": "Invalid login credentials",
    }


@pytest.mark.parametrize(
    "body",
    [
        {"email": "amina@example.com\x00", "password": "maridadi-1"},
        {"email": "x" * 2000, "password": "maridadi-1"},
        {"email": None, "password": {"$ne": ""}},
        ["amina@example.com"],
    ],
)
async def test_a_body_that_cannot_be_is_refused_without_quoting_it(auth: Auth, body: Any) -> None:
    answer = await auth.http.post("/token?grant_type=password", json=body)
    assert (answer.status_code, answer.json()["error_code"]) == (400, "validation_failed")
    assert "maridadi" not in answer.text


async def test_an_unknown_account_takes_as_long(auth: Auth, database: Database) -> None:
    # given a person, and nobody's hash made beforehand
    await auth.person()
    await auth.identity.passwords.verify(None, "x")

    async def takes(hashed: bool) -> float:
        async with database.identity_connection() as conn:
            cursor = await conn.execute("select encrypted_password as h from auth.users")
            row = await cursor.fetchone()
        assert row is not None
        began = time.process_time()
        await auth.identity.passwords.verify(row["h"] if hashed else None, "wrong-word")
        return time.process_time() - began

    known = median([await takes(True) for _ in range(5)])
    unknown = median([await takes(False) for _ in range(5)])

    assert known / 3 < unknown < known * 3


async def test_a_banned_person_and_an_unconfirmed_one_are_told(
    auth: Auth, superuser_url: str
) -> None:
    user_id = await auth.person()
    session = await auth.session()
    with psycopg.connect(superuser_url) as admin:
        admin.execute("update auth.users set banned_until = now() + interval '1 day'")
    assert (await auth.sign_in()).json()["error_code"] == "user_banned"
    refused = await auth.refresh(session["refresh_token"])
    assert refused.json()["error_code"] == "user_banned"

    with psycopg.connect(superuser_url) as admin:
        admin.execute(
            "update auth.users set banned_until = null, email_confirmed_at = null where id = %s",
            (user_id,),
        )
    assert (await auth.sign_in()).json()["error_code"] == "email_not_confirmed"


async def test_a_password_is_kept_as_an_argon2_hash(auth: Auth, superuser_url: str) -> None:
    await auth.person()
    with psycopg.connect(superuser_url) as admin:
        kept = admin.execute("select encrypted_password from auth.users").fetchone()
    assert kept is not None
    assert kept[0].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_a_guesser_is_stopped_and_others_are_not(auth: Auth) -> None:
    # given somebody who guesses
    await auth.person()
    await auth.person("baraka@example.com", "another-word")
    guesses = [await auth.sign_in(password=f"guess-{n:04}") for n in range(11)]

    # then the eleventh guess waits, though it were right, and another account does not
    assert [g.status_code for g in guesses] == [400] * 10 + [429]
    stopped = await auth.sign_in()
    assert stopped.json()["error_code"] == "over_request_rate_limit"
    assert 0 < int(stopped.headers["retry-after"]) <= 600
    assert (await auth.sign_in("baraka@example.com", "another-word")).status_code == 200


async def test_a_new_password_ends_the_other_sessions(auth: Auth) -> None:
    # given two sessions of a person
    await auth.person()
    here, there = await auth.session(), await auth.session()

    # when she changes her password in one of them
    changed = await auth.http.put(
        "/user", headers=as_person(here), json={"password": "kanga-mpya-2", "data": {"name": "A"}}
    )

    # then the other one is over, and the old password too
    assert changed.json()["user_metadata"] == {"name": "A"}
    assert (await auth.user(here)).status_code == 200
    assert (await auth.user(there)).json()["error_code"] == "session_not_found"
    assert (await auth.refresh(there["refresh_token"])).status_code == 400
    assert (await auth.sign_in()).json()["error_code"] == "invalid_credentials"
    assert (await auth.sign_in(password="kanga-mpya-2")).status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"password": "short"}, "weak_password"),
        ({"password": "x" * 257}, "weak_password"),
        ({"email": "other@example.com"}, "validation_failed"),
        ({"data": {"name": "x" * 3000}}, "validation_failed"),
        ({"password": ["a", "list"]}, "validation_failed"),
    ],
)
async def test_a_change_that_cannot_be_is_refused(
    auth: Auth, change: dict[str, Any], code: str
) -> None:
    await auth.person()
    session = await auth.session()
    answer = await auth.http.put("/user", headers=as_person(session), json=change)
    assert answer.status_code in (400, 422)
    assert answer.json()["error_code"] == code
    assert (await auth.sign_in()).status_code == 200


@pytest.mark.parametrize(
    ("scope", "here_stays", "there_stays"),
    [("local", False, True), ("others", True, False), ("global", False, False)],
)
async def test_signing_out(auth: Auth, scope: str, here_stays: bool, there_stays: bool) -> None:
    await auth.person()
    here, there = await auth.session(), await auth.session()

    answer = await auth.http.post(f"/logout?scope={scope}", headers=as_person(here))

    assert answer.status_code == 204
    assert ((await auth.refresh(here["refresh_token"])).status_code == 200) is here_stays
    assert ((await auth.refresh(there["refresh_token"])).status_code == 200) is there_stays


async def test_signing_out_ends_nobody_elses_session(auth: Auth) -> None:
    await auth.person()
    await auth.person("baraka@example.com", "another-word")
    hers = await auth.session()
    his = (await auth.sign_in("baraka@example.com", "another-word")).json()

    await auth.http.post("/logout", headers=as_person(hers))

    assert (await auth.user(his)).status_code == 200


async def test_without_a_token_nothing_is_told(auth: Auth) -> None:
    assert (await auth.http.get("/user")).status_code == 401
    garbage = {"authorization": "Bearer garbage"}
    refused = await auth.http.get("/user", headers=garbage)
    assert (refused.status_code, refused.json()["error_code"]) == (403, "bad_jwt")


async def test_a_rotated_key_signs_and_the_old_tokens_count_on(auth: Auth) -> None:
    # given a session signed by the first key
    await auth.person()
    before = await auth.session()

    # when the key is rotated
    kid = await auth.identity.keys.rotate()

    # then new tokens are signed with it, and both verify anywhere the keys are read
    after = await auth.session()
    keys = (await auth.http.get("/.well-known/jwks.json")).json()["keys"]
    assert keys[0]["kid"] == kid
    assert len(keys) == 2
    assert not any("d" in key for key in keys)
    again = another_verifier(auth)
    assert await again.verify(before["access_token"])
    assert await again.verify(after["access_token"])


async def test_a_retired_key_is_forgotten(auth: Auth, superuser_url: str) -> None:
    await auth.person()
    before = await auth.session()
    await auth.identity.keys.rotate()
    with psycopg.connect(superuser_url) as admin:
        admin.execute("update auth.signing_keys set retired_at = retired_at - interval '2 hours'")

    assert len(await auth.identity.keys.published()) == 1
    with pytest.raises(NotSignedIn):
        await another_verifier(auth).verify(before["access_token"])


async def test_processes_that_start_together_share_one_key(
    database: Database, tmp_path: Path, auth: Auth
) -> None:
    rings = [KeyRing(database, auth.identity.box, access_token_s=3600) for _ in range(4)]
    published = await asyncio.gather(*(ring.published() for ring in rings))
    assert {tuple(key["kid"] for key in keys) for keys in published} == {(published[0][0]["kid"],)}


async def test_without_a_service_key_nobody_is_admin(database: Database, tmp_path: Path) -> None:
    async with serving(database, tmp_path, service_key=None) as auth:
        for headers, status in ((AS_SERVICE, 403), ({}, 401), ({"authorization": "Bearer "}, 401)):
            answer = await auth.http.get("/admin/users", headers=headers)
            assert answer.status_code == status


def another_verifier(auth: Auth) -> TokenVerifier:
    """One that has read no keys yet."""
    return TokenVerifier(SigningKeys(auth.identity.keys.published), issuer=auth.identity.issuer)


async def test_a_body_that_is_too_large_is_refused(auth: Auth) -> None:
    async def endless() -> Any:
        for _ in range(64):
            yield b"x" * 1024

    answer = await auth.http.post("/token?grant_type=password", content=endless())
    assert answer.status_code == 413


async def test_the_dashboards_origin_may_ask_and_no_other(
    database: Database, tmp_path: Path
) -> None:
    async with serving(database, tmp_path, app_url="https://app.test/home") as auth:
        for origin, allowed in (("https://app.test", True), ("https://evil.test", False)):
            asked = {"origin": origin, "access-control-request-method": "POST"}
            answer = await auth.http.options("/token", headers=asked)
            assert ("access-control-allow-origin" in answer.headers) is allowed
