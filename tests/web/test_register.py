"""Registering at the counter, end to end over HTTP."""

from __future__ import annotations

from tests.site import Site

FILLED = {
    "title": "晒谷坪边的排水沟",
    "facts": "下雨天水从上面的坪流进下面的院子。",
}


def test_every_role_signs_in_and_sees_a_first_page(site: Site) -> None:
    for who in ("zhouguilan", "linxiaohe", "fangwei", "luoyiming", "shenjing"):
        page = site.browser(who).get("/disputes")
        assert page.status == 200
