"""Browser windows of people: one for each person and language, signed in once."""

from __future__ import annotations

import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Playwright

from mediation.models.database import db
from mediation.services import sign_ins
from mediation.workflow.stages import Stage
from tests.browser.kinds import Finder
from tests.site import PASSWORD, Site


def launched(playwright: Playwright) -> Browser:
    """A missing browser fails here, it is never skipped."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not there: ./dev setup test says how to install it"
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


class Rooms:
    """Kept for a whole session: signing in is slow, and an account has only so many sign-ins."""

    def __init__(self, site: Site, address: str, finder: Finder, chromium: Browser) -> None:
        self.site, self.address, self.finder, self.chromium = site, address, finder, chromium
        self.tokens: dict[str, str] = {}
        self._kept: dict[tuple[str, str], BrowserContext] = {}

    def of(self, who: str, language: str) -> BrowserContext:
        if (who, language) not in self._kept:
            self._kept[who, language] = self.fresh(who, language)
        return self._kept[who, language]

    def fresh(self, who: str, language: str, **rest: Any) -> BrowserContext:
        """A window of its own. `who`: a login, "" for nobody, or "party N" of the case with signatures."""
        context = self.chromium.new_context(base_url=self.address, locale="zh-CN", **rest)
        cookies: list[Any] = [{"name": "language", "value": language, "url": self.address}]
        if who:
            cookies.append({"name": "wusong", "value": self._token(who), "url": self.address})
        context.add_cookies(cookies)
        return context

    def _token(self, who: str) -> str:
        if who not in self.tokens:
            self.tokens[who] = self._party(who) if who.startswith("party") else self._staff(who)
        return self.tokens[who]

    def _party(self, who: str) -> str:
        stage = who.partition(" ")[2].upper() or Stage.SIGNING.name
        return self.finder.party_token(Stage[stage])

    def _staff(self, who: str) -> str:
        with self.site.app.app_context():
            attempt = sign_ins.sign_in(
                who, PASSWORD, source="browser", shared=False, clock=self.site.clock.clock,
                passwords=self.site.app.extensions["passwords"],
            )  # fmt: skip
            db.session.remove()
        assert attempt.token, f"{who} cannot sign in"
        return attempt.token
