"""Sending through Meta: the JSON on the wire and what each answer means."""

from __future__ import annotations

import json

import httpx
import pytest

from dukani.core.clients.messenger import LinkButton, ListRow, OutboundMessage, ReplyButton
from dukani.core.clients.meta import MetaAccount, MetaMessenger, Offers, message_body
from dukani.core.clients.templates import Template
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear

ACCOUNT = MetaAccount("100000000000002", "the-token")
BASE = "https://graph.example"
ROWS = (ListRow("p1", "Gauni jekundu", "KES 4,500"), ListRow("p2", "Kitenge"))


def messenger(handler) -> MetaMessenger:
    http = httpx.AsyncClient(transport=httpx.MockTransport(handler))
    return MetaMessenger(http, BASE, ACCOUNT)


async def test_a_text_quotes_its_bubble_and_carries_our_id():
    # given
    seen: list[httpx.Request] = []

    def meta(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"messages": [{"id": "wamid.1"}]})

    # when
    sent = await messenger(meta).send(
        OutboundMessage("+254712345678", "Habari", reply_to="wamid.0", callback_data="m7")
    )

    # then
    assert sent.provider_id == "wamid.1"
    assert seen[0].url == f"{BASE}/v23.0/100000000000002/messages"
    assert seen[0].headers["authorization"] == "Bearer the-token"
    assert json.loads(seen[0].content) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "254712345678",
        "type": "text",
        "text": {"body": "Habari", "preview_url": False},
        "context": {"message_id": "wamid.0"},
        "biz_opaque_callback_data": "m7",
    }


async def test_a_customer_known_by_user_id_is_a_recipient():
    body = message_body(OutboundMessage("KE.13491208655302741918", "Habari"))

    assert body["recipient"] == "KE.13491208655302741918"
    assert "to" not in body


async def test_options_become_a_list_and_a_picture_its_link_with_caption():
    listed = message_body(OutboundMessage("+254712345678", "Choose", options=ROWS))
    picture = message_body(OutboundMessage("+254712345678", "Hizi", "https://m.example/a.jpg"))

    assert listed["interactive"]["action"] == {
        "button": "Options",
        "sections": [
            {
                "rows": [
                    {"id": "p1", "title": "Gauni jekundu", "description": "KES 4,500"},
                    {"id": "p2", "title": "Kitenge"},
                ]
            }
        ],
    }
    assert picture["image"] == {"link": "https://m.example/a.jpg", "caption": "Hizi"}


async def test_a_document_is_sent_by_its_link_under_its_name():
    link = "https://m.example/r.pdf"

    named = OutboundMessage("+254712345678", "Asante", link, document_name="Risiti 1.pdf")
    body = message_body(named)

    assert body["type"] == "document"
    assert body["document"] == {"link": link, "filename": "Risiti 1.pdf", "caption": "Asante"}


@pytest.mark.parametrize(
    "message",
    [
        {"text": "x" * 4097},
        {"text": "x" * 1025, "media_url": "https://m.example/a.jpg"},
        {"text": "x", "options": (ListRow("1", "t"),) * 11},
        {"text": "x", "options": (ListRow("1", "t" * 25),)},
        {"text": "x", "options": (ListRow("1", "t", "d" * 73),)},
        {"text": "x", "options": ROWS, "list_button": "b" * 21},
        {"text": "x", "callback_data": "c" * 513},
    ],
)
async def test_what_meta_would_refuse_is_refused_before_sending(message):
    with pytest.raises(ProviderRefused) as raised:
        message_body(OutboundMessage("+254712345678", **message))

    assert raised.value.code == "131009"


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (400, 131047, ProviderRefused),
        (401, 190, ProviderRefused),
        (400, 131056, ProviderUnavailable),
        (400, 130429, ProviderUnavailable),
        (500, 131000, ProviderUnavailable),
        (400, 100, ProviderRefused),
    ],
)
async def test_the_code_decides_not_the_http_status(status, code, error):
    body = {"error": {"message": "m", "code": code, "error_data": {"details": "say why"}}}

    with pytest.raises(error, match="say why") as raised:
        await messenger(lambda request: httpx.Response(status, json=body)).send(
            OutboundMessage("+254712345678", "x")
        )

    assert raised.value.code == str(code)


