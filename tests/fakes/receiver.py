"""Takes what observability sends over the wire, as Langfuse and as Sentry."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from unittest.mock import patch

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from dukani.core.observability import errors

# A process that ends does not wait longer than `errors.CLOSING_S` for Sentry, and loses the rest;
# what is tested is what is told, however busy the machine.
PATIENCE_S = 60.0


@dataclass
class Receiver:
    """Every request, in order: its path and its body, unzipped."""

    url: str = ""
    came: list[tuple[str, bytes]] = field(default_factory=list)

    @property
    def everything(self) -> str:
        """All that came, as one text in which any string would be found."""
        spans = "\n".join(str(span) for span in self.spans())
        return spans + "\n".join(body.decode("utf-8", "replace") for _, body in self.came)

    def spans(self) -> list[dict[str, Any]]:
        """Langfuse's spans: `name`, `id`, `parent`, `trace` (hex) and their attributes."""
        found = []
        for path, body in self.came:
            if not path.endswith("/otel/v1/traces"):
                continue
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    found += [_plain(span) for span in scope.spans]
        return found

    def reports(self) -> list[dict[str, Any]]:
        """Sentry's events and transactions."""
        found = []
        for path, body in self.came:
            if path.endswith("/envelope/"):
                lines = body.split(b"\n")
                items = [json.loads(line) for line in lines[1:] if line.startswith(b"{")]
                found += [item for item in items if "event_id" in item]
        return found


def _plain(span: Any) -> dict[str, Any]:
    attributes = {one.key: _value(one.value) for one in span.attributes}
    events = [{one.key: _value(one.value) for one in event.attributes} for event in span.events]
    ids = {
        "name": span.name, "id": span.span_id, "parent": span.parent_span_id,
        "trace": span.trace_id.hex(),
    }  # fmt: skip
    return ids | attributes | {"events": events, "status": span.status.message}


def _value(value: Any) -> Any:
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [_value(one) for one in value.array_value.values]
    return getattr(value, kind)


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            receiver.came.append((self.path, body))
            self.send_response(200)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with patch.object(errors, "CLOSING_S", PATIENCE_S):
            yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
