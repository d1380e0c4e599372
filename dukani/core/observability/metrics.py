"""Every metric of a process, for Prometheus: names, labels and what they mean.

Labels take few values: a provider, a queue, an outcome. A boutique or a person is never one. What
is counted here is of this process since its start; what the database knows (`metric_figures.py`) is
the same in every process, so a query takes the `max` of it.
"""

from __future__ import annotations

from prometheus_client import (
    GC_COLLECTOR,
    PLATFORM_COLLECTOR,
    PROCESS_COLLECTOR,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
)

REGISTRY = CollectorRegistry()
for _collector in (PROCESS_COLLECTOR, PLATFORM_COLLECTOR, GC_COLLECTOR):
    REGISTRY.register(_collector)

QUICK_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
ANSWER_S = (0.25, 0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60, 120, 300)
PAYMENT_S = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 900, 3600)


def _counter(name: str, meaning: str, *labels: str) -> Counter:
    return Counter(f"dukani_{name}", meaning, labels, registry=REGISTRY)


def _gauge(name: str, meaning: str, *labels: str) -> Gauge:
    return Gauge(f"dukani_{name}", meaning, labels, registry=REGISTRY)


def _histogram(name: str, meaning: str, *labels: str, steps: tuple[float, ...]) -> Histogram:
    return Histogram(f"dukani_{name}", meaning, labels, buckets=steps, registry=REGISTRY)


# What comes in
HTTP_REQUESTS = _histogram(
    "http_request_seconds", "Requests answered, by the route's template.",
    "route", "method", "status", steps=QUICK_S,
)  # fmt: skip
WEBHOOK_EVENTS = _counter(
    "webhook_events", "Events of messaging providers that were recorded, or could not be.",
    "provider", "kind", "outcome",
)  # fmt: skip

# Turns and jobs
TURNS = _counter("turns", "Turns by how they ended.", "outcome")
TURN_ANSWER = _histogram(
    "turn_answer_seconds",
    "From the webhook of a turn's first event until the provider has its last reply.",
    "asked_by", steps=ANSWER_S,
)  # fmt: skip
TURN_PARTS = _histogram("turn_part_seconds", "Parts of a turn.", "part", steps=QUICK_S)
JOBS = _histogram("job_seconds", "Jobs by task and how they ended.", "task", "outcome",
                  steps=(*QUICK_S, 60, 120, 240))  # fmt: skip

# What goes out
MESSAGES_OUT = _counter(
    "messages_out", "Messages handed to a provider, or refused by it.",
    "channel", "purpose", "outcome",
)  # fmt: skip
PROVIDER_CALLS = _histogram(
    "provider_call_seconds", "Calls to providers by the class of their answer.",
    "provider", "answer", steps=QUICK_S,
)  # fmt: skip

# Money
PAYMENTS = _counter("payments", "Results of prompts by what was made of them.", "rail", "verdict")
PAYMENT_RESULT = _histogram(
    "payment_result_seconds", "From a prompt until its result.", "rail", steps=PAYMENT_S
)

# Models
MODEL_CALLS = _counter("model_calls", "Calls to a language model.", "model", "outcome")
MODEL_TOKENS = _counter("model_tokens", "Tokens used.", "model", "kind")
MODEL_COST = _counter("model_cost_micro_usd", "Their price in millionths of a dollar.", "model")

# Marketing
CAMPAIGN_SENDS = _counter("campaign_sends", "Recipients of campaigns by outcome.", "outcome")
AUTOMATION_DECISIONS = _counter(
    "automation_decisions", "What automations decided, and why.", "decision", "reason"
)

# This process
LOOP_LAG = _histogram(
    "event_loop_lag_seconds", "How much later than asked the event loop woke.",
    steps=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)  # fmt: skip
POOL_CONNECTIONS = _gauge("database_pool_connections", "Connections of the pool.", "state")
POOL_WAITING = _gauge("database_pool_waiting", "Requests that wait for a connection.")
POOL_ERRORS = _gauge("database_pool_errors", "Requests that got no connection, since the start.")
WORKER_SIGN_AGE = _gauge("worker_sign_age_seconds", "Since this worker's last sign of life.")

# What the database says, the same in every process
DATABASE_UP = _gauge("database_up", "1 while the database answers.")
DATABASE_WRITABLE = _gauge("database_writable", "1 while it takes writes.")
DATABASE_BYTES = _gauge("database_bytes", "Its size on disk.")
DATABASE_CONNECTIONS = _gauge("database_connections", "Connections of everybody.", "state")
DATABASE_CONNECTIONS_MOST = _gauge("database_connections_most", "As many as it takes.")
DATABASE_OLDEST_TRANSACTION = _gauge(
    "database_oldest_transaction_seconds", "Age of the oldest open transaction."
)
QUEUE_JOBS = _gauge("queue_jobs", "Jobs of a queue.", "queue", "state")
QUEUE_OLDEST = _gauge("queue_oldest_seconds", "How long the oldest has been due.", "queue")
QUEUE_LATE_AFTER = _gauge("queue_late_after_seconds", "From when on a job is late.", "queue")
QUEUE_PAUSED = _gauge("queue_paused", "1 while an admin has paused it.", "queue")
QUEUE_LISTENERS = _gauge("queue_listeners", "Living workers that take its jobs.", "queue")
DEAD_LETTERS = _gauge("dead_letters", "Events given up that nobody has looked after.")
MESSAGES_UNSENT = _gauge("messages_unsent", "Messages that wait to be sent, by why.", "why")
PAYMENTS_OPEN = _gauge("payments_open", "Payments without a result.", "rail", "state")
PAYMENTS_OLDEST = _gauge(
    "payments_oldest_open_seconds", "Age of the oldest prompt without a result.", "rail"
)
BOUTIQUES = _gauge("boutiques", "Boutiques that are open for business.")
WALLETS = _gauge("wallets", "Wallets by whether tokens are left.", "state")
WALLET_TOKENS = _gauge("wallet_tokens", "Message tokens of all wallets.", "account")
TEMPLATES = _gauge("templates", "Message templates by where their review stands.", "state")
FIGURES_AGE = _gauge("figures_age_seconds", "Since the figures of the database were read.")
