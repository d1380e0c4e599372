"""Words find pieces by what these look like, where CLIP has seen the boutique's pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from dukani.agent.clip.eye import ClipEye
from dukani.agent.eye import Eye
from dukani.agent.facts import Wish
from dukani.agent.local_eye import LocalEye
from dukani.agent.local_reader import LocalReader
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.core.store import photo_models, search
from dukani.domain.context import TurnContext
from dukani.tools import asked_for, embedding
from dukani.tools.describing import described, phrase_of
from dukani.tools.search import Found, find_pieces
from tests.clip import a_clip_eye, a_pictured_boutique
from tests.factories import a_boutique, a_product
from tests.wiring import some_services

pytest.importorskip("fastembed", reason="the extra `clip` is not installed")

RED, BLUE, GREEN, BLACK, YELLOW = range(5)  # of a pictured boutique; all are filed as blue dresses


@pytest.fixture
async def services(database: Database, tmp_path: Path) -> AsyncIterator[Services]:
    async with some_services(database, tmp_path) as opened:
        yield opened


@pytest.fixture
async def eye(tmp_path: Path) -> ClipEye:
    eye = await a_clip_eye(tmp_path)
    eye.networks.load_words()
    return eye


async def a_seen_boutique(services: Services, eye: ClipEye) -> tuple[str, list[str]]:
    boutique, pieces = await a_pictured_boutique(services)
    await embedding.embed_pictures(services, eye, boutique_id=boutique)
    return boutique, pieces


async def find(services: Services, boutique: str, wish: Wish, eye: Eye | None) -> Found:
    async with services.database.tenant_connection(boutique) as conn:
        return await find_pieces(conn, wish, eye=eye)


async def ask(services: Services, boutique: str, text: str, eye: Eye) -> Found:
    """As another system asks, in a customer's own words."""
    context = TurnContext(currency="KES")
    read = await LocalReader().read(text, context)
    asked = asked_for.asked_in(read.acts, currency="KES")
    async with services.database.tenant_connection(boutique) as conn:
        return await asked_for.find(conn, asked, context.sold, eye=eye)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("a yellow dress please", YELLOW),
        ("nataka gauni jekundu", RED),  # by the lexicon's words: a red dress
        ("naomba gauni ya kijani", GREEN),
    ],
)
async def test_a_colour_that_no_piece_is_filed_in_is_found_by_its_look(
    services: Services, eye: ClipEye, text: str, piece: int
) -> None:
    boutique, pieces = await a_seen_boutique(services, eye)

    found = await ask(services, boutique, text, eye)

    assert found.options[0].product_id == pieces[piece]
    assert found.dropped == ("colour",)  # and the customer is told so


async def test_words_that_no_piece_has_find_the_pictures_that_show_them_only(
    services: Services, eye: ClipEye
) -> None:
    boutique, pieces = await a_seen_boutique(services, eye)

    found = await find(services, boutique, Wish(words="red"), eye)
    nothing = await find(services, boutique, Wish(words="laptop"), eye)

    shown = [option.product_id for option in found.options]
    assert shown[0] == pieces[RED]  # yellow has red in it
    assert not {pieces[BLUE], pieces[GREEN], pieces[BLACK]} & set(shown)
    assert found.dropped == ("words",)
    assert nothing.options == ()


async def test_words_that_a_piece_has_come_before_looks(services: Services, eye: ClipEye) -> None:
    boutique, _ = await a_seen_boutique(services, eye)
    [named] = await a_product(services.database, boutique, name="Red Sea")

    found = await find(services, boutique, Wish(words="red"), eye)

    assert [option.product_id for option in found.options] == [named.product_id]
    assert found.dropped == ()


