"""The dashboard's client is generated from the API as it is."""

from __future__ import annotations

import json
from functools import cache

import pytest

from scripts.describe_api import DESCRIPTION, description

described = cache(description)


@pytest.mark.skipif(not DESCRIPTION.exists(), reason="the dashboard is not here")
def test_the_dashboard_knows_the_api_as_it_is():
    assert DESCRIPTION.read_text() == described(), (
        "run `python -m scripts.describe_api`, then `npm run client` in dashboard/"
    )


def test_the_description_names_each_route_by_its_handler():
    paths = json.loads(described())["paths"]

    assert paths["/me"]["get"]["operationId"] == "get_me"
