"""Twilio's stand-in and the production client understand each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dukani.core.clients.messenger import OutboundMessage
from dukani.core.clients.twilio import TwilioAccount, TwilioMessenger
from dukani.core.errors import ProviderRefused, ProviderUnavailable, ProviderUnclear
from dukani.sandbox.accounts import ZURI
from dukani.sandbox.templates import content_sid
from tests.integration.sandbox.outside import PICTURE, SHOPPER, Phone, Target

ACCOUNT = TwilioAccount(ZURI.account_sid, ZURI.auth_token, ZURI.number)


@pytest.fixture
def messenger(http: httpx.AsyncClient, target: Target) -> TwilioMessenger:
    return TwilioMessenger(http, f"{target.url}/sandbox", ACCOUNT, f"{target.url}/status")


async def test_a_shoppers_words_arrive_signed_as_twilio_posts_them(phone: Phone, target: Target):
    # when
    message = await phone.write(text="Habari! Nataka gauni", profile_name="Amina")

    # then
    form = await target.next("/webhook/whatsapp")
    assert form["From"] == f"whatsapp:{SHOPPER}"
    assert form["To"] == f"whatsapp:{ZURI.number}"
    assert (form["Body"], form["ProfileName"], form["NumMedia"]) == (
        "Habari! Nataka gauni",
        "Amina",
        "0",
    )
    assert form["MessageSid"] == message["id"]
    assert (await phone.chat())["messages"][0]["status"] == "delivered"


async def test_a_photo_is_fetched_only_with_the_boutiques_credentials(
    phone: Phone, target: Target, messenger: TwilioMessenger, http: httpx.AsyncClient
):
    # given
    await phone.write(kind="image", media=await phone.picture(), text="Hii iko?")
    form = await target.next("/webhook/whatsapp")

    # when
    media = await messenger.fetch_media(form["MediaUrl0"])

    # then
    assert (media.content, media.content_type) == (PICTURE, "image/jpeg")
    assert form["MediaContentType0"] == "image/jpeg"
    assert (await http.get(form["MediaUrl0"])).status_code == 401


async def test_several_files_and_a_contact_card_are_files_of_one_message(
    phone: Phone, target: Target, messenger: TwilioMessenger
):
    # given two photos at once, and a card
    photos = [await phone.picture(), await phone.picture()]
    await phone.write(kind="image", media=photos[0], more_media=photos[1:])
    album = await target.next("/webhook/whatsapp")
    await phone.write(kind="contacts", text="Baba", phones=["+254711223344"])
    card = await target.next("/webhook/whatsapp")

    # then all can be fetched
    assert (album["NumMedia"], album["MediaContentType1"]) == ("2", "image/jpeg")
    assert (await messenger.fetch_media(album["MediaUrl1"])).content == PICTURE
    assert card["MediaContentType0"] == "text/vcard"
    vcard = (await messenger.fetch_media(card["MediaUrl0"])).content
    assert b"TEL;type=CELL;waid=254711223344:+254711223344" in vcard


async def test_an_advert_is_told_of_in_twilios_words(phone: Phone, target: Target):
    await phone.write(text="info", advert={"headline": "Diani Sun Dress"})

    form = await target.next("/webhook/whatsapp")
    assert (form["ReferralHeadline"], form["ReferralSourceType"]) == ("Diani Sun Dress", "ad")


async def test_a_location_and_a_reply_keep_what_they_point_at(phone: Phone, target: Target):
    await phone.write(kind="location", latitude=-1.26, longitude=36.8, text="Sarit Centre")
    await phone.write(text="hii", reply_to="SM1")

    place = await target.next("/webhook/whatsapp")
    reply = await target.next("/webhook/whatsapp")
    assert (place["Latitude"], place["Longitude"], place["Body"]) == ("-1.26", "36.8", "")
    assert reply["OriginalRepliedMessageSid"] == "SM1"


async def test_an_answer_reaches_the_phone_and_reports_its_statuses(
    phone: Phone, target: Target, messenger: TwilioMessenger, http: httpx.AsyncClient
):
    # given
    await phone.write(text="Habari")

    # when
    sent = await messenger.send(
        OutboundMessage(SHOPPER, "Karibu!", f"{target.url}/picture.jpg", callback_data="m7")
    )

    # then
    first, second = await target.next("/status"), await target.next("/status")
    assert [first["MessageStatus"], second["MessageStatus"]] == ["sent", "delivered"]
    assert first["MessageSid"] == sent.provider_id
    assert first["query"] == "message=m7"
    bubble = (await phone.chat())["messages"][-1]
    assert (bubble["text"], bubble["kind"], bubble["status"]) == ("Karibu!", "image", "delivered")
    assert (await http.get(f"/phone/api/media/{bubble['media']}")).content == PICTURE


async def test_reading_the_chat_is_reported_once(
    phone: Phone, target: Target, messenger: TwilioMessenger, http: httpx.AsyncClient
):
    await phone.write(text="Habari")
    await messenger.send(OutboundMessage(SHOPPER, "Karibu!"))
    assert [(await target.next("/status"))["MessageStatus"] for _ in range(2)]

    for _ in range(2):
        await http.post("/phone/api/read", json={"account": "zuri", "contact": SHOPPER})

    assert (await target.next("/status"))["MessageStatus"] == "read"
    assert await target.silence("/status")


async def test_nobody_is_written_to_out_of_the_blue(
    phone: Phone, messenger: TwilioMessenger, target: Target
):
    # when: she never wrote, and once she wrote two days ago
    with pytest.raises(ProviderRefused) as never:
        await messenger.send(OutboundMessage(SHOPPER, "Offers!"))
    await phone.write(text="Habari", at=1_700_000_000)
    with pytest.raises(ProviderRefused) as late:
        await messenger.send(OutboundMessage(SHOPPER, "Offers!"))

    # then
    assert (never.value.code, late.value.code) == ("63016", "63016")


@pytest.mark.parametrize(
    ("variables", "status"),
    [('{"1": "Amina", "2": "Zuri"}', 201), ('{"1": "Amina"}', 400), ("{", 400), ("[]", 400)],
)
async def test_a_template_goes_outside_the_window_when_it_can_be_read(
    http: httpx.AsyncClient, variables: str, status: int
):
    answer = await http.post(
        f"/2010-04-01/Accounts/{ZURI.account_sid}/Messages.json",
        data={
            "From": f"whatsapp:{ZURI.number}",
            "To": f"whatsapp:{SHOPPER}",
            "ContentSid": content_sid("chat_goes_on", "en"),
            "ContentVariables": variables,
        },
        auth=(ZURI.account_sid, ZURI.auth_token),
    )

    assert answer.status_code == status


async def test_the_window_may_also_be_refused_by_a_status(
    phone: Phone, messenger: TwilioMessenger, target: Target
):
    await phone.faults(twilio={"window": "status"})

    await messenger.send(OutboundMessage(SHOPPER, "Offers!"))

    status = await target.next("/status")
    assert (status["MessageStatus"], status["ErrorCode"]) == ("failed", "63016")
    assert (await phone.chat())["messages"] == []


async def test_the_owner_can_always_be_told(messenger: TwilioMessenger, phone: Phone):
    assert ZURI.owner_phone

    await messenger.send(OutboundMessage(ZURI.owner_phone, "New order"))

    assert (await phone.chat(contact=ZURI.owner_phone))["messages"][0]["text"] == "New order"


async def test_wrong_credentials_hold_the_queue(http: httpx.AsyncClient, target: Target):
    stranger = TwilioMessenger(
        http, f"{target.url}/sandbox", TwilioAccount(ZURI.account_sid, "wrong", ZURI.number)
    )

    with pytest.raises(ProviderRefused) as raised:
        await stranger.send(OutboundMessage(SHOPPER, "x"))

    assert raised.value.code == "20003"


async def test_a_document_is_named_by_its_address_and_loses_its_words(
    phone: Phone, target: Target, messenger: TwilioMessenger
):
    await phone.write(text="Habari")

    await messenger.send(OutboundMessage(SHOPPER, "Asante", f"{target.url}/receipt-1.pdf?sig=x"))

    assert (await target.next("/status"))["MessageStatus"] == "sent"
    shown = (await phone.chat())["messages"][-1]
    assert (shown["kind"], shown["filename"], shown["text"]) == ("document", "receipt-1.pdf", "")


async def test_a_picture_that_cannot_be_had_fails_the_message(
    phone: Phone, target: Target, messenger: TwilioMessenger
):
    await phone.write(text="Habari")

    await messenger.send(OutboundMessage(SHOPPER, "x", f"{target.url}/missing.jpg"))

    status = await target.next("/status")
    assert (status["MessageStatus"], status["ErrorCode"]) == ("failed", "63019")


async def test_what_goes_wrong_on_demand_goes_wrong(
    phone: Phone, target: Target, messenger: TwilioMessenger
):
    # given
    await phone.write(text="Habari")
    await phone.faults(twilio={"error_next": 1, "error_code": "20429", "break_next": 1})

    # when / then: one refused, one carried out without an answer
    with pytest.raises(ProviderUnavailable):
        await messenger.send(OutboundMessage(SHOPPER, "one"))
    with pytest.raises(ProviderUnclear):
        await messenger.send(OutboundMessage(SHOPPER, "two"))
    assert [m["text"] for m in (await phone.chat())["messages"]] == ["Habari", "two"]


async def test_statuses_come_doubled_backwards_or_never(
    phone: Phone, target: Target, messenger: TwilioMessenger
):
    await phone.write(text="Habari")

    await phone.faults(twilio={"shuffle_next": 1})
    await messenger.send(OutboundMessage(SHOPPER, "one"))
    backwards = [(await target.next("/status"))["MessageStatus"] for _ in range(2)]
    await phone.faults(twilio={"lose_next": 1, "duplicate_next": 1})
    await messenger.send(OutboundMessage(SHOPPER, "two"))
    doubled = [(await target.next("/status"))["MessageStatus"] for _ in range(2)]

    assert backwards == ["delivered", "sent"]
    assert doubled == ["delivered", "delivered"]
    assert await target.silence("/status")


async def test_twilio_never_posts_a_refused_webhook_again(phone: Phone, target: Target):
    target.refuse_next = 1

    await phone.write(text="Habari")

    assert (await target.next("/webhook/whatsapp"))["Body"] == "Habari"
    assert await target.silence("/webhook/whatsapp")
    assert (await phone.chat())["messages"][0]["status"] == "failed"


async def test_what_was_taken_can_be_asked_for(
    phone: Phone, target: Target, messenger: TwilioMessenger
):
    # given a message and its picture, in the phone's chat
    begun_at = datetime.now(UTC)
    await phone.write(text="Habari")
    words = OutboundMessage(SHOPPER, "Karibu")
    picture = OutboundMessage(SHOPPER, "Karibu", f"{target.url}/picture.jpg")
    first = await messenger.send(words)
    second = await messenger.send(picture)
    for _ in range(4):
        await target.next("/status")

    # then each is known by its words and its picture, from its time on
    assert await messenger.taken_since(words, begun_at) == [first]
    assert await messenger.taken_since(picture, begun_at) == [second]
    assert await messenger.taken_since(OutboundMessage(SHOPPER, "Kwaheri"), begun_at) == []
    assert await messenger.taken_since(words, begun_at + timedelta(minutes=1)) == []


async def test_someone_who_hides_her_number_is_served_by_user_id(
    phone: Phone, target: Target, messenger: TwilioMessenger
):
    hidden = "KE.13491208655302741918"
    await phone.write(contact=hidden, text="Mambo")

    form = await target.next("/webhook/whatsapp")
    await messenger.send(OutboundMessage(hidden, "Karibu"))

    assert (form["From"], form["ExternalUserId"]) == (f"whatsapp:{hidden}", hidden)
    assert "WaId" not in form
    assert (await phone.chat(contact=hidden))["messages"][-1]["text"] == "Karibu"


@pytest.mark.parametrize(
    "written", [{"kind": "edit", "about": "SM1"}, {"kind": "unsupported"}, {"group": "G1"}]
)
async def test_twilio_passes_on_no_groups_edits_or_deletions(
    http: httpx.AsyncClient, written: dict
):
    body = {"account": "zuri", "contact": SHOPPER, "text": "Mambo", **written}
    assert (await http.post("/phone/api/messages", json=body)).status_code == 400
