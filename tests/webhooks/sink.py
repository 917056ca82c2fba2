"""A receiver of webhooks on this machine: it keeps what it hears, and answers as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook


@dataclass
class Sink:
    """What was heard, headers and body, and the status to answer with; `after` seconds."""

    url: str = ""
    status: int = 204
    after: float = 0.0
    location: str | None = None
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.heard]

    def verify(self, secret: str) -> None:
        """Raise unless the library that receivers use takes each signature."""
        for headers, body in self.heard:
            Webhook(secret).verify(body, headers)


@contextmanager
def listening() -> Iterator[Sink]:
    """A sink on a free port of the loopback."""
    sink = Sink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sink.heard.append(({name.lower(): said for name, said in self.headers.items()}, body))
            time.sleep(sink.after)
            self.send_response(sink.status)
            if sink.location:
                self.send_header("location", sink.location)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sink.url = f"http://127.0.0.1:{server.server_port}/events"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