async def test_looks_rank_what_words_find_without_excluding_the_rest(
    services: Services, eye: ClipEye
) -> None:
    boutique, pieces = await a_seen_boutique(services, eye)

    plain = await find(services, boutique, Wish(category="dress"), None)
    seen = await find(services, boutique, Wish(category="dress", words="green"), eye)

    assert seen.options[0].product_id == pieces[GREEN]
    assert {one.product_id for one in seen.options} == {one.product_id for one in plain.options}


async def test_before_every_picture_is_seen_words_search_as_without_clip(
    services: Services, eye: ClipEye
) -> None:
    boutique, _ = await a_pictured_boutique(services)
    async with services.database.tenant_connection(boutique) as conn:
        await photo_models.note(conn, boutique_id=boutique, model=eye.networks.model, unreadable=0)
        assert await described(conn, Wish(colour="red"), eye) is None

    without = await find(services, boutique, Wish(category="dress", colour="red"), None)
    found = await find(services, boutique, Wish(category="dress", colour="red"), eye)

    assert found == without


async def test_without_clip_a_search_asks_nothing_more(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given what is asked of the database
    boutique, _ = await a_pictured_boutique(services)
    real, asked = search._hits, list[bytes]()

    async def noted(conn: Any, statement: bytes, values: Any) -> Any:
        asked.append(statement)
        return await real(conn, statement, values)

    async def never(*_: Any, **__: Any) -> None:
        raise AssertionError("the models are asked for")

    monkeypatch.setattr(search, "_hits", noted)
    monkeypatch.setattr(photo_models, "ready", never)

    # when
    wish = Wish(category="dress", colour="red", words="long")
    await find(services, boutique, wish, None)
    without, asked = asked, []
    await find(services, boutique, wish, LocalEye())

    # then
    assert asked == without


async def test_another_boutiques_pictures_are_found_by_no_words_of_ours(
    services: Services, eye: ClipEye
) -> None:
    other, _ = await a_seen_boutique(services, eye)
    mine = await a_boutique(services.database)
    async with services.database.tenant_connection(mine) as conn:
        await photo_models.note(conn, boutique_id=mine, model=eye.networks.model, unreadable=0)
        assert await photo_models.ready(conn, models=[eye.networks.model]) is not None

    assert (await find(services, mine, Wish(words="red"), eye)).options == ()
    assert (await find(services, other, Wish(words="red"), eye)).options


async def test_a_network_that_is_not_loaded_keeps_no_search_waiting(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a network that is still being loaded
    eye = await a_clip_eye(tmp_path)
    load, may_load = eye.networks.load_words, Event()
    monkeypatch.setattr(eye.networks, "load_words", lambda: may_load.wait(30) and load())
    boutique, pieces = await a_seen_boutique(services, eye)

    # when
    meanwhile = await find(services, boutique, Wish(words="red"), eye)
    may_load.set()
    load()

    # then
    assert meanwhile.options == ()
    found = await find(services, boutique, Wish(words="red"), eye)
    assert found.options[0].product_id == pieces[RED]


async def test_networks_that_break_leave_the_search_as_it_is(
    services: Services, eye: ClipEye, monkeypatch: pytest.MonkeyPatch
) -> None:
    boutique, _ = await a_seen_boutique(services, eye)

    def breaks(words: str) -> None:
        raise RuntimeError("of the runtime")

    monkeypatch.setattr(eye.networks, "of_words", breaks)

    assert (await find(services, boutique, Wish(words="red"), eye)).options == ()


@pytest.mark.parametrize(
    ("wish", "phrase"),
    [
        (Wish(colour="red", category="dress"), "a photo of red dress"),
        (Wish(category="dress", words="maua mekundu"), "a photo of dress floral red"),
        (Wish(category="dress", occasion="wedding"), "a photo of dress for wedding"),
        (Wish(name="Amani", category="dress"), ""),  # a name tells no look
        (Wish(size="M"), ""),
    ],
)
def test_the_phrase_is_what_can_be_seen_in_english(wish: Wish, phrase: str) -> None:
    assert phrase_of(wish) == phrase
