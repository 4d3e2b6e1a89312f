"""What visits share and what each has for itself: settings, TLS context, the encoding told by the head of a page."""

from __future__ import annotations

import http.server
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from scrapy.settings import Settings

from crawl.test_certificate import certificate
from crawl.web import AGENT, Keeper, plan, settings, visit
from zmpwatch.crawl.plan import CrawlSettings
from zmpwatch.crawl.response import markup_of
from zmpwatch.crawl.settings import VisitSettings, scrapy_settings
from zmpwatch.model import FailureKind


def test_a_copy_has_the_values_of_the_first_and_changes_alone() -> None:
    first = VisitSettings(scrapy_settings(CrawlSettings(user_agent=AGENT)))
    copy = first.copy()
    assert isinstance(copy, Settings)
    assert copy.copy_to_dict() == Settings(scrapy_settings(CrawlSettings(user_agent=AGENT))).copy_to_dict()
    copy.set("USER_AGENT", "other", priority="spider")
    copy["DOWNLOAD_HANDLERS"].set("http", "other", priority="spider")
    copy.freeze()
    assert first["USER_AGENT"] == AGENT
    assert first["DOWNLOAD_HANDLERS"]["http"] != "other"
    assert not first.frozen


def test_a_visit_loads_nothing_that_is_off() -> None:
    program = (
        "import sys\n"
        "from zmpwatch.crawl.plan import CrawlSettings\n"
        "from zmpwatch.crawl.settings import scrapy_settings\n"
        "from scrapy.settings import Settings\n"
        "from scrapy.utils.misc import load_object\n"
        "settings = Settings(scrapy_settings(CrawlSettings(user_agent='x/1 (+https://example.org)')))\n"
        "for name in ('EXTENSIONS', 'SPIDER_MIDDLEWARES', 'DOWNLOADER_MIDDLEWARES'):\n"
        "    for path in settings.get_component_priority_dict_with_base(name): load_object(path)\n"
        "print([name for name in ('aiohttp', 'tldextract', 'requests') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!doctype html><title>Lipniki</title><p>Strona miasta.</p></html>"
        self.send_response(200 if self.path == "/strona" else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is written to the test's output."""


def test_one_tls_context_and_the_name_of_each_host_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that one host may show is refused from another, though the context was used for the first."""
    from zmpwatch.crawl.handler import _SharedTls

    pem = certificate(tmp_path, host="127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setattr(_SharedTls, "_shared", {})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    kinds = []
    servers = [http.server.ThreadingHTTPServer((address, 0), _Page) for address in ("127.0.0.1", "127.0.0.9")]
    for one in servers:
        one.socket = context.wrap_socket(one.socket, server_side=True)
        threading.Thread(target=one.serve_forever, daemon=True).start()
    try:
        for one in servers:
            place = f"{one.server_address[0]!s}:{one.server_address[1]}"
            url = f"https://{place}/strona"
            sink = visit(plan(url, urls=(url,)), Keeper(), settings(place))
            kinds.append((len(sink.pages), sink.kinds()))
    finally:
        for one in servers:
            one.shutdown()
            one.server_close()
    assert kinds == [(1, []), (0, [FailureKind.TLS])]
    assert len(_SharedTls._shared) == 1


@pytest.mark.parametrize("shift", range(4))
def test_the_encoding_is_told_by_the_head_wherever_it_is_cut(shift: int) -> None:
    body = (" " * shift + "<title>Żory</title>" + "ą€😀" * 4000).encode()
    assert markup_of(body, {}) == body.decode()


def test_another_encoding_is_told_by_the_head_too() -> None:
    body = ("<title>Żory</title><p>" + "Uchwała w sprawie przystąpienia, ósma sesja. " * 900).encode("cp1250")
    assert markup_of(body, {}) == body.decode("cp1250")
