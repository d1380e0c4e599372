"""Writes `dashboard/openapi.json`, of which the dashboard's client is generated.

python -m scripts.describe_api    then, in dashboard: npm run client
"""

from __future__ import annotations

import json
from typing import cast

from dukani.core.services import Services
from dukani.core.settings import ROOT, GivenSettings
from dukani.dashboard_api.app import create_api
from dukani.web.signed_in import TokenVerifier

DESCRIPTION = ROOT / "dashboard" / "openapi.json"


class _OnlySettings:
    """What the description of the API needs of the services: no database and no network."""

    settings = GivenSettings()
    database = None


def description() -> str:
    """The API's OpenAPI document, as text that differs only where the API does."""
    api = create_api(cast(Services, _OnlySettings()), cast(TokenVerifier, None))
    return json.dumps(api.openapi(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    DESCRIPTION.write_text(description(), encoding="utf-8")
