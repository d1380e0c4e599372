"""What tours of a demo have in common: their lines, and how a person of the demo signs in."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from rich.table import Column, Table

from dukani.demo_people import PASSWORD


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    wanted: str
    found: str

    @property
    def holds(self) -> bool:
        return self.wanted == self.found


def sign_in(http: httpx.Client, email: str) -> tuple[str, str]:
    """The person's shop, and a token."""
    session = http.post(
        "/auth/v1/token?grant_type=password", json={"email": email, "password": PASSWORD}
    )
    token = str(session.raise_for_status().json()["access_token"])
    me = http.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})
    return str(me.raise_for_status().json()["boutiques"][0]["boutique_id"]), token


def table_of(lines: list[Line]) -> Table:
    table = Table(Column(no_wrap=True), "Wanted", "Found", "")
    for line in lines:
        table.add_row(
            line.what, line.wanted, line.found, "" if line.holds else "[red]does not hold"
        )
    return table
