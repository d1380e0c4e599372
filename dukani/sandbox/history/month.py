"""Plans the month: who writes on which day, and what comes of it. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from dukani.sandbox.history.people import Person

What = Literal[
    "orders",  # chooses a piece and agrees to the total; the prompt is sent
    "pays",
    "pays_less",  # so a person must look
    "cancels_prompt",
    "gives_up",  # cancels the unpaid order
    "is_sent",
    "arrives",
    "thanks",
    "asks",  # about the shop, and buys nothing
    "looks",  # at a photo's likes, and buys nothing yet
    "asks_in_vain",  # for what the shop has not, or has not said
    "calls",  # wants a person
    "is_answered",  # by a person, who hands back
    "wants_change",  # of an order
    "stops",  # wants no messages
    "counter",  # sold in the shop, to nobody known
    "restock",
    "campaign",  # to all who agreed to offers
]

_BUYERS_BY_WEEKDAY = (1, 1, 2, 2, 3, 3, 1)  # Monday first
_COUNTER_BY_WEEKDAY = (1, 0, 1, 1, 2, 3, 0)
_FIRST_HOUR, _LAST_HOUR = 9, 21
_CAMPAIGN_DAYS_AGO = 11
_VAIN_WISHES, _VAIN_DAYS = 24, 26
_PAID_JUST_NOW = (70, 115)  # minutes ago
_REST_OF_A_CUSTOMER = timedelta(days=3)  # nobody of the plan buys more often


@dataclass(frozen=True, slots=True)
class Act:
    at: datetime  # UTC or another zone, never naive
    what: What
    person: Person | None = None  # None: nobody known
    visit: int = 0  # acts of one order have the same


def plan_month(
    people: Sequence[Person], *, days: int, now: datetime, zone: ZoneInfo, seed: int
) -> list[Act]:
    """All acts of the last `days` days until `now`, in the order in which they happened."""
    plan = _Plan(people, now=now, zone=zone, seed=seed)
    plan.add_what_waits()  # first, while everybody is free to come
    today = now.astimezone(zone).date()
    for back in range(days, -1, -1):
        plan.add_day(today - timedelta(days=back), is_today=back == 0)
    plan.add_wished_changes()
    plan.add_campaign(today, days=days)
    plan.add_vain_wishes(days=days)
    plan.add_what_is_to_send()
    return sorted((act for act in plan.acts if act.at <= now), key=lambda act: act.at)


class _Plan:
    def __init__(
        self, people: Sequence[Person], *, now: datetime, zone: ZoneInfo, seed: int
    ) -> None:
        self.acts: list[Act] = []
        self._people, self._now, self._zone = people, now, zone
        self._random = random.Random(seed)
        self._seen: dict[str, list[datetime]] = {person.phone: [] for person in people}
        self._visits = 0

    def add_day(self, day: date, *, is_today: bool) -> None:
        for at in self._hours(day, _BUYERS_BY_WEEKDAY[day.weekday()], is_today=is_today):
            if person := self._somebody(at):
                self._add_purchase(person, at)
        for at in self._hours(day, _COUNTER_BY_WEEKDAY[day.weekday()], is_today=is_today):
            self.acts.append(Act(at, "counter"))
        if self._random.random() < 0.6:
            for at in self._hours(day, 1, is_today=is_today):
                if person := self._somebody(at):
                    what: What = "asks" if self._random.random() < 0.6 else "looks"
                    self.acts.append(Act(at, what, person))
        self.acts.append(Act(datetime.combine(day, time(8, 30), self._zone), "restock"))

    def add_what_waits(self) -> None:
        """What an owner finds on her desk: chats, a payment to look at, an opt-out."""
        for minutes in (25, 95):
            at = self._now - timedelta(minutes=minutes)
            if person := self._somebody(at):
                self.acts.append(Act(at, "calls", person))
        answered = self._now - timedelta(days=4, hours=3)
        if person := self._somebody(answered):
            self.acts.append(Act(answered, "calls", person))
            self.acts.append(Act(answered + timedelta(minutes=12), "is_answered", person))
        if person := self._somebody(self._now - timedelta(hours=5)):
            self._add_underpaid(person, self._now - timedelta(hours=5))
        if person := self._somebody(self._now - timedelta(days=9)):
            self.acts.append(Act(self._now - timedelta(days=9), "stops", person))

    def add_what_is_to_send(self) -> None:
        """Orders paid and not sent, at hours before which the shop has sent all of the plan."""
        sent = {act.visit for act in self.acts if act.what == "is_sent" and act.at <= self._now}
        paid = {act.visit for act in self.acts if act.what == "pays" and act.at <= self._now}
        for minutes in _PAID_JUST_NOW[len(paid - sent) :]:
            at = self._now - timedelta(minutes=minutes)
            if person := self._somebody(at):
                visit = self._next_visit()
                self.acts.append(Act(at, "orders", person, visit))
                self.acts.append(Act(at + timedelta(minutes=6), "pays", person, visit))

    def add_wished_changes(self) -> None:
        """Of two orders paid lately."""
        paid = [act for act in self.acts if act.what == "pays" and act.at < self._now]
        for act in sorted(paid, key=lambda act: act.at)[-5:-3]:
            later = min(act.at + timedelta(hours=2), self._now - timedelta(minutes=3))
            self.acts.append(Act(later, "wants_change", act.person, act.visit))

    def add_campaign(self, today: date, *, days: int) -> None:
        """Long enough ago that its customers may be written to again, and had bought before."""
        if days >= _CAMPAIGN_DAYS_AGO + 4:
            day = today - timedelta(days=_CAMPAIGN_DAYS_AGO)
            self.acts.append(Act(datetime.combine(day, time(10, 30), self._zone), "campaign"))

    def add_vain_wishes(self, *, days: int) -> None:
        """Of anybody, at hours of their own; what else the month has does not depend on them."""
        rng = random.Random(len(self._people) + days)
        for nth in range(_VAIN_WISHES):
            back = timedelta(days=rng.uniform(0.2, min(days, _VAIN_DAYS)))
            self.acts.append(Act(self._now - back, "asks_in_vain", rng.choice(self._people), nth))

    def _add_purchase(self, person: Person, at: datetime) -> None:
        visit = self._next_visit()
        self.acts.append(Act(at, "orders", person, visit))
        agreed = at + timedelta(minutes=self._random.randint(5, 9))
        if self._random.random() < 0.1:
            self.acts.append(Act(agreed, "cancels_prompt", person, visit))
            given_up = agreed + timedelta(minutes=6)
            self.acts.append(Act(given_up, "gives_up", person, visit))
            return
        self.acts.append(Act(agreed, "pays", person, visit))
        sent = self._in_working_hours(agreed + timedelta(hours=self._random.randint(3, 20)))
        self.acts.append(Act(sent, "is_sent", person, visit))
        arrived = self._in_working_hours(sent + timedelta(hours=self._random.randint(5, 40)))
        self.acts.append(Act(arrived, "arrives", person, visit))
        if self._random.random() < 0.5:
            self.acts.append(Act(arrived + timedelta(minutes=14), "thanks", person, visit))

    def _add_underpaid(self, person: Person, at: datetime) -> None:
        visit = self._next_visit()
        self.acts.append(Act(at, "orders", person, visit))
        self.acts.append(Act(at + timedelta(minutes=7), "pays_less", person, visit))

    def _next_visit(self) -> int:
        self._visits += 1
        return self._visits

    def _hours(self, day: date, count: int, *, is_today: bool) -> Iterator[datetime]:
        """Times of the day; today's lie before now, however early it is."""
        first = datetime.combine(day, time(0 if is_today else _FIRST_HOUR), self._zone)
        last = datetime.combine(day, time(_LAST_HOUR), self._zone)
        if is_today:
            first = max(first, self._now - timedelta(hours=10))
            last = self._now - timedelta(minutes=11)
        span = (last - first).total_seconds()
        if span <= 0:
            return
        for _ in range(count):
            yield first + timedelta(seconds=self._random.uniform(0, span))

    def _in_working_hours(self, at: datetime) -> datetime:
        local = at.astimezone(self._zone)
        if local.hour >= 18:
            local = (local + timedelta(days=1)).replace(hour=10, minute=self._random.randint(0, 59))
        elif local.hour < 9:
            local = local.replace(hour=10, minute=self._random.randint(0, 59))
        return local

    def _somebody(self, at: datetime) -> Person | None:
        """Somebody who writes on no day near this one; None: all do."""
        rested = [
            person
            for person in self._people
            if all(abs(at - seen) >= _REST_OF_A_CUSTOMER for seen in self._seen[person.phone])
        ]
        if not rested:
            return None
        person = self._random.choice(rested)
        self._seen[person.phone].append(at)
        return person
