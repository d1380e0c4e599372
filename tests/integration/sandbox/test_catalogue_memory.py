"""What Meta's stand-in accepted for a catalogue outlives a restart."""

from __future__ import annotations

from pathlib import Path

from dukani.sandbox.accounts import PWANI, Accounts
from dukani.sandbox.catalogue_book import CatalogueBook, main_catalogue
from dukani.sandbox.world import World

OURS = main_catalogue(PWANI)
SCARF = {
    "id": "A",
    "title": "Upendo Scarf",
    "description": "Warm",
    "availability": "in stock",
    "condition": "new",
    "price": "900.00 KES",
    "link": "https://example.com/p/A",
    "image_link": "https://example.com/A.jpg",
}


def an_open_world(kept: Path) -> World:
    world = World(Accounts(), kept)
    world.open()
    return world


def test_a_batch_on_its_way_is_taken_in_after_a_restart(tmp_path: Path) -> None:
    # given a batch that was accepted, and a stop before it was taken in
    kept = tmp_path / "sandbox.sqlite"
    world = an_open_world(kept)
    batch = CatalogueBook(world).accept(OURS, [{"method": "UPDATE", "data": SCARF}])
    world.close()

    # when it runs again
    world = an_open_world(kept)
    book = CatalogueBook(world)
    book.resume()

    # then its items are there, and its sender hears that it has ended
    [item] = book.items(OURS)
    assert (item.id, item.review) == ("A", "APPROVED")
    assert book.batches[batch.handle].status == "finished"
    world.close()

    # and another time there is nothing left to take in
    again = an_open_world(kept)
    assert again.kept_catalogue_batches() == []
    again.close()


async def test_a_batch_that_failed_is_not_taken_in_later(tmp_path: Path) -> None:
    # given a batch that Meta could not process
    kept = tmp_path / "sandbox.sqlite"
    world = an_open_world(kept)
    world.faults.catalogue.batch_s = 0
    world.faults.catalogue.batches_failing = 1
    book = CatalogueBook(world)
    await book.take_in(book.accept(OURS, [{"method": "UPDATE", "data": SCARF}]))
    world.close()

    # when it runs again
    world = an_open_world(kept)
    book = CatalogueBook(world)
    book.resume()

    # then nothing came of it
    assert book.items(OURS) == []
    world.close()
