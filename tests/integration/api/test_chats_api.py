"""A person takes a chat over, answers within 24 hours, and hands it back."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import message_templates
from tests.factories import a_conversation, a_customer, an_arrival
from tests.integration.api.conftest import Signed
from tests.wiring import jobs, rows


async def a_chat(database: Database, boutique: str, *said: str) -> str:
    conversation = await a_conversation(database, boutique)
    async with database.tenant_connection(boutique) as conn:
        for n, body in enumerate(said):
            await an_arrival(conn, conversation, provider_id=f"{conversation}.{n}", body=body)
    return conversation


async def test_what_nobody_has_read_is_counted_until_somebody_has(
    owner: Signed, staff: Signed, database: Database
) -> None:
    # given a customer who wrote twice
    chat = await a_chat(database, owner.boutique, "Hi", "Anybody there?")
    [listed] = (await owner.get("/conversations"))["items"]
    assert (listed["unread"], listed["last_body"]) == (2, "Anybody there?")
    assert "•" in listed["phone"]

    # when staff have read it, and the customer writes again
    await staff.post(f"/conversations/{chat}/read")
    assert (await owner.get(f"/conversations/{chat}"))["unread"] == 0
    async with database.tenant_connection(owner.boutique) as conn:
        await an_arrival(conn, chat, provider_id="wamid.9", body="Hello?")

    # then that is unread for everybody
    assert (await owner.get(f"/conversations/{chat}"))["unread"] == 1


async def test_a_reply_leaves_once_and_silences_the_assistant(
    staff: Signed, database: Database, services: Services
) -> None:
    # given a chat of the assistant's
    chat = await a_chat(database, staff.boutique, "Do you have it in red?")

    # when staff answer, and the call is repeated
    for _ in range(2):
        sent = await staff.call(
            "POST",
            f"/conversations/{chat}/messages",
            json={"text": "Yes, come by."},
            headers={"idempotency-key": "k1"},
        )

    # then one message is queued in their name, and people hold the chat
    [message] = sent.json()["messages"]
    assert (message["author"], message["status"]) == ("staff", "queued")
    assert [job["task_name"] for job in await jobs(services, "deliver")] == ["deliver"]
    shown = await staff.get(f"/conversations/{chat}")
    assert shown["handoff_reason"] == "staff"
    page = await staff.get(f"/conversations/{chat}/messages")
    assert [m["body"] for m in page["items"]] == ["Yes, come by.", "Do you have it in red?"]


async def test_after_24_hours_nothing_is_queued(
    staff: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    chat = await a_chat(database, staff.boutique)
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")

    path = f"/conversations/{chat}/messages"
    refused = await staff.call("POST", path, json={"text": "Still interested?"})

    assert (refused.status_code, refused.json()["code"]) == (409, "window_closed")
    assert await rows(services, "messages") == []
    assert (await staff.get(f"/conversations/{chat}"))["handed_off_at"] is None


async def test_taking_over_waits_for_a_turn_under_way(staff: Signed, database: Database) -> None:
    """Whatever the turn writes is there before the person is told that the chat is theirs."""
    chat = await a_chat(database, staff.boutique, "Hi")
    async with database.tenant_connection(staff.boutique, partition=chat):
        taking = asyncio.create_task(staff.post(f"/conversations/{chat}/taken-over"))
        done, _ = await asyncio.wait({taking}, timeout=0.3)
        assert not done

    assert (await taking)["handed_off_at"] is not None
    waiting = await staff.get("/conversations?filter=with_people")
    assert [one["id"] for one in waiting["items"]] == [chat]


async def test_a_chat_is_handed_back_by_its_next_turn(
    staff: Signed, database: Database, services: Services
) -> None:
    chat = await a_chat(database, staff.boutique, "Hi")
    await staff.post(f"/conversations/{chat}/taken-over")

    await staff.post(f"/conversations/{chat}/handed-back")

    assert [e["kind"] for e in await rows(services, "conversation_events")][-1] == "hand_back"
    assert await jobs(services, "handle_turn")


async def test_messages_are_read_page_by_page(staff: Signed, database: Database) -> None:
    chat = await a_chat(database, staff.boutique, "one", "two", "three")

    first = await staff.get(f"/conversations/{chat}/messages?limit=2")
    path = f"/conversations/{chat}/messages?limit=2&cursor={first['next_cursor']}"
    second = await staff.get(path)

    assert [m["body"] for m in first["items"] + second["items"]] == ["three", "two", "one"]


async def test_a_search_hit_is_read_in_its_place(staff: Signed, database: Database) -> None:
    # given a chat whose second message is found
    chat = await a_chat(database, staff.boutique, "one", "two", "three", "four")
    [hit] = (await staff.get("/chat-search/messages?q=tw"))["items"]
    assert (hit["conversation_id"], hit["excerpt"]) == (chat, "two")

    # when the chat is opened there, and read on
    path = f"/conversations/{chat}/messages?limit=1"
    there = await staff.get(f"{path}&up_to={hit['id']}")
    earlier = await staff.get(f"{path}&cursor={there['next_cursor']}")
    later = await staff.get(f"{path}&newer_than={there['newer_cursor']}")
    last = await staff.get(f"{path}&newer_than={later['newer_cursor']}")

    # then it goes on to both sides, to the end
    pages = (earlier, there, later, last)
    read = [m["body"] for page in pages for m in page["items"]]
    assert read == ["one", "two", "three", "four"]
    assert (earlier["next_cursor"], last["newer_cursor"]) == (None, None)


async def test_words_are_found_by_their_beginnings_and_never_in_another_boutique(
    staff: Signed, stranger: Signed, database: Database
) -> None:
    chat = await a_chat(database, staff.boutique, "Nataka gauni, order DK-1042", "Asante sana")
    await a_chat(database, stranger.boutique, "Nataka gauni jekundu")

    async def found(who: Signed, words: str, **where: str) -> list[str]:
        page = await who.get("/chat-search/messages", params={"q": words} | where)
        return [hit["excerpt"] for hit in page["items"]]

    assert await found(staff, "gau") == ["Nataka gauni, order DK-1042"]
    assert await found(staff, "1042 NATAKA") == ["Nataka gauni, order DK-1042"]
    assert await found(staff, "gauni asante") == []
    assert await found(staff, "gau", conversation_id=chat) == ["Nataka gauni, order DK-1042"]
    assert await found(staff, "'; --") == []
    assert await found(stranger, "gau") == ["Nataka gauni jekundu"]


@pytest.mark.parametrize("asked", ["wanj", "Kamau wanjiku", "0722 000 777", "000777"])
async def test_a_chat_is_found_by_the_customers_name_or_phone(
    staff: Signed, stranger: Signed, database: Database, asked: str
) -> None:
    for one in (staff, stranger):
        names = {"name": "Wanjiku Kamau", "phone": "+254722000777"}
        customer = await a_customer(database, one.boutique, **names)
        await a_conversation(database, one.boutique, customer)

    found = await staff.get("/chat-search/customers", params={"q": asked})

    [chat] = (await staff.get("/conversations"))["items"]
    assert [hit["conversation_id"] for hit in found["items"]] == [chat["id"]]
    nothing = await staff.get("/chat-search/customers?q=Wambui")
    assert nothing["items"] == []


async def test_a_chat_is_left_to_a_person_and_found_among_ones_own(
    owner: Signed, staff: Signed, stranger: Signed, database: Database
) -> None:
    # given a chat of the assistant's
    chat = await a_chat(database, owner.boutique, "Hi")

    # when the owner leaves it to staff
    path = f"/conversations/{chat}/assignee"
    assigned = await owner.call("PUT", path, json={"user_id": staff.user_id})

    # then it is theirs, the assistant is silent, and nobody else's list has it
    assert assigned.json()["assigned_to"] == staff.user_id
    assert assigned.json()["handed_off_at"] is not None
    assert [c["id"] for c in (await staff.get("/conversations?filter=mine"))["items"]] == [chat]
    assert (await owner.get("/conversations?filter=mine"))["items"] == []
    refused = await owner.call("PUT", path, json={"user_id": stranger.user_id})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "user_id")

    # and handed back it is nobody's
    await staff.post(f"/conversations/{chat}/handed-back")


async def test_a_note_is_for_the_shops_people_alone(
    staff: Signed, owner: Signed, database: Database, services: Services
) -> None:
    # given a note in a chat
    chat = await a_chat(database, staff.boutique, "Hi")
    path = f"/conversations/{chat}/notes"
    note = await staff.post(path, {"text": "Pays late"}, headers={"idempotency-key": "n1"})
    again = await staff.post(path, {"text": "Pays late"}, headers={"idempotency-key": "n1"})
    assert note == again

    # then the others read it, with who wrote it
    [read] = (await owner.get(path))["items"]
    assert (read["body"], read["written_by"]) == ("Pays late", staff.user_id)

    # and nothing of it is a message, or can be read with the assistant's rights
    assert [m["body"] for m in await rows(services, "messages")] == ["Hi"]
    assert await jobs(services, "deliver") == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        async with database.tenant_connection(staff.boutique) as conn:
            await conn.execute("select body from internal_notes")


async def test_a_customer_is_noted_tagged_and_found_by_the_tag(
    owner: Signed, staff: Signed, database: Database
) -> None:
    # given a customer with a chat
    chat = await a_chat(database, staff.boutique, "Hi")
    [listed] = (await staff.get("/conversations"))["items"]
    path = f"/customers/{listed['customer_id']}"
    shown = await staff.call("GET", path)
    assert shown.json()["orders"] == 0
    assert "•" in shown.json()["phone"]

    # when two people note something, the second without having seen the first's
    seen = {"if-match": shown.headers["etag"]}
    first = await staff.call("PUT", f"{path}/notes", json={"notes": "Tall"}, headers=seen)
    second = await owner.call("PUT", f"{path}/notes", json={"notes": "Short"}, headers=seen)

    # then the first's stays
    assert (first.json()["notes"], second.status_code) == ("Tall", 412)

    # and tags are kept once each, and are a filter
    await staff.call("PUT", f"{path}/tags", json={"tags": ["VIP", "vip", "Nairobi"]})
    tagged = await owner.get("/conversations?tag=vip")
    assert [(c["id"], c["tags"]) for c in tagged["items"]] == [(chat, ["nairobi", "vip"])]
    assert (await owner.get("/conversations?tag=nobody"))["items"] == []
    await staff.call("PUT", f"{path}/tags", json={"tags": ["nairobi"]})
    [left] = (await owner.get("/customer-tags"))["items"]
    assert left == {"tag": "nairobi", "customers": 1}


async def test_quick_replies_have_shortcuts_of_their_own(staff: Signed, owner: Signed) -> None:
    made = await staff.post("/quick-replies", {"shortcut": "Hours", "english": "Till six."})
    taken = await owner.call("POST", "/quick-replies", json={"shortcut": "hours", "swahili": "X"})
    empty = await owner.call("POST", "/quick-replies", json={"shortcut": "empty"})

    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (422, "shortcut")
    assert empty.status_code == 422
    path = f"/quick-replies/{made['id']}"
    await owner.call("PUT", path, json={"shortcut": "hours", "english": "Till 7, {name}."})
    [one] = (await staff.get("/quick-replies"))["items"]
    assert one["english"] == "Till 7, {name}."
    assert (await staff.call("DELETE", path)).status_code == 204
    assert (await staff.get("/quick-replies"))["items"] == []


async def test_after_24_hours_approved_templates_are_on_offer(
    staff: Signed, database: Database, services: Services, superuser_url: str
) -> None:
    # given a chat whose window is over, and a template that is approved in English only
    customer = await a_customer(database, staff.boutique, name="Wanjiku Kamau", language="sw")
    chat = await a_conversation(database, staff.boutique, customer, provider="meta")
    with psycopg.connect(superuser_url) as conn:
        conn.execute("update conversations set last_inbound_at = now() - interval '25 hours'")
    path = f"/conversations/{chat}/templates"
    filled = {"name": "chat_answered", "values": {"name": "Wanjiku", "shop": "Zuri"}}
    unknown = await staff.call(
        "POST", path, json={"name": "chat_goes_on", "values": filled["values"]}
    )
    assert (unknown.status_code, unknown.json()["code"]) == (409, "not_approved")
    async with database.system_connection() as conn:
        await message_templates.put(
            conn,
            boutique_id=staff.boutique,
            provider="meta",
            name="chat_answered",
            language="en",
            status="approved",
        )

    # when it is chosen, with a value missing, and then filled in, twice
    [offer] = (await staff.get(path))["items"]
    assert (offer["language"], offer["values"]["name"]) == ("en", "Wanjiku")
    lacking = await staff.call("POST", path, json=filled)
    filled["values"]["answer"] = "It came in."
    for _ in range(2):
        sent = await staff.call("POST", path, json=filled, headers={"idempotency-key": "t1"})

    # then it is refused first, and queued once, in the member's name
    assert lacking.json()["errors"][0]["field"] == "values.answer"
    [message] = sent.json()["messages"]
    assert (message["author"], message["written_by"]) == ("staff", staff.user_id)
    assert "It came in." in message["body"]
    [row] = await rows(services, "messages")
    assert (row["kind"], row["purpose"]) == ("template", "utility")
    assert (await staff.get(f"/conversations/{chat}"))["assigned_to"] == staff.user_id
