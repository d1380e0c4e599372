"""An owner's list of pieces: uploaded, tried, imported by a job, and told line by line."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import httpx
import openpyxl
import psycopg
import pytest
from PIL import Image

from dukani.core.clients.safe_fetch import SafeFetcher
from dukani.core.database import Database
from dukani.core.services import Services
from dukani.tools.piece_lists import importing
from dukani.tools.piece_lists.importing import PieceImporter
from dukani.tools.sweeper import sweep
from tests.factories import a_boutique, a_product
from tests.fakes.internet import PUBLIC, Wires, a_server, names, saying
from tests.integration.api.conftest import Signed
from tests.integration.api.test_pictures_api import PlainEye
from tests.signing_in import a_member
from tests.wiring import jobs, rows

LIST = """SKU,Jina,Aina,Bei,Rangi,Saizi,Idadi
AMANI,Amani Dress,gauni,"KSh 3,500/=",nyekundu,"S,M",2
AMANI,,,,blue,M,5
NEEMA,Neema Top,top,1.8k,black,M,3
"""


class Lists:
    """An owner's lists; `work` runs the jobs that are due as a worker would."""

    def __init__(self, owner: Signed, services: Services) -> None:
        self.owner, self._services = owner, services
        self.importer = PieceImporter(services, PlainEye())

    async def upload(self, text: str | bytes, name: str = "pieces.csv") -> Any:
        data = text if isinstance(text, bytes) else text.encode()
        return await self.owner.post("/piece-imports", files={"file": (name, data, "text/csv")})

    async def work(self, import_id: str) -> Any:
        one = await self.get(import_id)
        [row] = [row for row in await rows(self._services, "piece_imports")
                 if str(row["id"]) == import_id]  # fmt: skip
        await self.importer.run(
            boutique_id=self.owner.boutique, import_id=import_id, run=row["run"]
        )
        return one

    async def get(self, import_id: str) -> Any:
        return await self.owner.get(f"/piece-imports/{import_id}")

    async def tried(self, text: str | bytes, **named: Any) -> Any:
        """The list, uploaded and tried."""
        one = await self.upload(text)
        if named:
            mapping = [column["field"] for column in one["columns"]]
            await self.owner.call(
                "PUT", f"/piece-imports/{one['id']}/mapping", json={"mapping": mapping} | named
            )
        await self.owner.post(f"/piece-imports/{one['id']}/checks")
        await self.work(one["id"])
        return await self.get(one["id"])

    async def imported(self, text: str | bytes, **named: Any) -> Any:
        one = await self.tried(text, **named)
        await self.owner.post(f"/piece-imports/{one['id']}/starts")
        await self.work(one["id"])
        return await self.get(one["id"])

    async def lines(self, one: Any, **asked: str) -> list[Any]:
        answer = await self.owner.get(f"/piece-imports/{one['id']}/lines", params=asked)
        return list(answer["items"])

    async def stock(self) -> dict[str, int]:
        found = await rows(self._services, "product_variants")
        return {row["sku"]: row["quantity"] for row in found}


@pytest.fixture
def lists(owner: Signed, services: Services) -> Lists:
    return Lists(owner, services)


def counts(one: Any) -> dict[str, int]:
    return {name: one[name] for name in ("new", "changed", "unchanged", "refused")}


async def test_a_list_is_read_as_its_owner_wrote_it(lists: Lists) -> None:
    one = await lists.upload(LIST)

    fields = [column["field"] for column in one["columns"]]
    assert fields == ["sku", "name", "category", "price", "colour", "size", "units"]
    assert one["columns"][3]["samples"] == ["KSh 3,500/=", "", "1.8k"]
    assert [line["outcome"] for line in one["preview"]] == ["new", "new", "new"]
    assert (one["status"], one["lines"]) == ("ready", 3)


