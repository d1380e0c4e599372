"""Whether a step may go now, and why not: every question in its order. Pure.

What ends an enrolment is asked first, then what only puts it off. The channel, the words and the
frequency policy are asked after these, by whoever sends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dukani.campaigns.automations.conditions import drop_percent, fulfilled
from dukani.campaigns.countries import takes_no_marketing
from dukani.campaigns.hours import next_open, zone_of
from dukani.core.store.automation_enrolments import Enrolment
from dukani.core.store.automation_situations import Situation
from dukani.domain.automations import ENDS, NOT_TO_SELL, Reason, RuleDefinition
from dukani.domain.campaigns import Pace

TALKS_FOR = timedelta(minutes=15)  # after her last message she may still be writing
FRESH = timedelta(minutes=15)  # of what she did herself she may hear at night, too
LOOK_AGAIN = timedelta(minutes=15)
HOLD = timedelta(hours=6)  # consent and a person's chat are asked about again so often at most
LIMIT_REST = timedelta(hours=24)  # after WhatsApp held marketing back; doubled each time
LONGEST_REST = timedelta(days=8)
STALE = timedelta(hours=24)  # a step that could not go for so long is passed over


@dataclass(frozen=True, slots=True)
class Check:
    """`until`: when it is worth asking again; none for what ends it, or was passed."""

    name: Reason
    passed: bool
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """All that is asked about. `fresh_at`: when she did what it is about."""

    enrolment: Enrolment
    definition: RuleDefinition
    situation: Situation
    now: datetime
    shop_zone: str
    shop_paused: bool
    rule_on: bool
    in_segment: bool = True

    @property
    def is_marketing(self) -> bool:
        return self.definition.rule_class == "marketing"

    def at_step(self, step: int) -> Case:
        """The same, of another step."""
        return replace(self, enrolment=replace(self.enrolment, step=step))


Question = Callable[[Case], datetime | bool | None]


def checks(case: Case, *, passing: Collection[Reason] = ()) -> Iterator[Check]:
    """Each question with its answer; those of `passing` are not held against it."""
    for name, question in _QUESTIONS.items():
        answer = question(case)
        refused = answer is True or isinstance(answer, datetime)
        if not refused or name in passing:
            yield Check(name, passed=True)
        else:
            yield Check(name, passed=False, until=answer if isinstance(answer, datetime) else None)


def first_refused(case: Case, *, passing: Collection[Reason] = ()) -> Check | None:
    """Why it may not go; None: it may."""
    return next((one for one in checks(case, passing=passing) if not one.passed), None)


def ends_it(reason: Reason) -> bool:
    return reason in ENDS


def is_stale(case: Case, until: datetime) -> bool:
    """Whether the step is passed over instead of being put off until then."""
    return until > step_due(case.enrolment, case.definition) + STALE


def step_due(enrolment: Enrolment, definition: RuleDefinition) -> datetime:
    after = definition.steps[enrolment.step].after_minutes
    return enrolment.counted_from + timedelta(minutes=after)


def _fulfilled(case: Case) -> bool:
    return fulfilled(case.definition, case.situation, case.enrolment)


def _has_bought(case: Case) -> bool:
    return case.situation.bought and case.definition.trigger not in NOT_TO_SELL


def _price_is_back(case: Case) -> bool:
    if case.definition.trigger != "price_dropped":
        return False
    return drop_percent(case.enrolment.facts, case.situation.price_minor) == 0


def _is_sold_out(case: Case) -> bool:
    """The piece that it shows her; one that suits her in its place is there."""
    trigger, enrolment = case.definition.trigger, case.enrolment
    shown = trigger in ("view_product", "add_to_cart") and (
        case.definition.message(enrolment.step, enrolment.variant).product == "of_event"
    )
    about_it = shown or trigger in ("back_in_stock", "price_dropped")
    return about_it and case.situation.available < 1


def _nothing_is_left(case: Case) -> bool:
    stands = case.situation
    empty_cart = case.enrolment.subject_kind in ("cart", "window_cart") and stands.available < 1
    return stands.is_over or empty_cart


def _was_told(case: Case) -> bool:
    return case.definition.trigger == "price_dropped" and case.situation.told_before


def _cap_is_reached(case: Case) -> bool:
    return case.is_marketing and case.situation.sent_of_rule >= case.definition.cap.times


def _is_too_late(case: Case) -> bool:
    return case.now > step_due(case.enrolment, case.definition) + STALE + timedelta(days=3)


def _talks(case: Case) -> datetime | None:
    """What she is told by a rule would cut into what she is saying."""
    last = case.situation.last_inbound_at
    return last + TALKS_FOR if last is not None and case.now - last < TALKS_FOR else None


def _prompt_is_open(case: Case) -> datetime | None:
    return case.now + LOOK_AGAIN if case.situation.prompt_open else None


def _waits_for_consent(case: Case) -> datetime | None:
    return case.now + HOLD if case.is_marketing and not case.situation.may_market else None


def _is_held_back(case: Case) -> datetime | None:
    """WhatsApp said that she gets too much: nothing, by no channel, for a growing time."""
    at = case.situation.limited_at
    if not case.is_marketing or at is None:
        return None
    rest = min(LIMIT_REST * 2 ** max(case.situation.limited_times - 1, 0), LONGEST_REST)
    return at + rest if case.now < at + rest else None


def _is_quiet(case: Case) -> datetime | None:
    if not case.is_marketing and case.now - case.enrolment.began_at < FRESH:
        return None
    hours = case.definition.hours
    pace = Pace(opens=hours.opens, closes=hours.closes)
    zone = zone_of(case.situation.identity or "", shop=case.shop_zone)
    opens = next_open(case.now, pace, zone)
    return opens if opens > case.now else None


def _has_no_way(case: Case) -> bool:
    stands = case.situation
    if stands.identity is None:
        return True
    return case.is_marketing and takes_no_marketing(stands.phone or stands.identity)


_QUESTIONS: Mapping[Reason, Question] = {
    "rule_off": lambda case: not case.rule_on,
    "erased": lambda case: case.situation.is_gone,
    "held_out": lambda case: case.enrolment.held_out,
    "opted_out": lambda case: case.situation.opted_out,
    "bought": _has_bought,
    "replied": lambda case: case.situation.replied_at is not None,
    "nothing_left": _nothing_is_left,
    "out_of_stock": _is_sold_out,
    "price_back": _price_is_back,
    "told_before": _was_told,
    "conditions": lambda case: not (case.in_segment and _fulfilled(case)),
    "rule_cap": _cap_is_reached,
    "too_late": _is_too_late,
    "suppressed": lambda case: case.is_marketing and case.situation.suppressed,
    "no_channel": _has_no_way,
    "no_consent": _waits_for_consent,
    "shop_paused": lambda case: case.now + LOOK_AGAIN if case.shop_paused else None,
    "with_person": lambda case: case.now + HOLD if case.situation.handed_off_at else None,
    "prompt_open": _prompt_is_open,
    "talking": _talks,
    "cool_off": _is_held_back,
    "quiet_hours": _is_quiet,
}
