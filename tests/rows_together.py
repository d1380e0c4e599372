"""Rows of a table are one test, a few hundred at a time, where a row is only called.

pytest and its processes spend several milliseconds on a test, which is more than most rows take.
Rows that need a fixture, wait for something or are marked stay tests of their own, and so do all
where one is looked for: with `-k`, or by its name.
"""

from __future__ import annotations

import inspect
from collections.abc import Generator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import pytest

MOST = 200  # one process has them all, while another may have nothing left
# What each test of the run needs, once.
ONCE = {
    "_apis_built_once",
    "_certificates_read_once",
    "_plain_tracebacks",
    "_servers_hurried",
    "event_loop_policy",
}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector) -> Generator[None, Any, Any]:
    made = yield
    if isinstance(made, list) and not _one_is_looked_for(collector.config):
        return [one for is_row, alike in groupby(made, _is_row) for one in _put(is_row, alike)]
    return made


def call_each(rows: Sequence[pytest.Function]) -> None:
    """Calls all; fails with each that failed, and is skipped where all were."""
    failed, skipped = [], []
    for row in rows:
        try:
            row.obj(**row.callspec.params)
        except pytest.skip.Exception as reason:
            skipped.append(reason)
        except (Exception, pytest.fail.Exception):
            failed.append(f"{row.name}\n{row.repr_failure(pytest.ExceptionInfo.from_current())}")
    if failed:
        told = "\n\n".join((f"{len(failed)} of {len(rows)} rows failed", *failed))
        pytest.fail(told, pytrace=False)
    if len(skipped) == len(rows):
        raise skipped[0]


def _one_is_looked_for(config: pytest.Config) -> bool:
    return bool(config.option.keyword) or any("::" in one for one in config.args)


def _is_row(item: Any) -> bool:
    """Whether all that the function needs stands in its row."""
    return (
        type(item) is pytest.Function
        and hasattr(item, "callspec")
        and not inspect.iscoroutinefunction(item.obj)
        and not getattr(item.obj, "is_hypothesis_test", False)
        and set(item.fixturenames) <= ONCE | set(item.callspec.params)
        and all(
            mark.name == "parametrize" and not mark.kwargs.get("indirect")
            for mark in item.iter_markers()
        )
    )


def _put(is_row: bool, items: Any) -> Sequence[pytest.Item]:
    rows = list(items)
    if not is_row or len(rows) == 1:
        return rows
    return [_together(rows[at : at + MOST], at) for at in range(0, len(rows), MOST)]


def _together(rows: Sequence[pytest.Function], at: int) -> pytest.Item:
    first = rows[0]
    name = f"{first.originalname}[{at + 1}..{at + len(rows)}]"
    test: pytest.Function = pytest.Function.from_parent(
        first.parent, name=name, callobj=partial(call_each, rows)
    )
    return test
