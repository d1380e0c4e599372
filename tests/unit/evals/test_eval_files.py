"""A file that cannot be used says where it is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dukani.evals.catalogue_file import demo_catalogue, read_catalogue
from dukani.evals.dialogue_file import read_dialogues
from dukani.evals.files import BadEvalFile, read_labels
from dukani.evals.utterance_file import read_utterances

PIECE = {"sku": "A-1", "name": "A", "category": "dress", "price": 100, "stock": {"red": {"M": 1}}}
GOOD_LINE = {"id": "u1", "text": "hi", "expect": {"intent": ["greeting"], "slots": {}}}


def written(folder: Path, content: str, name: str = "file") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def catalogue(**changed: Any) -> str:
    return json.dumps({"currency": "KES", "products": [PIECE | changed]})


def dialogue(**turn: Any) -> str:
    return json.dumps({"dialogues": [{"id": "d", "turns": [turn]}]})


@pytest.mark.parametrize(
    ("read", "content", "place"),
    [
        # the line is counted as an editor shows it, empty ones too
        (read_utterances, f"{json.dumps(GOOD_LINE)}\n\n{{'id'", "line 3"),
        (read_utterances, json.dumps(GOOD_LINE | {"expect": {}}), "line 1: expect.intent"),
        (
            read_utterances,
            json.dumps(GOOD_LINE | {"context": {"step": "flying"}}),
            "line 1: context.step",
        ),
        (read_utterances, "", "no utterances"),
        (read_catalogue, catalogue(price=0), "products[0].price"),
        (read_catalogue, catalogue(price="cheap"), "not 'cheap'"),
        (read_catalogue, catalogue(stock={"red": {"M": -1}}), "products[0].stock.red.M"),
        (read_catalogue, json.dumps([PIECE, PIECE]), "listed twice: A-1"),
        (read_catalogue, '{"products":\n oops}', "line 2"),
        (read_dialogues, dialogue(), "dialogues[0].turns[0]"),
        (read_dialogues, dialogue(user={"image": {}}), "dialogues[0].turns[0].user.image"),
        (read_dialogues, dialogue(event={"reason": "x"}), "turns[0].event.type"),
    ],
)
def test_a_bad_file_names_the_place(
    tmp_path: Path, read: Callable[[Path], object], content: str, place: str
) -> None:
    path = written(tmp_path, content)

    with pytest.raises(BadEvalFile) as wrong:
        read(path)

    assert str(path) in str(wrong.value)
    assert place in str(wrong.value)


def test_a_missing_file_and_another_encoding_are_told_apart(tmp_path: Path) -> None:
    latin = tmp_path / "latin"
    latin.write_bytes(b'{"text": "caf\xe9"}')

    with pytest.raises(BadEvalFile, match="No such file"):
        read_catalogue(tmp_path / "gone.json")
    with pytest.raises(BadEvalFile, match="byte 13 is not UTF-8"):
        read_catalogue(latin)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("file,class\n", "no photos"),
        ("file,kind\na.jpg,hat\n", "line 2: the column 'class'"),
        ("file,class\na.jpg,hat\ngone.jpg,hat\n", "line 3"),
    ],
)
def test_labels_name_the_row_that_is_wrong(tmp_path: Path, rows: str, place: str) -> None:
    written(tmp_path, rows, "labels.csv")
    written(tmp_path, "", "a.jpg")

    with pytest.raises(BadEvalFile, match=place):
        read_labels(tmp_path)


def test_a_limit_takes_photos_from_all_over_the_file(tmp_path: Path) -> None:
    names = [f"{number}.jpg" for number in range(10)]
    for name in names:
        written(tmp_path, "", name)
    written(tmp_path, "file,class\n" + "".join(f"{n},hat\n" for n in names), "labels.csv")

    limited = read_labels(tmp_path, limit=3)

    assert [photo.name for photo, _ in limited] == ["0.jpg", "3.jpg", "6.jpg"]


def test_a_catalogue_is_put_in_the_shops_words(tmp_path: Path) -> None:
    path = written(tmp_path, catalogue(category="gown", stock={"Navy Blue": {"M": 2}}))

    product = read_catalogue(path).products[0].as_new_product("KES")

    assert (product.category, dict(product.stock)) == ("dress", {"navy blue": {"M": 2}})
    assert product.price_minor == 100_00


@pytest.mark.parametrize("colour", ["nude", "emerald", "army green"])
def test_a_shops_own_word_for_a_colour_stays(tmp_path: Path, colour: str) -> None:
    path = written(tmp_path, catalogue(stock={colour: {"M": 1}, "green": {"M": 2}}))

    product = read_catalogue(path).products[0].as_new_product("KES")

    assert set(product.stock) == {colour, "green"}


def test_the_demo_boutique_can_stand_in_for_a_catalogue() -> None:
    assert len(demo_catalogue().products) >= 10
