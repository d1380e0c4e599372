"""Checks that a port can be listened on, and finds a free one."""

from __future__ import annotations

import errno
import os
import socket

from dukani.core.errors import ConfigurationError
from dukani.core.settings import Settings

LAST_PORT = 65535


def check_port(settings: Settings) -> None:
    """Raises ConfigurationError when another process listens on the port."""
    host, port = settings.web.host, settings.web.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        # A name too long for the resolver is a UnicodeError, a NUL in it a ValueError.
        except (OSError, ValueError) as error:
            raise ConfigurationError(_port_problem(error, host, port)) from error


def _port_problem(error: OSError | ValueError, host: str, port: int) -> str:
    other = port + 1 if port < LAST_PORT else port - 1
    choose = f"choose another one with --port {other} (or DUKANI_WEB__PORT)"
    if not isinstance(error, OSError) or isinstance(error, socket.gaierror):
        return f"DUKANI_WEB__HOST={host!r} is no address of this machine: 127.0.0.1 or 0.0.0.0."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: stop that one, or {choose}."
    reason = os.strerror(error.errno) if error.errno else str(error)
    return f"Cannot listen on {host}:{port} ({reason}): {choose}."


def free_port(host: str) -> int:
    """A port that no process listens on at the moment."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])
