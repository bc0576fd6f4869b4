"""What every answer of every test must be: safe headers, clean HTML, labels, tokens, nobody's numbers."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_NUMBER = re.compile(
    r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?!\d)"
)
# The only pages that show a whole number: a reveal that was recorded, with its reason.
_REVEALS = ("/reveal", "/call")
# Where html5lib is stricter than the standard of today.
_FORGIVEN = {"invalid-codepoint"}


@lru_cache(maxsize=8)
def read(text: str) -> tuple[Element, tuple[Any, ...]]:
    """The page as a tree, and what is not clean in it: read once, however many look at it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(text), tuple(parser.errors)


def check(response: TestResponse, sent: dict[str, Any] | None = None) -> None:
    """Raises AssertionError with what is wrong; called for every answer of every test."""
    for step in [*response.history, response]:
        _check_one(step, sent or {})


def _check_one(response: TestResponse, sent: dict[str, Any]) -> None:
    where = f"{response.request.method} {response.request.path}"
    assert response.status_code < 500 or response.status_code == 507, f"{where}: {response.status}"
    _check_headers(response, where)
    if (response.mimetype == "text/html" and response.data and response.status_code < 300) or (
        response.status_code >= 400 and response.mimetype == "text/html"
    ):
        _check_page(response, where, sent)


def _check_headers(response: TestResponse, where: str) -> None:
    policy = response.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy, f"{where}: no content policy"
    assert "unsafe-inline" not in policy, f"{where}: inline allowed"
    assert "unsafe-eval" not in policy, f"{where}: eval allowed"
    assert response.headers.get("X-Content-Type-Options") == "nosniff", where
    assert response.headers.get("Referrer-Policy") == "no-referrer", where
    if not response.request.path.startswith("/static/"):
        assert response.headers.get("Cache-Control") == "no-store", where


def _check_page(response: TestResponse, where: str, sent: dict[str, Any]) -> None:
    tree, errors = read(response.text)
    wrong = [e for e in errors if e[1] not in _FORGIVEN]
    assert not wrong, f"{where}: not clean HTML: {wrong[:3]}"
    whole = next(tree.iter("main"), None) is not None
    if whole:
        assert len(list(tree.iter("h1"))) == 1, f"{where}: not one h1"
        html = next(tree.iter("html"))
        assert html.get("lang"), f"{where}: no language"
    _check_ids(tree, where)
    _check_inline(tree, where)
    _check_labels(tree, where)
    _check_tokens(tree, where)
    _check_numbers(response, where, sent)


def _check_ids(tree: Element, where: str) -> None:
    doubled = [
        i for i, n in Counter(e.get("id") for e in tree.iter() if e.get("id")).items() if n > 1
    ]
    assert not doubled, f"{where}: ids twice: {doubled}"


def _check_inline(tree: Element, where: str) -> None:
    for element in tree.iter():
        assert "style" not in element.attrib, f"{where}: inline style on {element.tag}"
        handlers = [a for a in element.attrib if a.startswith("on")]
        assert not handlers, f"{where}: {handlers} on {element.tag}"
        if element.tag == "script" and element.get("type") != "application/json":
            assert element.get("src"), f"{where}: inline script"


def _check_labels(tree: Element, where: str) -> None:
    labelled = {e.get("for") for e in tree.iter("label")}
    inside = {id(f) for label in tree.iter("label") for f in label.iter()}
    for field in tree.iter():
        if field.tag not in ("input", "select", "textarea"):
            continue
        if field.get("type") in ("hidden", "submit", "button"):
            continue
        named = field.get("id") in labelled or id(field) in inside or field.get("aria-label")
        assert named or field.get("aria-labelledby"), f"{where}: no label: {field.attrib}"


def _check_tokens(tree: Element, where: str) -> None:
    for form in tree.iter("form"):
        if form.get("method", "get").lower() == "post":
            names = {f.get("name") for f in form.iter("input")}
            assert "csrf_token" in names, f"{where}: a form without its token"


def _check_numbers(response: TestResponse, where: str, sent: dict[str, Any]) -> None:
    """Whole telephone and ID numbers are shown nowhere but where a reveal was recorded."""
    if any(step in response.request.path for step in _REVEALS):
        return
    typed = " ".join(str(value) for value in sent.values())
    for pattern in (_PHONE, _ID_NUMBER):
        shown = {n for n in pattern.findall(response.text) if n not in typed}
        assert not shown, f"{where}: shown in full: {shown}"
