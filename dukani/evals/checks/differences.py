"""Words the difference between expected and actual values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dukani.evals.standing import Line


def unequal(there: Any, wanted: Any, shown: Any, should: Any) -> str | None:
    return None if there == wanted else f"should be {should}, is {shown}"


def lines_wanted(lines: Sequence[Mapping[str, Any]]) -> str:
    """Expected lines as text; keys that the file does not give are left out."""
    return _joined(
        " ".join((f"{line.get('qty', line.get('quantity', '?'))}×", *_named(line)))
        for line in lines
    )


def _named(line: Mapping[str, Any]) -> Iterable[str]:
    return (str(line[key]) for key in ("sku", "colour", "size") if line.get(key) is not None)


def lines_there(lines: Sequence[Line]) -> str:
    return _joined(f"{x.quantity}× {x.sku} {x.colour} {x.size}" for x in lines)


def skus_there(skus: Iterable[str]) -> str:
    return ", ".join(sorted(skus)) or "nothing"


def either(names: Any) -> str:
    return " or ".join(str(name) for name in listed(names))


def listed(value: Any) -> list[Any]:
    """A list of a value that files give alone or as a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


def _joined(lines: Iterable[str]) -> str:
    return " + ".join(lines) or "empty"