async def test_a_trial_changes_nothing_and_an_import_does_what_it_said(
    lists: Lists, services: Services
) -> None:
    tried = await lists.tried(LIST)
    assert (tried["status"], counts(tried)) == (
        "checked",
        {"new": 3, "changed": 0, "unchanged": 0, "refused": 0},
    )
    assert await rows(services, "products") == []

    await lists.owner.post(f"/piece-imports/{tried['id']}/starts")
    await lists.work(tried["id"])

    done = await lists.get(tried["id"])
    assert (done["status"], counts(done)) == ("imported", counts(tried))
    assert await lists.stock() == {
        "AMANI/red/S": 2,
        "AMANI/red/M": 2,
        "AMANI/blue/M": 5,
        "NEEMA/black/M": 3,
    }
    found = {row["sku"]: row for row in await rows(services, "products")}
    assert (found["AMANI"]["price_minor"], found["NEEMA"]["price_minor"]) == (350_000, 180_000)
    assert {row["reason"] for row in await rows(services, "stock_movements")} == {"opening"}


async def test_the_same_list_again_changes_nothing_and_what_was_sold_stays_sold(
    lists: Lists, services: Services
) -> None:
    # given a list that was imported, and one piece sold since
    await lists.imported(LIST)
    [blue] = [row for row in await rows(services, "product_variants") if row["colour"] == "blue"]
    await lists.owner.post(
        "/counter-sales",
        {
            "items": [{"variant_id": str(blue["id"]), "quantity": 1, "unit_price_minor": 350_000}],
            "paid_by": "cash",
        },
    )

    # when the same list comes again
    again = await lists.imported(LIST)

    # then nothing is changed
    assert counts(again) == {"new": 0, "changed": 0, "unchanged": 3, "refused": 0}
    assert (await lists.stock())["AMANI/blue/M"] == 4

    # and a new figure is a new count
    counted = await lists.imported(LIST.replace("blue,M,5", "blue,M,9"))
    assert counts(counted)["changed"] == 1
    assert (await lists.stock())["AMANI/blue/M"] == 9


async def test_good_lines_go_in_and_bad_ones_are_told_by_line_and_reason(lists: Lists) -> None:
    bad = LIST + (
        "=CMD(),Bad,dress,2000,red,M,1\n"
        "AMANI,,,3.500,red,L,1\n"
        "6.1611E+12,Barcode,dress,2000,red,M,1\n"
        "KITE,Kite,dress,2000,red,36-40,1\n"
        "DATE,Date,dress,2000,red,8-Jun,1\n"
        "MINUS,Minus,dress,2000,red,M,-1\n"
    )

    one = await lists.imported(bad)

    assert counts(one) == {"new": 4, "changed": 0, "unchanged": 0, "refused": 5}
    why = {line["line"]: line["why"] for line in await lists.lines(one, outcome="refused")}
    assert why[6] == "Price: “3.500” can be read in two ways. Write 3500 / 3.50."
    assert "rounded it to “6.1611E+12”. Format that column as text" in why[7]
    assert "one by one, as 36, 37, 40" in why[8]
    assert "made a date of it, “8-Jun”" in why[9]
    assert "“-1” is no whole number" in why[10]
    in_swahili = await lists.lines(one, outcome="refused", language="sw")
    assert "inaweza kusomwa kwa njia mbili" in in_swahili[0]["why"]


async def test_the_bad_lines_are_a_file_that_runs_nothing(lists: Lists) -> None:
    one = await lists.imported("sku,name,price\n=1+1,Evil,about 5\n+254711,Plus,x\n")

    answer = await lists.owner.call("GET", f"/piece-imports/{one['id']}/refused-lines")

    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0] == ["sku", "name", "price", "line", "why"]
    assert [row[:4] for row in table[1:]] == [
        ["'=1+1", "Evil", "about 5", "2"],
        ["'+254711", "Plus", "x", "3"],
    ]
    assert "about 5" in table[1][4]