@pytest.mark.parametrize("answer", [b"<html>", b"[]", b'{"messages":[]}', b'{"messages":[{}]}'])
async def test_an_accepted_message_without_id_is_unclear(answer):
    with pytest.raises(ProviderUnclear):
        await messenger(lambda request: httpx.Response(200, content=answer)).send(
            OutboundMessage("+254712345678", "x")
        )


async def test_media_takes_two_steps_with_the_bearer():
    # given
    def meta(request: httpx.Request) -> httpx.Response:
        assert request.headers["authorization"] == "Bearer the-token"
        if request.url.path == "/v23.0/777":
            return httpx.Response(200, json={"url": "https://lookaside.fbsbx.com/x"})
        return httpx.Response(200, content=b"jpg", headers={"content-type": "image/jpeg"})

    # when
    media = await messenger(meta).fetch_media("777")

    # then
    assert media.content == b"jpg"


async def test_the_token_never_follows_a_foreign_media_address():
    def meta(request: httpx.Request) -> httpx.Response:
        assert request.url.host == "graph.example"
        return httpx.Response(200, json={"url": "https://evil.example/x"})

    with pytest.raises(ProviderRefused) as raised:
        await messenger(meta).fetch_media("777")

    assert raised.value.code == "foreign"


OFFER = OutboundMessage(
    "+254712345678", "New", template=Template("new_for_you", "en"), marketing=True
)


@pytest.mark.parametrize("code", ["131055", "134100", "134101", "134102"])
async def test_what_the_endpoint_of_offers_refuses_goes_by_the_other(code: str):
    seen: list[httpx.Request] = []

    def meta(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if request.url.path.endswith("/marketing_messages"):
            return httpx.Response(400, json={"error": {"code": int(code), "message": "no"}})
        return httpx.Response(200, json={"messages": [{"id": "wamid.1"}]})

    http = httpx.AsyncClient(transport=httpx.MockTransport(meta))
    offers = Offers("STRICT", message_activity_sharing=False)
    sent = await MetaMessenger(http, BASE, ACCOUNT, offers=offers).send(OFFER)

    assert (sent.provider_id, sent.refused_first) == ("wamid.1", code)
    first, second = (json.loads(request.content) for request in seen)
    assert (first["product_policy"], first["message_activity_sharing"]) == ("STRICT", False)
    assert "product_policy" not in second and second["template"] == first["template"]


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        # It refuses the message, not the endpoint: the other would refuse it too.
        (httpx.Response(400, json={"error": {"code": 131049}}), ProviderRefused),
        # It may have been sent.
        (httpx.Response(500), ProviderUnclear),
    ],
)
async def test_what_is_refused_or_unclear_is_not_sent_twice(
    answer: httpx.Response, raised: type[Exception]
):
    seen: list[httpx.Request] = []

    def meta(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer

    http = httpx.AsyncClient(transport=httpx.MockTransport(meta))
    with pytest.raises(raised):
        await MetaMessenger(http, BASE, ACCOUNT, offers=Offers("STRICT")).send(OFFER)

    assert len(seen) == 1


async def test_reply_buttons_stand_below_a_picture_and_its_words():
    body = message_body(
        OutboundMessage(
            "+254712345678",
            "Still yours",
            media_url="https://media.example/1.jpg",
            buttons=(ReplyButton("yes", "Yes, please"),),
        )
    )

    assert body["interactive"] == {
        "type": "button",
        "header": {"type": "image", "image": {"link": "https://media.example/1.jpg"}},
        "body": {"text": "Still yours"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Yes, please"}}]},
    }


async def test_a_link_opens_by_a_button():
    button = LinkButton("Finish my order", "https://dukani.example/l/1")
    body = message_body(OutboundMessage("+254712345678", "Still yours", link_button=button))

    assert body["interactive"] == {
        "type": "cta_url",
        "body": {"text": "Still yours"},
        "action": {
            "name": "cta_url",
            "parameters": {"display_text": "Finish my order", "url": "https://dukani.example/l/1"},
        },
    }
