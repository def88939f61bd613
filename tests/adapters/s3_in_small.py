"""A bucket on loopback that knows as much of S3 as the evidence store speaks."""

from http.server import BaseHTTPRequestHandler
from typing import ClassVar
from urllib.parse import parse_qs, unquote, urlsplit


class S3InSmall(BaseHTTPRequestHandler):
    """Creates once, gets and lists; one bucket for all, named evidence."""

    protocol_version = "HTTP/1.1"
    kept: ClassVar[dict[str, bytes]] = {}

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        once = self.headers.get("If-None-Match") == "*"
        if once and self.path in self.kept:
            self._answer(412, b"")
        else:
            self.kept[self.path] = content
            self._answer(200, b"")

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        prefix = parse_qs(place.query).get("prefix")
        if prefix:
            self._answer(200, self._listed(prefix[0]))
        elif place.path in self.kept:
            self._answer(200, self.kept[place.path])
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def _listed(self, prefix: str) -> bytes:
        keys = [unquote(path.removeprefix("/evidence/")) for path in self.kept]
        entries = "".join(
            f"<Contents><Key>{key}</Key><LastModified>2026-11-23T08:00:00.000Z</LastModified><Size>0</Size>"
            f"<ETag>x</ETag></Contents>"
            for key in keys
            if key.startswith(prefix)
        )
        return f"<ListBucketResult>{entries}</ListBucketResult>".encode()

    def _answer(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Mon, 23 Nov 2026 08:00:00 GMT")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the library's name
        """Keep the test's output quiet."""
