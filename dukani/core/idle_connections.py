"""How long our servers keep a connection on which nothing is asked."""

from __future__ import annotations

# Longer than any caller keeps one (httpx 5 s, load balancers 60 s): where the server closes first,
# a call that is on its way meets a closed connection and is lost. Twilio calls once.
IDLE_CONNECTION_S = 75
