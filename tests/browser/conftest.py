"""Real Chromium against the real server: a practice county with stories at every stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from mediation.jobs import Worker
from mediation.models.database import db
from mediation.seeds import stories
from mediation.services import sign_ins
from tests.site import PASSWORD, Site, opened

WIDTHS = {"phone": 360, "desk": 1280}


@pytest.fixture(scope="session")
def practice_site(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, str]]:
    """The county with its stories, served on a port of its own."""
    folder = tmp_path_factory.mktemp("served") / "instance"
    shutil.copytree(sqlite_template, folder)
    with opened(folder, "", "sqlite") as site:
        stories.plant_stories(site.county, site.clock.clock)
        site.draw()
        db.session.remove()
        server = make_server("127.0.0.1", 0, site.app, threaded=True)
        worker = Worker(site.app).start()
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield site, f"http://127.0.0.1:{server.port}"
        finally:
            server.shutdown()
            thread.join(5)
            worker.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A missing browser fails here, it is never skipped."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not there: ./dev setup test says how to install it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture
def visit(practice_site: tuple[Site, str], chromium: Browser) -> Iterator[Open]:
    """`visit(path, who=, language=, width=)`: a page as that person sees it; errors on it fail."""
    site, address = practice_site
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def go(
        path: str, *, who: str | None = None, language: str = "zh", width: str = "phone"
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": WIDTHS[width], "height": 800}, base_url=address, locale="zh-CN"
        )
        contexts.append(context)
        cookies: list[Any] = [{"name": "language", "value": language, "url": address}]
        if who is not None:
            cookies.append({"name": "wusong", "value": _token(site, who), "url": address})
        context.add_cookies(cookies)
        page = context.new_page()
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: wrong.append(str(e)))
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not wrong, f"the browser's console says: {wrong}"


def _token(site: Site, who: str) -> str:
    with site.app.app_context():
        attempt = sign_ins.sign_in(
            who, PASSWORD, source="browser", shared=False, clock=site.clock.clock,
            passwords=site.app.extensions["passwords"],
        )  # fmt: skip
        db.session.remove()
    assert attempt.token
    return attempt.token
