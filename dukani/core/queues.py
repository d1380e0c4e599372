"""The queues: the tasks of each, its priority, and its share of a worker's slots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

QueueName = Literal[
    "payments", "turns", "sending", "alerts", "platform", "clock", "files", "campaigns", "bulk"
]


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of tasks. Jobs of a higher `priority` are started first.

    One worker runs `slots` jobs at once, `per_boutique` of them for one boutique. A job that is due
    and has waited for longer than `late_after_s` tells that the queue is stuck.
    """

    tasks: tuple[str, ...]
    priority: int
    slots: int
    per_boutique: int
    late_after_s: float = 60.0


# `jobs.defer` in `queue_grants.sql` puts each task into its queue; a test compares the names.
QUEUES: dict[QueueName, Queue] = {
    "payments": Queue(
        ("push_payment", "reconcile_payment", "check_payment_now", "handle_payment_callback",
         "push_trial", "ask_about_trial", "push_top_up", "ask_about_top_up",
         "handle_top_up_callback"),
        priority=40,
        slots=12,
        per_boutique=4,
        late_after_s=30.0,
    ),
    "turns": Queue(
        ("handle_turn", "handle_owner_messages", "ring_timer"),
        priority=30,
        slots=32,
        per_boutique=12,
        late_after_s=30.0,
    ),
    "sending": Queue(
        ("deliver", "send_mail", "send_number_note", "send_consent_code"),
        priority=20,
        slots=16,
        per_boutique=4,
    ),
    # The browsers' push services are nobody's answer: a slow one delays alerts alone.
    "alerts": Queue(("send_alerts",), priority=15, slots=6, per_boutique=2, late_after_s=120.0),
    # What a platform admin asked for by hand, and looks at.
    "platform": Queue(
        ("replay_webhooks",), priority=12, slots=2, per_boutique=1, late_after_s=30.0
    ),
    "clock": Queue(
        ("read_missed_messages", "abandon_expired_carts", "purge_strangers",
         "look_for_missed_messages", "sweep", "sync_templates", "sync_every_template",
         "look_after_campaigns", "look_after_automations", "find_left_carts",
         "fit_product_pairs", "write_daily_figures", "delete_what_is_old",
         "look_after_catalogues", "look_after_pictures"),
        priority=10,
        slots=4,
        per_boutique=4,
        late_after_s=300.0,
    ),
    # Somebody of the shop looks at how far a list of hers has come.
    "files": Queue(
        ("import_pieces", "remove_erased_files", "export_boutique", "sync_catalogue",
         "embed_pictures"),
        priority=8,
        slots=2,
        per_boutique=1,
    ),
    # What campaigns prepare and send: their pace is their own, and no answer waits for it.
    "campaigns": Queue(
        ("begin_campaign", "send_campaign", "end_campaign", "tell_campaign", "renew_profile",
         "run_automations"),
        priority=5,
        slots=8,
        per_boutique=2,
        late_after_s=300.0,
    ),
    # Messages of a boutique to many customers at once, which must never delay an answer.
    "bulk": Queue(("deliver_bulk",), priority=0, slots=4, per_boutique=1, late_after_s=900.0),
}  # fmt: skip

QUEUE_OF: dict[str, QueueName] = {
    task: name for name, queue in QUEUES.items() for task in queue.tasks
}
