"""The worker without metrics, which the bench compares with, counts nothing and goes on."""

from __future__ import annotations

import subprocess
import sys

COUNTED = """
from tests.bench.unmeasured import count_nothing
from dukani.core.observability import metrics
if {without}: count_nothing()
metrics.TURNS.labels("answered").inc()
metrics.TURN_ANSWER.labels("text").observe(1)
metrics.POOL_WAITING.set(5)
samples = [s for m in metrics.REGISTRY.collect() for s in m.samples]
print(sum(s.value for s in samples if s.name in (
    "dukani_turns_total", "dukani_turn_answer_seconds_count", "dukani_database_pool_waiting")))
"""


def counted(*, without: bool) -> str:
    program = COUNTED.format(without=without)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_a_worker_without_metrics_counts_nothing() -> None:
    assert (counted(without=False), counted(without=True)) == ("7.0", "0.0")
