"""How long the web server keeps a connection on which nothing is asked."""

from __future__ import annotations

import httpx
from fastapi import FastAPI

from dukani.core.settings import Settings
from dukani.serving import WebServer

LOAD_BALANCERS_KEEP_S = 60  # nginx and those of the clouds, as they are set by default


def test_a_caller_is_the_one_who_closes_an_idle_connection():
    app = FastAPI()
    app.state.end_streams = lambda: None
    server = WebServer(app, Settings(), on_started=lambda: None)

    kept_s = server.config.timeout_keep_alive

    assert kept_s > (httpx.Limits().keepalive_expiry or 0)
    assert kept_s > LOAD_BALANCERS_KEEP_S
