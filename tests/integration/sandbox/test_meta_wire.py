"""Meta's stand-in and the production client understand each other."""

from __future__ import annotations

import httpx
import pytest

from dukani.core.clients.messenger import LinkButton, ListRow, OutboundMessage, ReplyButton
from dukani.core.clients.meta import MetaAccount, MetaMessenger
from dukani.core.errors import ProviderRefused, ProviderUnavailable
from dukani.sandbox import courier
from dukani.sandbox.accounts import PWANI
from dukani.sandbox.catalogue_book import main_catalogue
from tests.integration.sandbox.outside import PICTURE, SHOPPER, Phone, Target

ACCOUNT = MetaAccount(PWANI.phone_number_id, PWANI.access_token)
BSUID = "KE.13491208655302741918"


@pytest.fixture
def messenger(http: httpx.AsyncClient, target: Target) -> MetaMessenger:
    return MetaMessenger(http, f"{target.url}/sandbox", ACCOUNT)


async def heard(target: Target) -> dict:
    return (await target.next("meta"))["value"]


async def test_a_document_has_its_name_and_its_words(
    phone: Phone, target: Target, messenger: MetaMessenger
):
    await phone.write("pwani", text="Mambo")
    await target.next("meta")

    link = f"{target.url}/receipt-1.pdf"
    await messenger.send(OutboundMessage(SHOPPER, "Asante", link, document_name="Risiti 1.pdf"))

    await target.next("meta")
    shown = (await phone.chat("pwani"))["messages"][-1]
    assert (shown["kind"], shown["filename"], shown["text"]) == (
        "document",
        "Risiti 1.pdf",
        "Asante",
    )


async def _arrived(target: Target) -> None:
    while (await heard(target))["statuses"][0]["status"] != "delivered":
        pass


async def test_a_picture_stands_above_words_with_buttons(
    phone: Phone, target: Target, messenger: MetaMessenger
):
    await phone.write("pwani", text="Mambo")
    await target.next("meta")
    picture = f"{target.url}/picture.jpg"
    yes = ReplyButton("recover:yes", "Yes, please")
    link = LinkButton("Finish my order", "https://dukani.example/l/1")

    await messenger.send(OutboundMessage(SHOPPER, "Still yours", picture, buttons=(yes,)))
    await _arrived(target)
    await messenger.send(OutboundMessage(SHOPPER, "Still yours", picture, link_button=link))
    await _arrived(target)

    replied, opened = (await phone.chat("pwani"))["messages"][-2:]
    assert (replied["kind"], replied["text"]) == ("image", "Still yours")
    assert [row["title"] for row in replied["rows"]] == ["Yes, please"]
    assert opened["kind"] == "image"
    assert opened["text"] == "Still yours\n\nFinish my order: https://dukani.example/l/1"


async def test_a_shoppers_words_arrive_signed_as_meta_posts_them(phone: Phone, target: Target):
    message = await phone.write("pwani", text="Mambo", profile_name="Amina")

    change = await target.next("meta")
    value = change["value"]
    assert change["field"] == "messages"
    assert value["metadata"] == {
        "display_phone_number": "254700000102",
        "phone_number_id": PWANI.phone_number_id,
    }
    assert value["contacts"] == [{"profile": {"name": "Amina"}, "wa_id": "254712345678"}]
    assert value["messages"][0] == {
        "from": "254712345678",
        "id": message["id"],
        "timestamp": value["messages"][0]["timestamp"],
        "type": "text",
        "text": {"body": "Mambo"},
    }


