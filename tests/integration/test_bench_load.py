"""`dukani bench load`, small: every story ends paid, and the audit finds nothing."""

from __future__ import annotations

import pytest

from dukani.bench.commands import measure
from dukani.bench.options import Options

SHOPPERS = 8


@pytest.mark.slow
async def test_every_shopper_of_a_small_load_pays_and_gets_the_receipt() -> None:
    # given eight shoppers of two shops, who write in a hurry, and a model that answers soon
    options = Options(
        shoppers=(SHOPPERS,),
        minutes=0.3,
        stories=SHOPPERS,
        boutiques=2,
        pause_s=1.5,
        model_s=0.2,
        provider_s=0.05,
    )

    # when each plays a whole story
    [step], audited = await measure(options, lambda _: None)

    # then all of them have paid, whatever the time that took
    assert dict(step.failures) == {}
    assert (step.begun, step.paid) == (SHOPPERS, SHOPPERS)
    assert len(step.of("paid")) == SHOPPERS
    assert step.of("photo")
    assert audited.boutiques == 2
    assert audited.is_clean, [(one.check, one.rows) for one in audited.findings]
    assert {"API", "worker", "PostgreSQL"} <= set(step.used_s)
