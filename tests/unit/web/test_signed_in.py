"""Only a valid token of the right issuer says who sends a request."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from fastapi import FastAPI
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from dukani.core.errors import NotSignedIn, ProviderUnavailable
from dukani.web.problems import answer_with_problems
from dukani.web.signed_in import LEEWAY_S, TheSignedIn, TokenVerifier
from dukani.web.signing_keys import BETWEEN_FETCHES_S, KEPT_S, SigningKeys, keys_at

ISSUER = "https://auth.test/auth/v1"
USER = str(uuid4())
SHARED = "a-shared-secret-of-an-older-project-0123456789"

ec_key = ec.generate_private_key(ec.SECP256R1())
new_key = ec.generate_private_key(ec.SECP256R1())
rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def a_jwk(key: Any, kid: str, alg: str) -> dict[str, Any]:
    kind = ECAlgorithm if alg == "ES256" else RSAAlgorithm
    return {**kind.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": alg, "use": "sig"}


class Published:
    """What an auth service publishes, and how often it was asked."""

    def __init__(self, *keys: Mapping[str, Any]) -> None:
        self.keys: Sequence[Mapping[str, Any]] = keys
        self.asked = 0
        self.fails = False

    async def __call__(self) -> Sequence[Mapping[str, Any]]:
        self.asked += 1
        await asyncio.sleep(0)
        if self.fails:
            raise httpx.ConnectError("away")
        return self.keys


def a_token(key: Any = ec_key, alg: str = "ES256", kid: str | None = "one", **claims: Any) -> str:
    now = int(time.time())
    given = {
        "sub": USER, "aud": "authenticated", "iss": ISSUER, "iat": now, "exp": now + 3600,
        "email": "amina@example.com", "role": "authenticated",
    } | claims  # fmt: skip
    kept = {name: value for name, value in given.items() if value is not ...}
    return jwt.encode(kept, key, algorithm=alg, headers={"kid": kid} if kid else {})


@pytest.fixture
def published() -> Published:
    return Published(a_jwk(ec_key, "one", "ES256"), a_jwk(rsa_key, "two", "RS256"))


def a_verifier(published: Published, *, shared_secret: str | None = None) -> TokenVerifier:
    return TokenVerifier(SigningKeys(published), issuer=ISSUER, shared_secret=shared_secret)


@pytest.mark.parametrize(
    "token",
    [
        a_token(),
        a_token(rsa_key, "RS256", "two"),
        a_token(SHARED, "HS256", None),
        a_token(SHARED, "HS256", "legacy"),
        a_token(aud=["authenticated", "others"]),
    ],
    ids=["ES256", "RS256", "HS256", "HS256 with an id", "several audiences"],
)
async def test_a_valid_token_tells_the_person(published: Published, token: str) -> None:
    person = await a_verifier(published, shared_secret=SHARED).verify(token)
    assert (person.user_id, person.email) == (USER, "amina@example.com")
    assert person.claims["role"] == "authenticated"


async def test_a_token_that_ended_just_now_counts_because_clocks_differ(
    published: Published,
) -> None:
    ended = a_token(exp=int(time.time()) - LEEWAY_S // 2)
    assert (await a_verifier(published).verify(ended)).user_id == USER


def signed_with_the_public_key() -> str:
    """HS256 with the text of the public key: a verifier that believes `alg` would take it."""
    pem = ec_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head, claims = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=")
        for part in (
            {"alg": "HS256", "kid": "one"},
            jwt.decode(a_token(), options={"verify_signature": False}),
        )
    )
    signature = hmac.new(pem, head + b"." + claims, hashlib.sha256).digest()
    return b".".join([head, claims, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def without_signature() -> str:
    return ".".join(a_token(None, "none").split(".")[:2]) + "."


REFUSED: dict[str, Callable[[], str]] = {
    "expired": lambda: a_token(exp=int(time.time()) - LEEWAY_S - 5),
    "not yet valid": lambda: a_token(nbf=int(time.time()) + LEEWAY_S + 60),
    "for another audience": lambda: a_token(aud="storefront"),
    "for no audience": lambda: a_token(aud=...),
    "of another issuer": lambda: a_token(iss="https://elsewhere.test/auth/v1"),
    "of no issuer": lambda: a_token(iss=...),
    "of nobody": lambda: a_token(sub=...),
    "of no user id": lambda: a_token(sub="amina"),
    "without an end": lambda: a_token(exp=...),
    "without a signature": without_signature,
    "by the public key as a secret": signed_with_the_public_key,
    "by the shared secret for a published key": lambda: a_token(SHARED, "HS256", "one"),
    "by the right key under another's id": lambda: a_token(ec_key, "ES256", "two"),
    "by another key": lambda: a_token(new_key),
    "by an unknown key": lambda: a_token(new_key, kid="three"),
    "by an unnamed key": lambda: a_token(kid=None),
    "changed": lambda: a_token()[:-8] + "AAAAAAAA",
    "with another's claims": lambda: ".".join(
        [a_token().split(".")[0], a_token(sub=str(uuid4())).split(".")[1], a_token().split(".")[2]]
    ),
    "garbage": lambda: "garbage",
    "empty": lambda: "",
    "dots": lambda: "..",
    "not ASCII": lambda: "é.é.é",
    "endless": lambda: a_token(note="x" * 20_000),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_any_other_token_is_refused_in_the_same_words(
    published: Published, case: str
) -> None:
    verifier = a_verifier(published, shared_secret=SHARED)
    with pytest.raises(NotSignedIn) as refused:
        await verifier.verify(REFUSED[case]())
    assert str(refused.value) == str(NotSignedIn())


async def test_without_a_shared_secret_hs256_is_refused(published: Published) -> None:
    with pytest.raises(NotSignedIn):
        await a_verifier(published).verify(a_token(SHARED, "HS256", None))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kty": "oct", "k": base64.urlsafe_b64encode(SHARED.encode()).decode(), "alg": "HS256"},
        {**a_jwk(ec_key, "one", "ES256"), "alg": "ES512"},
        {**a_jwk(ec_key, "one", "ES256"), "x": "not a number"},
        {"kty": "EC"},
        {},
    ],
)
async def test_a_published_key_of_an_untrusted_kind_is_left_out(wrong: dict[str, Any]) -> None:
    published = Published({"kid": "odd", **wrong}, a_jwk(ec_key, "good", "ES256"))
    keys = SigningKeys(published)
    assert await keys.get("odd") is None
    assert await keys.get("good") is not None


async def test_a_rotated_key_counts_at_once_and_the_old_one_while_it_is_published() -> None:
    # given a verifier that knows one key
    now = [1000.0]
    published = Published(a_jwk(ec_key, "one", "ES256"))
    verifier = TokenVerifier(SigningKeys(published, clock=lambda: now[0]), issuer=ISSUER)
    await verifier.verify(a_token())

    # when the service rotates it
    published.keys = [a_jwk(new_key, "new", "ES256"), a_jwk(ec_key, "one", "ES256")]
    now[0] += BETWEEN_FETCHES_S

    # then both sign, until the old one is withdrawn and forgotten
    assert (await verifier.verify(a_token(new_key, kid="new"))).user_id == USER
    assert (await verifier.verify(a_token())).user_id == USER
    published.keys = [a_jwk(new_key, "new", "ES256")]
    now[0] += KEPT_S + 1
    with pytest.raises(NotSignedIn):
        await verifier.verify(a_token())


async def test_unknown_keys_do_not_flood_the_service(published: Published) -> None:
    now = [1000.0]
    verifier = TokenVerifier(SigningKeys(published, clock=lambda: now[0]), issuer=ISSUER)
    tokens = [a_token(new_key, kid=f"unknown-{n}") for n in range(20)]

    refused = await asyncio.gather(*map(verifier.verify, tokens), return_exceptions=True)

    assert {type(error) for error in refused} == {NotSignedIn}
    assert published.asked == 1


async def test_many_first_requests_fetch_the_keys_once(published: Published) -> None:
    verifier = a_verifier(published)
    await asyncio.gather(*(verifier.verify(a_token()) for _ in range(20)))
    assert published.asked == 1


async def test_a_service_that_is_away_signs_nobody_out(published: Published) -> None:
    # given keys fetched long ago, and a service that does not answer
    now = [1000.0]
    verifier = TokenVerifier(SigningKeys(published, clock=lambda: now[0]), issuer=ISSUER)
    await verifier.verify(a_token())
    published.fails = True
    now[0] += KEPT_S + 1

    # then the known keys count, and with none known it is no fault of the person
    assert (await verifier.verify(a_token())).user_id == USER
    away = Published()
    away.fails = True
    with pytest.raises(ProviderUnavailable):
        await a_verifier(away).verify(a_token())


async def test_the_keys_are_fetched_from_the_services_address() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        assert str(request.url) == f"{ISSUER}/.well-known/jwks.json"
        return httpx.Response(200, json={"keys": [a_jwk(ec_key, "one", "ES256"), "odd"]})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        verifier = TokenVerifier(SigningKeys(keys_at(http, f"{ISSUER}/")), issuer=ISSUER)
        assert (await verifier.verify(a_token())).user_id == USER


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"authorization": f"Bearer {a_token()}"}, 200),
        ({"authorization": f"Basic {a_token()}"}, 401),
        ({"authorization": "Bearer garbage"}, 401),
        ({"authorization": "Bearer"}, 401),
        ({}, 401),
    ],
)
async def test_a_route_knows_who_asks(
    published: Published, headers: dict[str, str], status: int
) -> None:
    app = FastAPI()
    answer_with_problems(app)
    app.state.tokens = a_verifier(published)

    @app.get("/me")
    async def me(person: TheSignedIn) -> str:
        return person.user_id

    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
        answer = await client.get("/me", headers=headers)

    assert answer.status_code == status
    if status == 401:
        assert answer.json()["code"] == "not_signed_in"
        assert answer.headers["www-authenticate"] == "Bearer"
    else:
        assert answer.json() == USER