async def test_columns_are_remembered_by_their_names(lists: Lists) -> None:
    text = "Kifaa,Thamani,SKU\nAmani,3500,A\n"
    one = await lists.upload(text)
    assert [column["field"] for column in one["columns"]] == ["", "", "sku"]

    named = {"mapping": ["name", "price", "sku"]}
    shown = Signed.of(
        await lists.owner.call("PUT", f"/piece-imports/{one['id']}/mapping", json=named)
    )
    assert shown["preview"][0]["why"] == (
        "A new piece needs its category, colour, size, units as well."
    )

    again = await lists.upload(text)
    assert [column["field"] for column in again["columns"]] == ["name", "price", "sku"]


@pytest.mark.parametrize(
    "mapping", [["sku", "sku", ""], ["sku"], ["", "price", ""], ["sku", "wholesale", ""]]
)
async def test_columns_that_cannot_be_are_refused(lists: Lists, mapping: list[str]) -> None:
    one = await lists.upload("a,b,c\n1,2,3\n")

    answer = await lists.owner.call(
        "PUT", f"/piece-imports/{one['id']}/mapping", json={"mapping": mapping}
    )

    assert answer.status_code == 422


async def test_an_import_is_tried_first_and_done_once(lists: Lists) -> None:
    one = await lists.upload(LIST)
    path = f"/piece-imports/{one['id']}"

    early = await lists.owner.call("POST", f"{path}/starts")
    await lists.owner.post(f"{path}/checks")
    twice = await lists.owner.call("POST", f"{path}/checks")
    await lists.work(one["id"])
    await lists.owner.post(f"{path}/starts")
    await lists.work(one["id"])
    late = await lists.owner.call("POST", f"{path}/starts")

    codes = [answer.json()["code"] for answer in (early, twice, late)]
    assert codes == ["not_checked", "import_under_way", "list_is_imported"]


async def test_what_is_no_list_is_refused(lists: Lists) -> None:
    for data in (b"%PDF-1.4", b"", b"sku,price\n", b"PK\x03\x04"):
        answer = await lists.owner.call(
            "POST", "/piece-imports", files={"file": ("a.csv", data, "text/csv")}
        )
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "file"), data


async def test_pieces_that_the_list_has_no_more_are_archived_when_asked(
    lists: Lists, database: Database, services: Services
) -> None:
    await a_product(database, lists.owner.boutique, name="Old", sku="OLD")

    kept = await lists.imported(LIST)
    assert kept["archived"] == 0

    tried = await lists.tried(LIST, archive_missing=True)
    assert tried["archived"] == 1  # told before it is done
    await lists.imported(LIST, archive_missing=True)
    active = {row["sku"]: row["active"] for row in await rows(services, "products")}
    assert active == {"OLD": False, "AMANI": True, "NEEMA": True}