@pytest.mark.parametrize(
    ("written", "kind", "content"),
    [
        # a tapped row of a list
        (
            {"kind": "tap", "row_id": "p1", "text": "Gauni"},
            "interactive",
            {"type": "list_reply", "list_reply": {"id": "p1", "title": "Gauni"}},
        ),
        # a template's quick reply
        (
            {"kind": "button", "row_id": "yes", "text": "Ndio"},
            "button",
            {"text": "Ndio", "payload": "yes"},
        ),
        (
            {"kind": "location", "latitude": -4.04, "longitude": 39.7},
            "location",
            {"latitude": -4.04, "longitude": 39.7},
        ),
        (
            {"kind": "reaction", "text": "❤️", "reply_to": "wamid.1"},
            "reaction",
            {"message_id": "wamid.1", "emoji": "❤️"},
        ),
        # corrected, deleted, and not shown to us
        (
            {"kind": "edit", "about": "wamid.1", "text": "size M"},
            "edit",
            {
                "original_message_id": "wamid.1",
                "message": {"type": "text", "text": {"body": "size M"}},
            },
        ),
        ({"kind": "revoke", "about": "wamid.1"}, "revoke", {"original_message_id": "wamid.1"}),
        ({"kind": "unsupported"}, "unsupported", {"type": "unknown"}),
        (
            {"kind": "order", "items": [{"product_retailer_id": "PW-1", "item_price": 1}]},
            "order",
            {
                "catalog_id": main_catalogue(PWANI),
                "text": "",
                "product_items": [
                    {
                        "product_retailer_id": "PW-1",
                        "quantity": 1,
                        "item_price": 1,
                        "currency": "KES",
                    }
                ],
            },
        ),
        (
            {"kind": "contacts", "text": "Baba", "phones": ["+254711223344", "0722 000 111"]},
            "contacts",
            [
                {
                    "name": {"formatted_name": "Baba", "first_name": "Baba"},
                    "phones": [
                        {"phone": "+254711223344", "type": "CELL", "wa_id": "254711223344"},
                        {"phone": "0722 000 111", "type": "CELL"},
                    ],
                }
            ],
        ),
    ],
)
async def test_every_kind_of_message_arrives_in_metas_shape(
    phone: Phone, target: Target, written: dict, kind: str, content: dict
):
    await phone.write("pwani", **written)

    message = (await heard(target))["messages"][0]
    assert message["type"] == kind
    assert message[kind] == content


async def test_a_group_is_named(phone: Phone, target: Target):
    await phone.write("pwani", text="Mambo", group="Y2FwaV9ncm91cDox")

    assert (await heard(target))["messages"][0]["group_id"] == "Y2FwaV9ncm91cDox"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            SHOPPER,
            "+254733000009",
            {"type": "user_changed_number", "wa_id": "254733000009"},
        ),
        (
            BSUID,
            "KE.7781029385561999",
            {
                "type": "user_changed_user_id",
                "user_id": "KE.7781029385561999",
                "previous_user_id": BSUID,
            },
        ),
    ],
)
async def test_another_name_of_a_contact_is_a_system_message(
    http: httpx.AsyncClient, target: Target, before: str, after: str, told: dict
):
    renamed = {"account": "pwani", "contact": before, "after": after}
    assert (await http.post("/phone/api/renames", json=renamed)).status_code == 204

    value = await heard(target)
    assert "contacts" not in value
    message = value["messages"][0]
    assert (message["type"], message["from"]) == ("system", before.removeprefix("+"))
    assert message["system"].items() >= told.items()


async def test_a_catalogue_piece_and_an_advert_come_with_the_words(phone: Phone, target: Target):
    advert = {"headline": "Diani Sun Dress", "media": await phone.picture()}
    await phone.write("pwani", text="Is it there?", product="PWN-DRS-03", advert=advert)

    message = (await heard(target))["messages"][0]
    assert message["context"]["referred_product"]["product_retailer_id"] == "PWN-DRS-03"
    assert message["referral"]["headline"] == "Diani Sun Dress"
    assert message["referral"]["image_url"].endswith(f"/phone/api/media/{advert['media']}")


async def test_a_photo_can_be_sent_as_a_document(phone: Phone, target: Target):
    await phone.write("pwani", kind="document", media=await phone.picture(), filename="a.jpg")

    message = (await heard(target))["messages"][0]
    assert message["document"]["filename"] == "a.jpg"
    assert message["document"]["mime_type"] == "image/jpeg"


async def test_a_photo_is_fetched_in_two_steps(
    phone: Phone, target: Target, messenger: MetaMessenger, http: httpx.AsyncClient
):
    await phone.write("pwani", kind="image", media=await phone.picture(), text="Hii?")

    image = (await heard(target))["messages"][0]["image"]
    media = await messenger.fetch_media(image["id"])
    assert (media.content, image["caption"]) == (PICTURE, "Hii?")
    assert (await http.get(f"/v23.0/{image['id']}")).status_code == 401
    assert (await http.get(f"/v23.0/{image['id']}/download")).status_code == 404


