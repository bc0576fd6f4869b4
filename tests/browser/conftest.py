"""Real Chromium against the real server: a practice county with stories at every stage."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.county import served, told
from tests.browser.kinds import Finder
from tests.browser.rooms import Rooms, launched
from tests.site import Site, opened

WIDTHS = {"phone": 360, "desk": 1280}


@pytest.fixture(scope="module")
def practice_site(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, str, Finder]]:
    """Of one file of tests: a process has one site at a time, and others come after this one."""
    folder = tmp_path_factory.mktemp("served") / "instance"
    shutil.copytree(sqlite_template, folder)
    with opened(folder, "", "sqlite") as site:
        finder = told(site)
        with served(site) as address:
            yield site, address, finder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def rooms(practice_site: tuple[Site, str, Finder], chromium: Browser) -> Rooms:
    return Rooms(*practice_site, chromium)


@pytest.fixture(scope="module")
def finder(practice_site: tuple[Site, str, Finder]) -> Finder:
    return practice_site[2]


Open = Callable[..., Page]


@dataclass
class Watched:
    """Pages that are open, and what the browser's console says of them."""

    wrong: list[str] = field(default_factory=list)
    _undo: list[Callable[[], None]] = field(default_factory=list)

    def watch(self, page: Page, path: str, status: int, *, keep: bool) -> None:
        def thrown(error: Any) -> None:
            self.wrong.append(f"{path}: {error}")

        def said(message: Any) -> None:
            if _bad(message, status):
                self.wrong.append(f"{path}: {message.text}")

        page.on("pageerror", thrown)
        page.on("console", said)
        if keep:
            self._undo += [
                lambda: page.remove_listener("pageerror", thrown),
                lambda: page.remove_listener("console", said),
            ]
        else:
            self._undo.append(page.close)

    def end(self) -> None:
        for undo in self._undo:
            undo()


@pytest.fixture
def visit(rooms: Rooms) -> Iterator[Open]:
    """`visit(path, who=, language=, width=)`: a page as that person sees it; errors on it fail.

    Anything else given (javascript, large letters) opens a window of its own; `keep` leaves the
    page open for the next to come, which is quicker and only for those who change nothing.
    """
    watched = Watched()
    alone: list[BrowserContext] = []

    def go(
        path: str, *, who: str = "", language: str = "zh", width: str = "phone", status: int = 200,
        keep: bool = False, **rest: Any,
    ) -> Page:  # fmt: skip
        context = rooms.fresh(who, language, **rest) if rest else rooms.of(who, language)
        if rest:
            alone.append(context)
        page = context.pages[0] if keep and context.pages else context.new_page()
        page.set_viewport_size({"width": WIDTHS[width], "height": 740})
        watched.watch(page, path, status, keep=keep)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        return page

    yield go
    watched.end()
    for context in alone:
        context.close()
    assert not watched.wrong, f"the browser's console says: {watched.wrong}"


def _bad(message: Any, status: int) -> bool:
    """Chromium also notes an answer that was meant: a page of an error, a form to put right, a conflict."""
    meant = any(f"status of {code}" in message.text for code in (status, 409, 422) if code != 200)
    return bool(message.type == "error" and not meant)
