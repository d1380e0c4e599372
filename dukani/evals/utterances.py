"""Runs single turns through the whole system, and scores the understanding of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from dukani.domain.acts import ACTS, Act
from dukani.evals.catalogue_file import Catalogue
from dukani.evals.harness import Harness
from dukani.evals.intents import alternatives, kind_of
from dukani.evals.scoring import problems
from dukani.evals.shop import Shop, open_shop
from dukani.evals.shopper import NotAnswered, Shopper, words_of
from dukani.evals.situation_pieces import lines_seen, products_for
from dukani.evals.situations import set_up
from dukani.evals.utterance_file import Utterance
from dukani.tools.catalogue import NewProduct


@dataclass(frozen=True, slots=True)
class UtteranceResult:
    """An utterance with its result; `problems` is empty when it passed."""

    utterance: Utterance
    problems: tuple[str, ...]
    understood: tuple[str, ...] = ()  # each act as a line
    replies: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.problems

    @property
    def intents(self) -> tuple[str, ...]:
        """The expected intents, by their neutral names."""
        return tuple(
            "|".join(kind_of(name) or name for name in alternatives(intent))
            for intent in self.utterance.expect.intent
        )


async def run_utterances(
    harness: Harness,
    utterances: Sequence[Utterance],
    catalogue: Catalogue,
    *,
    progress: Callable[[], None] = lambda: None,
) -> list[UtteranceResult]:
    """Send each utterance as a new shopper, in the utterance's situation."""
    products = products_for(catalogue, [utterance.context for utterance in utterances])
    shop = await open_shop(harness, products, currency=catalogue.currency)
    results = []
    for utterance in utterances:
        results.append(await _run(harness, shop, utterance, products))
        progress()
    return results


async def _run(
    harness: Harness, shop: Shop, utterance: Utterance, products: Sequence[NewProduct]
) -> UtteranceResult:
    shopper = Shopper(harness, shop)
    await set_up(shopper, utterance.context)
    await shopper.write(utterance.text)
    try:
        written = await shopper.answered()
    except NotAnswered as error:
        return UtteranceResult(utterance, (str(error),))
    heard = next((m for m in reversed(written) if m.direction == "in"), None)
    try:
        acts = ACTS.validate_python((heard.understanding or {}).get("acts", []) if heard else [])
    except ValidationError as error:
        return UtteranceResult(utterance, (f"not acts of domain.acts: {error}",))
    lines = lines_seen(utterance.context, products)
    by_sku = {product.sku: product for product in products}
    shown = [by_sku[sku] for sku in utterance.context.options]
    return UtteranceResult(
        utterance,
        tuple(problems(utterance.expect, acts, lines, products, shown)),
        understood=tuple(map(as_line, acts)),
        replies=tuple(words_of(written)),
    )


def as_line(act: Act) -> str:
    """The act as one line: `add(target.option=2, values.colour=white)`."""
    said = act.model_dump(exclude_defaults=True, exclude={"kind", "evidence"})
    return f"{act.kind}({', '.join(_said(said))})"


def _said(values: Mapping[str, Any], where: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _said(value, f"{where}{name}.")
        else:
            yield f"{where}{name}={value}"
