"""A covenant: written, voted on, filed, posted, signed, and read by everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.journeys.desk import CHAIR, MEDIATOR, said
from tests.site import Site


def test_from_the_first_draft_to_the_wall(site: Site) -> None:
    chair, stranger = site.browser(CHAIR), site.browser()
    today = site.clock.clock.today()
    assert "/covenants/start" in chair.get("/covenants").links()
    writing = chair.submit("/covenants/start", place_id=str(site.county.places["柳溪村"]))
    assert writing.url.endswith("/text")
    url = writing.url.removesuffix("/text")
    clauses: dict[str, Any] = {
        "clauses-0-head": "邻里互让", "clauses-0-text": "有话好好说，水沟过路先打招呼。",
        "clauses-1-head": "先说后劝", "clauses-1-text": "谈不拢可以找调解委员会，也随时可以去法院。",
    }  # fmt: skip
    forbidden = chair.send(
        writing,
        status=422,
        preamble="我们柳溪村人",
        **(clauses | {"clauses-2-text": "不准到法院起诉，违者罚款200元"}),
    )
    assert "可以写" in forbidden.words, "what may not stand there, with words that may"
    chair.send(writing, preamble="我们柳溪村人", **clauses)
    meeting: dict[str, Any] = {
        "meeting": "VILLAGERS", "noticed_on": (today - timedelta(days=12)).isoformat(),
        "met_on": today.isoformat(), "entitled": "100",
    }  # fmt: skip
    adopt = f"{url}/steps/adopt"
    assert adopt in chair.get(url).links()
    few = chair.submit(adopt, status=422, present="50", agreed="50", **meeting)
    assert "没有丢东西" in few.words, "half of those entitled is not more than half"
    late = chair.submit(
        adopt,
        status=422,
        present="80",
        agreed="60",
        **(meeting | {"noticed_on": today.isoformat()}),
    )
    assert "没有丢东西" in late.words, "ten days ahead"
    chair.submit(adopt, present="80", agreed="60", **meeting)
    for step in ("file", "post"):
        way = f"{url}/steps/{step}"
        assert way in chair.get(url).links()
        page = chair.get(way)
        chair.send(page, **said({"filed_with": "柳林镇人民政府"} if step == "file" else {}))
    chair.submit(f"{url}/steps/sign", name="陈水根")
    shown = chair.get(url).words
    assert "陈水根" in shown
    public = stranger.get(url.replace("/covenants/", "/covenants/read/"))
    assert "随时可以去法院" in public.words
    assert "陈水根" not in public.words, "who signed, and who did not, is nobody's business"
    # A mediator sees it too; it can only be followed by a new version, never rewritten.
    site.browser(MEDIATOR).get(url)
    rewritten = chair.submit(f"{url}/text", status=422, **clauses)
    assert "另起一版" in rewritten.words
