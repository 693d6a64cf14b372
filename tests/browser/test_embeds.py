"""A page of somebody else, on another port, that shows what is on this site."""

import threading
from contextlib import closing, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytestmark = pytest.mark.slow


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


@contextmanager
def elsewhere(folder):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_one_line_on_another_page_shows_the_wire_as_high_as_it_is(
    chromium, site, tmp_path
):
    line = f'<script async src="{site.url}/embed.js" data-address="{site.url}/wire/">'
    (tmp_path / "index.html").write_text(f"<!doctype html><h1>Ours</h1>{line}</script>")
    with elsewhere(tmp_path) as address, closing(chromium.new_context()) as context:
        page = context.new_page()
        page.goto(address)
        frame = page.frame_locator("iframe")
        frame.locator("h2").first.wait_for()
        page.wait_for_function(
            "() => document.querySelector('iframe').clientHeight > 400"
        )
        placed = page.locator("iframe").evaluate("frame => frame.clientHeight")
        inside = frame.locator("body").evaluate("body => body.clientHeight")
        assert abs(placed - inside) <= 4
        assert frame.locator("body").evaluate("() => window.origin") == "null"
        assert context.cookies() == []
