"""A test's browser: a client that fills forms in as people do and checks every answer it gets."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field
from time import sleep
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import ride_along


@dataclass
class Page:
    """One answer, parsed once."""

    response: TestResponse
    tree: Element
    sent: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return self.response.text

    @property
    def words(self) -> str:
        """What a person reads: the text of the page, spaces folded."""
        main = next(self.tree.iter("body"), self.tree)
        return " ".join(" ".join(main.itertext()).split())

    @property
    def url(self) -> str:
        return self.response.request.full_path.rstrip("?")

    def forms(self) -> list[Element]:
        return [f for f in self.tree.iter("form") if f.get("method", "get").lower() == "post"]

    def links(self) -> list[str]:
        return [a.get("href", "") for a in self.tree.iter("a")]


def parse(response: TestResponse) -> Page:
    tree, _ = ride_along.read(response.text)
    return Page(response, tree)


class Browser:
    """Follows redirects, keeps cookies, and rides along (tests/ride_along.py)."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def set_cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value)

    def get(self, url: str, *, status: int = 200) -> Page:
        return self._answered(_apart(self.client.get, url, follow_redirects=True), status)

    def raw(self, url: str) -> TestResponse:
        """A file, or a redirect not followed."""
        response = _apart(self.client.get, url)
        ride_along.check(response)
        return response

    def draft(self, url: str) -> TestResponse:
        """A draft that is drawn beside the pages: first the page that waits for it, then the file."""
        for _ in range(600):
            response = self.raw(url)
            if response.mimetype != "text/html" or response.status_code != 200:
                return response
            sleep(0.05)
        raise AssertionError(f"{url} is never drawn")

    def post(self, url: str, data: dict[str, Any], *, status: int = 200) -> Page:
        """Exactly these fields and no more: for forged, stale and doubled forms."""
        response = _apart(self.client.post, url, data=data, follow_redirects=True)
        return self._answered(response, status, data)

    def look(self, url: str, **rest: Any) -> TestResponse:
        """An answer that is not looked into on the way: for walks over hundreds of pages."""
        return _apart(self.client.open, url, **rest)

    def send_blind(self, url: str, data: dict[str, Any]) -> TestResponse:
        """The same for a form."""
        return _apart(self.client.post, url, data=data)

    def request(self, method: str, url: str, **rest: Any) -> TestResponse:
        """Anything at all, as no page of ours would ask; redirects are not followed."""
        response = _apart(self.client.open, url, method=method, **rest)
        ride_along.check(response)
        return response

    def answer(self, url: str, data: dict[str, Any]) -> Page:
        """The page that answers these fields, whatever its status; redirects are not followed."""
        response = _apart(self.client.post, url, data=data)
        ride_along.check(response, data)
        return parse(response)

    def submit(self, url: str, *, status: int = 200, to: str = "", **fields: Any) -> Page:
        """Open the page, fill its form in, send it. `to` picks the form by the end of its action."""
        return self.send(self.get(url), status=status, to=to, **fields)

    def send(self, page: Page, *, status: int = 200, to: str = "", **fields: Any) -> Page:
        action, filled = self.filled(page, to=to, **fields)
        return self.post(action, filled, status=status)

    def filled(self, page: Page, *, to: str = "", **fields: Any) -> tuple[str, dict[str, Any]]:
        """The form's address and all its fields, with these changed; None leaves a field out."""
        form = self._form(page, to, set(fields))
        data = _values(form)
        for name, value in fields.items():
            data[name.replace("__", "-")] = value
        action = form.get("action") or page.url
        return action, {name: value for name, value in data.items() if value is not None}

    def _form(self, page: Page, to: str, names: set[str]) -> Element:
        forms = [f for f in page.forms() if urlsplit(f.get("action") or page.url).path.endswith(to)]
        fitting = [f for f in forms if names <= {n.replace("-", "__") for n in _names(f)}] or forms
        assert fitting, f"no form for {to or page.url} on the page:\n{page.words[:400]}"
        return max(fitting, key=lambda f: len(_names(f)))

    def _answered(self, response: TestResponse, status: int, sent: Any = None) -> Page:
        ride_along.check(response, sent or {})
        page = parse(response)
        page.sent = dict(sent or {})
        said = page.words[:600]
        assert response.status_code == status, f"{response.status_code} at {page.url}: {said}"
        return page


def _apart(call: Callable[..., TestResponse], *args: Any, **rest: Any) -> TestResponse:
    """A request in a context of its own: Flask would lend it the test's `g` and session else."""
    return Context().run(call, *args, **rest)


def _names(form: Element) -> set[str]:
    return {f.get("name", "") for f in _fields(form)} - {""}


def _fields(form: Element) -> list[Element]:
    return [f for f in form.iter() if f.tag in ("input", "textarea", "select")]


def _values(form: Element) -> dict[str, Any]:
    """What a browser would send if nothing were touched."""
    data: dict[str, Any] = {}
    for element in _fields(form):
        name, kind = element.get("name"), element.get("type", "text")
        if not name or (kind in ("checkbox", "radio") and element.get("checked") is None):
            continue
        if kind in ("submit", "file", "button"):
            continue
        if kind == "checkbox" and name in data:
            before = data[name] if isinstance(data[name], list) else [data[name]]
            data[name] = [*before, _value(element)]
        else:
            data[name] = _value(element)
    return data


def _value(element: Element) -> str:
    if element.tag == "textarea":
        return "".join(element.itertext()).removeprefix("\n")
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [o for o in options if o.get("selected") is not None] or options[:1]
        return next((o.get("value", "") for o in chosen), "")
    return element.get("value", "on" if element.get("type") == "checkbox" else "")
