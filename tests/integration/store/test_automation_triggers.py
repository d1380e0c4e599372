"""Everything that has a line for each trigger of the rules knows all of them."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest

from dukani.core.store import automation_subjects, automation_timeline
from dukani.domain.automations import TRIGGERS, SubjectOf

THE_CHECK = """select pg_get_constraintdef(oid) as told from pg_constraint
  where conname = 'automation_rules_trigger_check'"""
THE_INDEX = """select pg_get_indexdef('public.domain_events_of_automations'::regclass) as told"""


def named(told: str) -> set[str]:
    return set(re.findall(r"'([a-z_]+)'", told))


def of_the_database(superuser_url: str, statement: Any) -> set[str]:
    with psycopg.connect(superuser_url) as conn:
        row = conn.execute(statement).fetchone()
    assert row is not None
    return named(row[0])


def test_the_table_of_rules_takes_the_triggers_there_are(superuser_url: str) -> None:
    assert of_the_database(superuser_url, THE_CHECK) == set(TRIGGERS)


def test_the_timeline_shows_every_trigger_and_reads_by_its_index(superuser_url: str) -> None:
    shown = named(automation_timeline.KINDS)

    assert set(TRIGGERS) <= shown
    assert of_the_database(superuser_url, THE_INDEX) == shown


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_rule_of_each_trigger_is_about_something_and_can_be_tried(trigger: str) -> None:
    assert trigger in SubjectOf
    assert trigger in automation_subjects.OF