async def test_an_answer_reports_its_statuses_with_our_own_id(
    phone: Phone, target: Target, messenger: MetaMessenger, http: httpx.AsyncClient
):
    # given
    await phone.write("pwani", text="Mambo")
    await heard(target)

    # when
    rows = (ListRow("p1", "Gauni jekundu", "KES 4,500"),)
    sent = await messenger.send(
        OutboundMessage(SHOPPER, "Chagua", options=rows, callback_data="m7", reply_to="wamid.0")
    )

    # then
    status = (await heard(target))["statuses"][0]
    assert (status["id"], status["status"]) == (sent.provider_id, "sent")
    assert (status["biz_opaque_callback_data"], status["recipient_id"]) == ("m7", "254712345678")
    assert await target.statuses(1) == ["delivered"]
    bubble = (await phone.chat("pwani"))["messages"][-1]
    assert bubble["rows"] == [{"id": "p1", "title": "Gauni jekundu", "description": "KES 4,500"}]
    assert (bubble["kind"], bubble["reply_to"], bubble["button"]) == ("list", "wamid.0", "Options")


async def test_someone_without_a_phone_number_is_served_by_user_id(
    phone: Phone, target: Target, messenger: MetaMessenger
):
    await phone.write("pwani", contact=BSUID, text="Mambo")

    value = await heard(target)
    await messenger.send(OutboundMessage(BSUID, "Karibu"))

    assert value["messages"][0]["from_user_id"] == BSUID
    assert "from" not in value["messages"][0]
    assert (await heard(target))["statuses"][0]["recipient_user_id"] == BSUID
    assert (await phone.chat("pwani", BSUID))["messages"][-1]["text"] == "Karibu"


async def test_outside_the_window_meta_accepts_and_then_fails(
    phone: Phone, target: Target, messenger: MetaMessenger
):
    await messenger.send(OutboundMessage(SHOPPER, "Offers!"))

    status = (await heard(target))["statuses"][0]
    assert (status["status"], status["errors"][0]["code"]) == ("failed", 131047)
    assert (await phone.chat("pwani"))["messages"] == []


async def test_errors_on_demand_carry_metas_code(phone: Phone, messenger: MetaMessenger):
    await phone.write("pwani", text="Mambo")
    await phone.faults(meta={"error_next": 1, "error_code": "131056"})

    with pytest.raises(ProviderUnavailable) as raised:
        await messenger.send(OutboundMessage(SHOPPER, "x"))

    assert (raised.value.code, raised.value.retry_after_s) == ("131056", 6.0)


async def test_a_wrong_token_is_refused(http: httpx.AsyncClient, target: Target):
    stranger = MetaMessenger(
        http, f"{target.url}/sandbox", MetaAccount(PWANI.phone_number_id, "wrong")
    )

    with pytest.raises(ProviderRefused) as raised:
        await stranger.send(OutboundMessage(SHOPPER, "x"))

    assert raised.value.code == "190"


async def test_meta_posts_a_refused_webhook_again(
    phone: Phone, target: Target, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(courier.RETRY_WAITS_S, "meta", (0.01, 0.01))
    target.refuse_next = 2

    await phone.write("pwani", text="Mambo")

    assert (await heard(target))["messages"][0]["text"]["body"] == "Mambo"


async def test_the_owners_phone_app_and_a_shoppers_settings_are_heard(
    http: httpx.AsyncClient, target: Target
):
    chosen = {"account": "pwani", "contact": SHOPPER}
    await http.post("/phone/api/echoes", json={**chosen, "text": "Nakuja"})
    echo = await target.next("meta")
    await http.post("/phone/api/preferences", json={**chosen, "value": "stop"})
    preference = await target.next("meta")

    assert echo["field"] == "smb_message_echoes"
    assert echo["value"]["message_echoes"][0]["to"] == "254712345678"
    assert echo["value"]["message_echoes"][0]["text"]["body"] == "Nakuja"
    assert preference["field"] == "user_preferences"
    assert preference["value"]["user_preferences"][0]["value"] == "stop"


async def test_a_read_receipt_shows_on_the_phone(
    phone: Phone, http: httpx.AsyncClient, target: Target
):
    message = await phone.write("pwani", text="Mambo")

    answer = await http.post(
        f"/v23.0/{PWANI.phone_number_id}/messages",
        json={"messaging_product": "whatsapp", "status": "read", "message_id": message["id"]},
        headers={"authorization": f"Bearer {PWANI.access_token}"},
    )

    assert answer.json() == {"success": True}
    assert (await phone.chat("pwani"))["messages"][0]["status"] == "read"
