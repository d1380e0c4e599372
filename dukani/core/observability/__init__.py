"""What operators see of a running process: logs, traces (Langfuse) and errors (Sentry).

Traces and errors leave the machine, and only where their keys are set; everything is masked first
(`masking.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from dukani.core.observability import errors, tracing
from dukani.core.observability.masking import hide_secrets
from dukani.core.settings import Settings


@contextmanager
def observed(settings: Settings) -> Iterator[None]:
    """Sends traces and errors during the block, as far as keys are set, and the rest at its end.

    Neither library is imported without its key: Langfuse takes most of a second.
    """
    hide_secrets(settings)  # the log, too, has errors that quote them
    with ExitStack() as open_:
        if settings.sentry.dsn is not None:
            open_.enter_context(errors.reported(settings.sentry))
        if settings.langfuse.public_key and settings.langfuse.secret_key is not None:
            open_.enter_context(tracing.traced(settings.langfuse))
        yield
