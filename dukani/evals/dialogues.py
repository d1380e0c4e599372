"""Runs dialogues through the whole system, each in a boutique of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from dukani.evals.catalogue_file import Catalogue
from dukani.evals.dialogue_file import Dialogue
from dukani.evals.dialogue_result import DialogueResult
from dukani.evals.dialogue_run import DialogueRun
from dukani.evals.harness import Harness
from dukani.evals.scripted_eye import ScriptedEye
from dukani.evals.shop import open_shop
from dukani.evals.shopper import Shopper
from dukani.evals.turn_taking import TurnTaker


async def run_dialogues(
    harness: Harness,
    dialogues: Sequence[Dialogue],
    catalogue: Catalogue,
    eye: ScriptedEye,
    folder: Path,
    *,
    progress: Callable[[], None] = lambda: None,
) -> list[DialogueResult]:
    """The result of each dialogue; paths of photos are relative to `folder`."""
    products = [product.as_new_product(catalogue.currency) for product in catalogue.products]
    names = {product.sku: product.name for product in catalogue.products}
    results = []
    for dialogue in dialogues:
        shop = await open_shop(harness, products, currency=catalogue.currency)
        taker = TurnTaker(DialogueResult(dialogue), Shopper(harness, shop), eye, folder)
        results.append(await DialogueRun(taker, names).result_of_all_turns())
        progress()
    return results
