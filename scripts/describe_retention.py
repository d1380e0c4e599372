"""Writes `docs/retention.md`: for how long each kind of thing is kept, from the settings.

python -m scripts.describe_retention
"""

from __future__ import annotations

from dukani.core.settings import ROOT, Limits, Retention

DOCUMENT = ROOT / "docs" / "retention.md"
_HEAD = """# How long things are kept

Every night one job ([`tools/retention.py`](../dukani/tools/retention.py)) deletes what is older
than this, kind after kind, in batches and by an index. `dukani doctor` says when it ran last; an
owner finds the same under *Settings → How long it is kept*, with how much of her shop went.
This table is written from the settings by `python -m scripts.describe_retention`.

| setting | days | what |
|---|---:|---|
"""
_FOOT = """
Never deleted for its age: orders and their items, sendings, refunds, payments, sales in the shop,
what is owed, statements of M-Pesa, the days' closes, costs, tax settings and KRA's numbers, the
ledgers of stock and of message tokens, consents and stops, customers, figures by day. They end when
the boutique is removed, or a customer is erased ([what is kept](customers.md#what-is-kept-of-a-customer)).
Lists of people that are uploaded for a campaign are read and not stored. Of the audit log, the lines
stay that tell of a customer's export or erasure.
"""  # noqa: E501


def description() -> str:
    """The document."""
    rows = [
        _row(f"DUKANI_RETENTION__{name.upper()}", field.default, field.description)
        for name, field in Retention.model_fields.items()
    ]
    strangers = Limits.model_fields["strangers_kept_days"]
    rows.append(
        _row("DUKANI_LIMITS__STRANGERS_KEPT_DAYS", strangers.default, strangers.description)
    )
    return _HEAD + "".join(rows) + _FOOT


def _row(setting: str, days: int, what: str | None) -> str:
    return f"| `{setting}` | {days} | {what} |\n"


if __name__ == "__main__":
    DOCUMENT.write_text(description(), encoding="utf-8")
