"""A list of pieces: what is good goes in, what is wrong is told by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dukani.core.settings import ROOT
from dukani.pieces_file import BadPiecesFile, Pieces, read_piece, read_pieces

DOCS = ROOT / "docs"
HEAD = "sku,name,category,price,colour,size,units,picture"


def read(text: str, *, folder: Path = DOCS, is_toml: bool = False) -> Pieces:
    return read_pieces(text, folder=folder, is_toml=is_toml, currency="KES")


def test_both_examples_are_whole_and_the_same() -> None:
    from_csv = read((DOCS / "pieces.csv").read_text())
    from_toml = read((DOCS / "pieces.toml").read_text(), is_toml=True)

    assert from_csv.bad == from_toml.bad == []
    assert [p.new for p in from_csv.good] == [p.new for p in from_toml.good]
    assert [p.pictures for p in from_csv.good] == [p.pictures for p in from_toml.good]
    dress = from_csv.good[0].new
    assert (dress.sku, dress.price_minor) == ("MLK-WRAP", 380000)
    assert dress.stock == {"red": {"S": 2, "M": 3}, "green": {"M": 4, "L": 1}}


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A,Dress,dres,100,red,M,1,", "did you mean 'dress'"),
        ("A,Dress,spaceship,100,red,M,1,", "use one of"),
        ("A,Dress,dress,0,red,M,1,", "price"),
        ("A,Dress,dress,-5,red,M,1,", "price"),
        ("A,Dress,dress,cheap,red,M,1,", "price"),
        ("A,Dress,dress,100,balck,M,1,", "did you mean 'black'"),
        ("A,Dress,dress,100,red,M,-1,", "units"),
        ("A,Dress,dress,100,red,M,many,", "units"),
        ("A,Dress,dress,100,red,,1,", "size: empty"),
        (",Dress,dress,100,red,M,1,", "sku: empty"),
        ("A,,dress,100,red,M,1,", "name"),
        ("A,Dress,dress,100,red,M,1,nowhere.jpg", "there is no picture"),
        (f"{'A' * 41},Dress,dress,100,red,M,1,", "sku"),
    ],
)
def test_a_wrong_row_is_told_by_its_line_and_the_others_are_good(row: str, why: str) -> None:
    pieces = read(f"{HEAD}\nOK,Hat,hat,1500,beige,ONE,4,\n{row}\n")

    assert [piece.new.sku for piece in pieces.good] == ["OK"]
    [problem] = pieces.bad
    assert problem.line == 3
    assert why in problem.why


def test_the_rows_of_one_piece_must_agree() -> None:
    pieces = read(f"{HEAD}\nA,Dress,dress,100,red,S,1,\nA,Dress,dress,200,red,M,1,\n")
    [problem] = pieces.bad
    assert "price: not as on line 2" in str(problem)
    assert pieces.good[0].new.stock == {"red": {"S": 1}}


@pytest.mark.parametrize(
    ("text", "price", "colour"),
    [
        (f'\ufeff{HEAD}\r\nA,Dress,Dress,"4,500",RED,M,1,\r\n', 450000, "red"),  # as Excel saves
        (f"{HEAD.replace(',', ';')}\nA;Dress;dress;4500;sunset;M;1;\n", 450000, "sunset"),
        (f"{HEAD.replace(',', chr(9))}\nA\tDress\tdress\t4 500\tred\tM\t1\t\n", 450000, "red"),
    ],
)
def test_files_are_read_as_spreadsheets_write_them(text: str, price: int, colour: str) -> None:
    pieces = read(text)
    assert pieces.bad == []
    [piece] = pieces.good
    assert piece.new.price_minor == price
    assert list(piece.new.stock) == [colour]


@pytest.mark.parametrize(
    ("text", "is_toml", "why"),
    [
        ("", False, "lacks sku"),
        ("name,price\nA,1\n", False, "lacks sku"),
        (f"{HEAD},weight\n", False, "has weight"),
        ("[[piece]\n", True, "not TOML"),
        ("name = 'x'\n", True, "[[piece]]"),
    ],
)
def test_what_is_no_list_of_pieces_is_refused_whole(text: str, is_toml: bool, why: str) -> None:
    with pytest.raises(BadPiecesFile, match=why.replace("[", r"\[")):
        read(text, is_toml=is_toml)


def test_a_wrong_piece_of_a_toml_file_is_told_by_its_line() -> None:
    text = (DOCS / "pieces.toml").read_text().replace('category = "shirt"', 'category = "shirtt"')
    pieces = read(text, is_toml=True)
    assert [piece.new.sku for piece in pieces.good] == ["MLK-WRAP", "MLK-BAG"]
    [problem] = pieces.bad
    assert text.splitlines()[problem.line - 1] == "[[piece]]"
    assert "did you mean 'shirt'" in problem.why


DRESS = {"name": "Wrap Dress", "category": "dress", "price": "3,800", "colour": "Red"}


def described(sizes: tuple[str, ...] = ("S=2", "M = 3"), **fields: str) -> Pieces:
    picture = DOCS / "pieces" / "wrap-red.jpg"
    return read_piece(DRESS | fields, sizes=sizes, pictures=[picture], currency="KES")


def test_one_piece_is_described_without_a_file() -> None:
    [piece] = described().good

    assert (piece.new.name, piece.new.price_minor) == ("Wrap Dress", 380000)
    assert piece.new.stock == {"red": {"S": 2, "M": 3}}
    assert piece.new.sku.startswith("DRE-")
    assert [path.name for path in piece.pictures["red"]] == ["wrap-red.jpg"]


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        (described(name=""), "it lacks --name"),
        (described(sizes=()), "it lacks --size"),
        (described(sizes=("M",)), "as M=3"),
        (described(sizes=("M=many",)), "as M=3"),
        (described(category="dres"), "did you mean 'dress'"),
        (described(colour="balck"), "did you mean 'black'"),
        (described(price="cheap"), "price"),
    ],
)
def test_what_is_wrong_with_the_one_piece_is_told(piece: Pieces, why: str) -> None:
    assert piece.good == []
    assert why in str(piece.bad[0])
