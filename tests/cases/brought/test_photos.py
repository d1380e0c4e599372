"""Photos as documents, several at once, and photos that come late."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from dukani.core.images import MAX_BYTES
from tests.cases.brought.shop import Shop, a_jpeg, an_analysis
from tests.wiring import a_change, a_meta_message, jobs, rows


def a_document(media_id: str = "880001", **fields: Any) -> dict[str, Any]:
    given = {"filename": "IMG_2041.jpg", "mime_type": "image/jpeg", "sha256": "x", "id": media_id}
    return {"type": "document", "document": given | fields}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"mime_type": "application/octet-stream", "filename": "IMG_2041"},
        {"mime_type": "", "filename": "IMG_2041.JPG"},
        {"mime_type": "application/pdf", "filename": "IMG_2041.jpeg"},
        {"mime_type": "image/png"},
        {"mime_type": None, "filename": None},
    ],
)
async def test_a_document_that_holds_a_photo_is_looked_at(
    meta_shop: Shop, fields: dict[str, Any]
) -> None:
    meta_shop.providers.media["880001"] = a_jpeg()
    meta_shop.eye.analyses.append(an_analysis("kaftan", colour="white"))

    said = await meta_shop.sends(**a_document(**fields))

    assert "Lamu Embroidered Kaftan" in said


@pytest.mark.parametrize(
    "fields",
    [
        {"mime_type": "application/pdf", "filename": "menu.pdf"},
        {"mime_type": "application/octet-stream", "filename": "notes"},
    ],
)
async def test_another_document_is_told_what_can_be_read(
    meta_shop: Shop, fields: dict[str, Any]
) -> None:
    meta_shop.providers.media["880001"] = b"%PDF-1.7 no picture at all"

    said = await meta_shop.sends(**a_document(**fields))

    assert "document" in said and "photos" in said


async def test_the_words_of_a_document_are_read(meta_shop: Shop) -> None:
    meta_shop.providers.media["880001"] = b"%PDF"

    said = await meta_shop.sends(
        **a_document(mime_type="application/pdf", filename="a.pdf", caption="do you have hats?")
    )

    assert "Malindi Straw Hat" in said and "document" in said


async def test_a_photo_too_large_is_no_reason_to_wait(meta_shop: Shop) -> None:
    meta_shop.providers.media["880001"] = b"x" * (MAX_BYTES + 1)

    assert "couldn't open" in await meta_shop.sends(**a_document())


# ── several at once ─────────────────────────────────────────────────────────


def photos(*ids: str, **captions: str) -> list[dict[str, Any]]:
    return [
        a_meta_message(
            f"wamid.photo.{id_}",
            type="image",
            image={"mime_type": "image/jpeg", "sha256": "x", "id": id_}
            | ({"caption": captions[id_]} if id_ in captions else {}),
        )
        for id_ in ids
    ]


async def album(shop: Shop, *messages: dict[str, Any]) -> str:
    await shop.sends(text={"body": "hi"})  # opens the window: an album's own time is long past
    await shop.caller.meta(a_change(messages=list(messages)))
    return await shop.answers()


async def test_both_photos_of_an_album_are_answered(meta_shop: Shop) -> None:
    meta_shop.providers.media |= {"880002": a_jpeg("red"), "880003": a_jpeg("blue")}
    meta_shop.eye.analyses += [an_analysis("kaftan", colour="white"), an_analysis("hat")]

    said = await album(meta_shop, *photos("880002", "880003"))

    # then each is told and found, in the order they were sent, and no number means two pieces
    assert said.index("Photo 1") < said.index("Lamu Embroidered Kaftan")
    assert said.index("Lamu Embroidered Kaftan") < said.index("Photo 2")
    assert said.index("Photo 2") < said.index("*2. Malindi Straw Hat*")

    await meta_shop.says("2")
    assert [line[0] for line in await meta_shop.cart()] == ["Malindi Straw Hat"]


async def test_each_caption_is_of_its_own_photo(meta_shop: Shop) -> None:
    meta_shop.providers.media |= {"a": a_jpeg(), "b": a_jpeg()}
    meta_shop.eye.analyses += [an_analysis("dress", colour="red"), an_analysis("kaftan")]

    said = await album(
        meta_shop, *photos("a", "b", a="this in peach, size M?", b="and this one in white?")
    )

    assert "peach" in said and "white" in said
    assert "nothing" not in said


async def test_of_a_flood_of_photos_she_is_told_how_many_were_seen(meta_shop: Shop) -> None:
    ids = [f"p{number}" for number in range(7)]
    meta_shop.providers.media |= {id_: a_jpeg() for id_ in ids}
    meta_shop.eye.analyses += [an_analysis("hat")] * 4

    said = await album(meta_shop, *photos(*ids))

    assert "7 photos" in said and "first 4" in said
    assert meta_shop.eye.analyses == []


async def test_one_broken_photo_of_two_is_named(meta_shop: Shop) -> None:
    meta_shop.providers.media |= {"a": b"no picture", "b": a_jpeg()}
    meta_shop.eye.analyses.append(an_analysis("kaftan"))

    said = await album(meta_shop, *photos("a", "b"))

    assert "couldn't open photo 1" in said and "Lamu Embroidered Kaftan" in said


async def test_an_unsure_photo_among_several_asks_nothing(meta_shop: Shop) -> None:
    meta_shop.providers.media |= {"a": a_jpeg(), "b": a_jpeg()}
    meta_shop.eye.analyses += [an_analysis("hat", confidence=0.3), an_analysis("kaftan")]

    said = await album(meta_shop, *photos("a", "b"))

    assert "not sure what photo 1 shows" in said
    assert "Which is it" not in said


def twilio_files(*kinds: str) -> dict[str, str]:
    fields = {"NumMedia": str(len(kinds)), "Body": ""}
    for number, kind in enumerate(kinds):
        url = f"https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM1/Media/ME{number}"
        fields |= {f"MediaUrl{number}": url, f"MediaContentType{number}": kind}
    return fields


async def test_all_files_of_a_twilio_message_are_looked_at(twilio_shop: Shop) -> None:
    twilio_shop.providers.media |= {"ME0": a_jpeg("red"), "ME1": a_jpeg("blue")}
    twilio_shop.eye.analyses += [an_analysis("kaftan"), an_analysis("hat")]

    said = await twilio_shop.twilio(**twilio_files("image/jpeg", "image/png"))

    assert "Lamu Embroidered Kaftan" in said and "Malindi Straw Hat" in said


async def test_a_photo_behind_another_kind_of_file_is_found(twilio_shop: Shop) -> None:
    twilio_shop.providers.media |= {"ME0": b"%PDF", "ME1": a_jpeg()}
    twilio_shop.eye.analyses.append(an_analysis("hat"))

    said = await twilio_shop.twilio(**twilio_files("application/pdf", "image/jpeg"))

    assert "Malindi Straw Hat" in said


# ── late ────────────────────────────────────────────────────────────────────

LATE = twilio_files("image/jpeg")


def not_there(shop: Shop, *failures: httpx.Response | Exception) -> list[str]:
    """The media answers with these first; the calls that were made for it."""
    calls: list[str] = []
    serve = shop.providers._serve
    left = list(failures)

    def answer(request: httpx.Request) -> httpx.Response:
        calls.append(str(request.url))
        if left:
            failure = left.pop(0)
            if isinstance(failure, Exception):
                raise failure
            return failure
        return serve(request)

    shop.providers._serve = answer  # type: ignore[method-assign]
    return calls


@pytest.mark.parametrize(
    "failures",
    [
        [httpx.Response(404)],
        [httpx.Response(404), httpx.Response(404)],
        [httpx.Response(503)],
        [httpx.Response(429)],
        [httpx.ReadError("cut")] * 3,  # one try of ours
    ],
    ids=str,
)
async def test_late_media_is_asked_for_again_before_a_word(
    twilio_shop: Shop, failures: list[Any]
) -> None:
    # given a photo whose file is not there for a moment
    twilio_shop.providers.media["ME0"] = a_jpeg()
    twilio_shop.eye.analyses.append(an_analysis("hat"))
    not_there(twilio_shop, *failures)

    # when it is looked at, then nothing is said, and a job will ask again
    assert await twilio_shop.twilio(**LATE) == ""
    (again,) = [
        job for job in await jobs(twilio_shop.services, "handle_turn") if job["scheduled_at"]
    ]
    assert again["lock"]

    # and whatever else sets off a turn does not ask before its time
    assert await twilio_shop.answers() == ""

    # and once it is there, it is looked at
    said = ""
    for _ in range(2):
        await _let_time_pass(twilio_shop)
        said += await twilio_shop.answers()
    assert "Malindi Straw Hat" in said and "couldn't open" not in said


async def test_media_that_never_comes_is_told_of_once(twilio_shop: Shop) -> None:
    calls = not_there(twilio_shop, *[httpx.Response(404)] * 20)

    said = await twilio_shop.twilio(**LATE)
    for _ in range(4):
        await _let_time_pass(twilio_shop)
        said += await twilio_shop.answers()

    assert said.count("couldn't open that photo") == 1
    assert len(calls) == 3


async def test_meta_media_that_is_not_known_yet_is_late_too(meta_shop: Shop) -> None:
    meta_shop.providers.media["880001"] = a_jpeg()
    meta_shop.eye.analyses.append(an_analysis("hat"))
    missing = {"error": {"code": 100, "message": "Object with ID '880001' does not exist"}}
    not_there(meta_shop, httpx.Response(400, json=missing))

    assert await meta_shop.sends(**a_document()) == ""
    await _let_time_pass(meta_shop)
    assert "Malindi Straw Hat" in await meta_shop.answers()


async def test_media_we_may_not_fetch_is_not_waited_for(twilio_shop: Shop) -> None:
    not_there(twilio_shop, httpx.Response(401))

    assert "couldn't open" in await twilio_shop.twilio(**LATE)


async def _let_time_pass(shop: Shop) -> None:
    """Four seconds, by the database's clock."""
    async with shop.services.database.system_connection() as conn:
        for table in ("conversation_events", "messages"):
            await conn.execute(
                f"update {table} set created_at = created_at - interval '4 s'".encode()
            )
    await asyncio.sleep(0)


async def test_the_wait_is_as_long_as_it_says(twilio_shop: Shop) -> None:
    not_there(twilio_shop, *[httpx.Response(404)] * 20)
    await twilio_shop.twilio(**LATE)
    await _let_time_pass(twilio_shop)
    await twilio_shop.answers()

    (message,) = [m for m in await rows(twilio_shop.services, "messages") if m["direction"] == "in"]
    assert message["payload"]["media_tries"] == 2
    due = message["payload"]["media_due_s"]
    assert 6.5 < due < 9  # four seconds old, and three more
