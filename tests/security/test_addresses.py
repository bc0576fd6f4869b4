"""Odd addresses, odd requests: a page that says so, never a crash, never somewhere else."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from mediation.app import create_app
from mediation.web.gate import own_path
from tests import ride_along
from tests.browsers import Browser
from tests.doors import Browsers, Door, doors
from tests.site import Site, settings
from tests.standing import Standing

ODD = ("\x00", "9" * 24, "..%2f..%2fetc")
LISTS = ("/disputes", "/court", "/board", "/audit", "/handovers/done")
ODD_QUERIES = ("%00", "9" * 24, "%ff%fe'", "%E2%80%AE", "2026-99", "0001-01")
ASKED = ("q", "after", "before", "name", "on", "moved")


def with_odd_parts(door: Door, known: set[str]) -> list[str]:
    """The address with each of its values in turn replaced by odd ones."""
    parts = door.url.split("/")
    places = [n for n, part in enumerate(parts) if part in known]
    return [
        "/".join([*parts[:n], quote(odd, safe="%"), *parts[n + 1 :]]) for n in places for odd in ODD
    ]


def test_no_address_crashes(shared_standing: Standing) -> None:
    known = {*shared_standing.cases.values(), *(str(v) for v in shared_standing.known.values())}
    browsers, seen = Browsers(shared_standing), set[str]()
    for door in doors(shared_standing):
        for url in with_odd_parts(door, known) if door.endpoint not in seen else ():
            for method in door.methods:
                answer = browsers[door.who].look(url, method=method)
                told = (200,) if door.endpoint.startswith("verify.") else ()  # 查不到
                refused = (302, 303, 400, 404, 405, 410)
                assert answer.status_code in (*refused, *told), f"{method} {url}"
        seen.add(door.endpoint)


@pytest.mark.parametrize("path", LISTS)
def test_no_question_in_an_address_crashes(shared_standing: Standing, path: str) -> None:
    who = {"/court": "luoyiming", "/audit": "huoqing", "/handovers/done": "hetianming"}
    browser = shared_standing.site.browser(who.get(path, "shenjing"))
    for said in ODD_QUERIES:
        for name in ASKED if path != "/board" else ("period",):
            answer = browser.request("GET", f"{path}?{name}={said}")
            expected = 400 if said == "%00" else 200
            assert answer.status_code == expected, f"{path}?{name}={said}"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(sqlite_site: Site, method: str) -> None:
    assert sqlite_site.browser("zhouguilan").request(method, "/disputes").status_code == 405


def test_a_form_sent_as_something_else(sqlite_site: Site) -> None:
    """JSON, half a form, nine hundred files: a page in words, and nothing kept."""
    browser = sqlite_site.browser("zhouguilan")
    for kind, body in (
        ("application/json", b'{"facts": "a"}'),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=a"),
        ("application/x-www-form-urlencoded", b"%" * 5000),
        ("application/x-www-form-urlencoded", b"facts=%ED%A0%80&facts=%FF&=&==&&"),
        ("application/x-www-form-urlencoded", b"facts=\xff\xfe"),
        ("text/plain", b"facts=a"),
    ):
        answer = browser.request("POST", "/disputes/register", data=body, content_type=kind)
        assert answer.status_code == 400, kind


def many_parts(count: int) -> bytes:
    one = '--x\r\nContent-Disposition: form-data; name="p{}"\r\n\r\na\r\n'
    return "".join(one.format(n) for n in range(count)).encode() + b"--x--\r\n"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data; boundary=x", many_parts(1_500)),
        ("application/x-www-form-urlencoded", b"facts=" + b"a" * (3 * 1024 * 1024)),
        (
            "multipart/form-data; boundary=x",
            many_parts(1)[:-7] + b"\r\n" + b"a" * (33 * 1024 * 1024),
        ),
    ],
    ids=["1500 parts", "3 MB of words", "33 MB"],
)
def test_too_much_is_said_to_be_too_much(sqlite_site: Site, kind: str, body: bytes) -> None:
    browser = sqlite_site.browser("zhouguilan")
    answer = browser.request("POST", "/disputes/register", data=body, content_type=kind)
    assert answer.status_code == 413
    assert "没有丢" in answer.text


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example",
        "https://evil.example", "javascript:alert(1)", " //evil.example", "/\x00/evil.example", "",
        "evil", "///evil.example",
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere(sqlite_site: Site, wanted: str) -> None:
    assert own_path(wanted) is None
    browser = sqlite_site.browser()
    page = browser.get("/sign-in")
    _, fields = browser.filled(page, login="zhouguilan", password="桂花树下说说话")
    answer = browser.request("POST", f"/sign-in?next={quote(wanted)}", data=fields)
    assert answer.headers.get("Location", "/") == "/"  # a NUL goes no further at all
    _, fields = browser.filled(browser.get("/"), to="/preferences", next=wanted, language="en")
    assert browser.request("POST", "/preferences", data=fields).headers["Location"] == "/"


def test_one_comes_back_to_where_one_wanted_to_go(sqlite_site: Site) -> None:
    browser = sqlite_site.browser()
    page = browser.get("/disputes?phase=intake")
    page = browser.send(page, login="zhouguilan", password="桂花树下说说话")
    assert page.url == "/disputes?phase=intake"


def test_a_forged_host_stands_in_no_link(sqlite_site: Site) -> None:
    """The one link with a host in it opens an account: it carries the site's own address."""
    browser = sqlite_site.browser("bailu")
    action, fields = browser.filled(browser.get("/accounts/linxiaohe"), to="/password")
    answer = browser.request("POST", action, data=fields)
    assert "https://wusong.example/set-up/" in answer.text
    answer = browser.request("POST", action, data=fields, headers={"Host": "evil.example"})
    assert answer.status_code == 400, "no browser sends our cookies to another name"
    assert "evil.example" not in answer.text


def test_a_site_that_lists_its_names_answers_to_no_other(sqlite_site: Site) -> None:
    folder = sqlite_site.app.extensions["config"].instance
    client = create_app(settings(folder, trusted_hosts=("diaojie.example",))).test_client()
    for host, status in (
        ("diaojie.example", 200), ("wusong.example", 200), ("localhost", 200), ("evil.example", 400),
    ):  # fmt: skip
        answer = client.get("/sign-in", headers={"Host": host})
        assert answer.status_code == status, host
        ride_along.check(answer)
    refused = client.get("/sign-in", headers={"Host": "evil.example"})
    assert "自己的网址" in refused.text


@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"]
)
def test_what_a_proxy_would_say_is_believed_of_a_proxy_only(sqlite_site: Site, header: str) -> None:
    browser: Browser = sqlite_site.browser("bailu")
    page = browser.get("/accounts/linxiaohe")
    action, fields = browser.filled(page, to="/password")
    answer = browser.request("POST", action, data=fields, headers={header: "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.text
    assert "Strict-Transport-Security" not in answer.headers


def test_behind_a_proxy_the_line_is_known_to_be_encrypted(
    sqlite_site: Site, tmp_path: object
) -> None:
    config = sqlite_site.app.extensions["config"]
    app = create_app(settings(config.instance, behind_proxy=True, secure_cookies=True))
    answer = app.test_client().get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    ride_along.check(answer)
    assert answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-wusong_form=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {
        c.strip() for c in cookie.split(";")
    }


def test_static_files_stay_in_their_folder(sqlite_site: Site) -> None:
    browser = sqlite_site.browser()
    for path in (
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
    ):
        assert browser.request("GET", path).status_code == 404, path