async def test_a_job_that_dies_in_the_middle_does_nothing_twice(
    lists: Lists, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a long list, worked on in small chunks
    monkeypatch.setattr(importing, "AT_ONCE", 5)
    lines = [f"P-{n:03},Piece {n},dress,2000,red,M,3" for n in range(40)]
    text = "sku,name,category,price,colour,size,units\n" + "\n".join(lines)
    one = await lists.tried(text)
    await lists.owner.post(f"/piece-imports/{one['id']}/starts")

    # when the job dies after some lines were written, thrice
    written = importing.piece_import_rows.tell
    died = 0

    async def dying(*args: Any, **given: Any) -> None:
        nonlocal died
        await written(*args, **given)
        if died < 3:
            died += 1
            raise ConnectionError("the worker is killed")

    monkeypatch.setattr(importing.piece_import_rows, "tell", dying)
    for _ in range(3):
        with pytest.raises(ConnectionError):
            await lists.work(one["id"])
    await lists.work(one["id"])
    await lists.work(one["id"])  # and a job too many

    # then each line was done once
    done = await lists.get(one["id"])
    assert (done["status"], counts(done)["new"]) == ("imported", 40)
    assert set((await lists.stock()).values()) == {3}
    assert len(await rows(services, "stock_movements")) == 40


async def test_whoever_is_no_owner_any_more_imports_nothing(
    lists: Lists, services: Services, database: Database, superuser_url: str
) -> None:
    a_member(superuser_url, lists.owner.boutique, "owner")  # a shop keeps one
    one = await lists.tried(LIST)
    await lists.owner.post(f"/piece-imports/{one['id']}/starts")
    async with database.system_connection() as conn:
        await conn.execute(
            "update boutique_members set role = 'staff' where user_id = %s", (lists.owner.user_id,)
        )

    await lists.importer.run(boutique_id=lists.owner.boutique, import_id=one["id"], run=2)

    assert await rows(services, "products") == []
    [row] = await rows(services, "piece_imports")
    assert row["status"] == "stopped"


async def test_a_price_list_changes_prices_alone(lists: Lists, services: Services) -> None:
    await lists.imported(LIST)

    one = await lists.imported("Item Code,Selling Price\nAMANI,3800\nNOBODY,100\n")

    [changed, refused] = await lists.lines(one)
    assert changed["changes"] == [{"field": "price", "of": None, "was": 350_000, "now": 380_000}]
    assert refused["why"].startswith("A new piece needs its name, category")
    assert (await lists.stock())["AMANI/blue/M"] == 5


async def test_a_list_says_what_pieces_cost_and_again_says_nothing_new(lists: Lists) -> None:
    await lists.imported(LIST)
    text = "SKU,Cost\nAMANI,1800\n"

    one = await lists.imported(text)
    again = await lists.imported(text + "\n")

    # then it is said once, for the sales before too, and a new cost counts from now on
    [line] = await lists.lines(one)
    assert line["changes"] == [{"field": "cost", "of": None, "was": None, "now": 180_000}]
    assert (again["changed"], again["unchanged"]) == (0, 1)
    await lists.imported("SKU,Cost\nAMANI,0\n")
    refused = await lists.imported("SKU,Cost\nAMANI,cheap\n")
    assert refused["refused"] == 1
    [product] = (await lists.owner.get("/products?search=AMANI"))["items"]
    costs = await lists.owner.get(f"/products/{product['id']}/cost")
    assert [(row["cost_minor"], row["always"]) for row in costs["said"]] == [
        (0, False),
        (180_000, True),
    ]


def a_workbook(table: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in table:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


async def test_a_workbook_is_a_list_as_well(lists: Lists) -> None:
    data = a_workbook(
        [
            ["Malaika Fashions, November", None, None, None, None, None, None],
            [],
            ["SKU", "Name", "Category", "Price", "Colour", "Size", "Qty"],
            [1001, "Amani", "dress", 3500.0, "red", 38, 2],
        ]
    )

    one = await lists.imported(data)

    assert counts(one)["new"] == 1
    assert await lists.stock() == {"1001/red/38": 2}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_an_export_imports_back_as_nothing_new_and_exports_the_same(
    lists: Lists,
    client: httpx.AsyncClient,
    database: Database,
    services: Services,
    superuser_url: str,
    kind: str,
) -> None:
    # given a shop with names that a spreadsheet would run, and words that would be read otherwise
    owner = lists.owner
    await a_product(
        database, owner.boutique, name="=1+1", sku="+A", price_minor=123_450,
        description="'=quoted,\nin two lines", occasions=["a/b", "Wedding"], pattern="Polka; dot",
        stock={"jet black": {"m": 3, "S-XL": 1}, 'say "red"': {"6-8": 0}},
    )  # fmt: skip
    await a_product(database, owner.boutique, name="-2 @home", sku="@B", active=False)
    exported = (await owner.call("GET", f"/products/export?format={kind}")).content

    # when it is tried in the same shop, then nothing is new
    tried = await lists.tried(exported)
    assert counts(tried) == {"new": 0, "changed": 0, "unchanged": 4, "refused": 0}

    # and when it is imported into an empty one, that one's export is the same to the byte
    other = await a_boutique(database)
    there = Lists(Signed(client, other, a_member(superuser_url, other, "owner")), services)
    await there.imported(exported)
    again = (await there.owner.call("GET", f"/products/export?format={kind}")).content
    assert again == exported


async def test_nothing_in_an_export_runs_as_a_formula(lists: Lists, database: Database) -> None:
    await a_product(database, lists.owner.boutique, name='=HYPERLINK("http://x")', sku="-A")

    answer = await lists.owner.call("GET", "/products/export")

    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[1][:2] == ["'-A", '\'=HYPERLINK("http://x")']
    assert not any(cell[:1] in "=+-@\t\r" for row in table for cell in row if cell)


async def test_a_link_into_our_own_network_is_told_and_the_line_goes_in(lists: Lists) -> None:
    text = (
        "sku,name,category,price,colour,size,units,picture\n"
        "A,Amani,dress,3500,red,M,2,http://127.0.0.1:8000/a.jpg\n"
        "B,Neema,dress,3500,red,M,2,a.jpg\n"
    )

    one = await lists.imported(text)

    assert (one["status"], counts(one)["new"]) == ("imported", 2)
    assert [problem["line"] for problem in one["pictures"]["problems"]] == [2, 3]
    assert "private address" in one["pictures"]["problems"][0]["why"]
    assert "is no link" in one["pictures"]["problems"][1]["why"]


async def test_pictures_are_fetched_once_for_a_colour_and_found_by_it(
    lists: Lists, services: Services
) -> None:
    # given a host with a picture at one address, and words at another
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "red").save(picture, "JPEG")
    asked: list[bytes] = []

    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        asked.append(head.split()[1])
        body = picture.getvalue() if b"/red.jpg" in head else b"<html>not here</html>"
        await saying("200 OK", body)(head, writer)

    link = "http://cdn.example/red.jpg"
    text = (
        "sku,name,category,price,colour,size,units,picture\n"
        f"A,Amani,dress,3500,red,M,2,{link}\n"
        f"A,,,,red,L,2,{link}|http://cdn.example/page\n"
    )
    async with a_server(answer) as port:
        fetcher = SafeFetcher(names(cdn=[PUBLIC]), Wires(port))
        lists.importer = PieceImporter(services, PlainEye(), fetcher)

        # when the list is imported twice
        first = await lists.imported(text)
        again = await lists.imported(text)

    # then the picture is there once, in its colour, and was fetched once
    [image] = await rows(services, "product_images")
    assert image["colour"] == "red"
    seen = "product_images i join product_embeddings e on e.image_id = i.id"
    assert len(await rows(services, seen, "i.id")) == 1
    assert asked.count(b"/red.jpg") == 1
    told = {name: first["pictures"][name] for name in ("added", "there", "failed")}
    assert told == {"added": 1, "there": 0, "failed": 1}
    assert "no picture we can open" in first["pictures"]["problems"][0]["why"]
    assert (again["pictures"]["added"], again["pictures"]["there"]) == (0, 1)
    assert counts(again)["unchanged"] == 2


async def test_an_import_whose_job_was_lost_gets_another(
    lists: Lists, services: Services, superuser_url: str
) -> None:
    # given a trial whose job is gone
    one = await lists.upload(LIST)
    await lists.owner.post(f"/piece-imports/{one['id']}/checks")
    with psycopg.connect(superuser_url) as conn:
        conn.execute("set search_path = public, jobs")
        conn.execute("delete from procrastinate_jobs")
        conn.execute("update piece_imports set touched_at = now() - interval '1 hour'")

    # when the sweeper comes by, twice
    found = [(await sweep(services))["imports"] for _ in range(2)]

    # then it has one job again, of the same run
    assert found == [1, 0]
    [job] = await jobs(services, "import_pieces")
    assert (job["args"]["import_id"], job["args"]["run"]) == (one["id"], 1)
    await lists.work(one["id"])
    assert (await lists.get(one["id"]))["status"] == "checked"


@pytest.mark.parametrize(
    ("there", "line", "stands"),
    [
        ("AMANI-1", "amani-1,Other name,3800", "AMANI-1"),  # the shop's own spelling counts
        ("N1", "N1,Amani,3800", "N1"),
    ],
)
async def test_a_sku_is_the_same_in_whichever_letters(
    lists: Lists, database: Database, services: Services, there: str, line: str, stands: str
) -> None:
    await a_product(database, lists.owner.boutique, sku=there, name="Amani")

    one = await lists.imported(f"sku,name,price\n{line}\n")

    [product] = await rows(services, "products")
    assert (product["sku"], product["price_minor"]) == (stands, 380_000)
    assert counts(one)["changed"] == 1


async def test_a_list_without_skus_is_known_by_its_names(
    lists: Lists, database: Database, services: Services
) -> None:
    # given a piece that was added by hand, and a list of names that has it and a new one
    await a_product(database, lists.owner.boutique, sku="DRE-7K2M9", name="Amani Dress",
                    stock={"red": {"M": 2}})  # fmt: skip
    text = "Name,Category,Price,Colour,Size,Qty\n"
    text += "amani dress,dress,3800,red,M,2\nNeema,top,1800,black,M,3\n"

    # when it is imported twice
    first, again = await lists.imported(text), await lists.imported(text)

    # then the piece is the one that was there, and the new one is there once
    assert counts(first) == {"new": 1, "changed": 1, "unchanged": 0, "refused": 0}
    assert counts(again)["unchanged"] == 2
    found = {row["name"]: row["sku"] for row in await rows(services, "products")}
    assert found["amani dress"] == "DRE-7K2M9"
    assert found["Neema"].startswith("N-")


async def test_ten_lines_of_one_piece_in_any_order_are_one_piece(
    lists: Lists, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 3)
    lines = []
    for n in range(10):
        lines += [f"A,Amani,dress,3500,red,{30 + n},1", f"B{n},Piece,dress,2000,red,M,1"]

    one = await lists.imported("sku,name,category,price,colour,size,units\n" + "\n".join(lines))

    assert counts(one) == {"new": 20, "changed": 0, "unchanged": 0, "refused": 0}
    assert len(await rows(services, "products")) == 11


async def test_two_workers_at_once_do_each_line_once(
    lists: Lists, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 4)
    lines = [f"P-{n:03},Piece {n},dress,2000,red,M,1" for n in range(60)]
    text = "sku,name,category,price,colour,size,units\n" + "\n".join(lines)
    one = await lists.tried(text)
    await lists.owner.post(f"/piece-imports/{one['id']}/starts")

    await asyncio.gather(*(lists.work(one["id"]) for _ in range(3)))

    done = await lists.get(one["id"])
    assert (done["status"], counts(done)["new"], done["done"]) == ("imported", 60, 60)
    assert len(await rows(services, "stock_movements")) == 60


async def test_a_count_alerts_nobody_of_each_size_that_is_nearly_gone(
    lists: Lists, services: Services
) -> None:
    # given a list of many sizes, and one that counts them as nearly gone
    head = "sku,name,category,price,colour,size,units\n"
    many = [f"P-{n:02},Piece {n},dress,2000,red,M," for n in range(20)]
    await lists.imported(head + "\n".join(f"{line}9" for line in many))

    await lists.imported(head + "\n".join(f"{line}2" for line in many))

    assert set((await lists.stock()).values()) == {2}
    told = [row["kind"] for row in await rows(services, "domain_events")]
    assert "stock_low" not in told

    # but a sale of one that was refilled is told
    await lists.imported(head + f"{many[0]}9")
    [first] = [row for row in await rows(services, "product_variants") if row["quantity"] == 9]
    item = {"variant_id": str(first["id"]), "quantity": 8, "unit_price_minor": 200_000}
    await lists.owner.post("/counter-sales", {"items": [item], "paid_by": "cash"})
    told = [row["kind"] for row in await rows(services, "domain_events")]
    assert told.count("stock_low") == 1
