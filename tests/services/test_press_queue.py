"""What waits for the press and what it could not draw is seen, with its reason, and tried again."""

from __future__ import annotations

import io
import logging
import shutil
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from pypdf import PdfReader

from mediation.documents import faces
from mediation.documents.glyphs import FONTS
from mediation.documents.press import FacesWrong, press
from mediation.models.database import db
from mediation.models.papers import Paper
from mediation.services import paper_files, press_queue
from mediation.services.parties import PartyAnswers
from mediation.store import StorageFull, Store
from mediation.wording import Text
from mediation.workflow.documents import Document as D
from mediation.workflow.words import PaperState, Side
from tests.counter import register
from tests.documents.paper import example, letter
from tests.site import Site

CHAIR = "hetianming"
# In no face of ours: a noodle dish that names may be made of.
RARE = "\U00030edd"


def application() -> Paper:
    kind = D.MEDIATION_APPLICATION.folder
    paper = db.session.query(Paper).where(Paper.kind == kind).order_by(Paper.id.desc()).first()
    assert paper is not None
    db.session.expunge_all()
    db.session.rollback()
    return paper


def named(name: str, **rest: Any) -> tuple[PartyAnswers, ...]:
    return (
        PartyAnswers(name=name, side=Side.APPLICANT, **rest),
        PartyAnswers(name="罗大年", side=Side.RESPONDENT),
    )


def words(pdf: bytes) -> str:
    return "".join("".join(p.extract_text().split()) for p in PdfReader(io.BytesIO(pdf)).pages)


def test_what_waits_and_what_failed_is_in_one_place(site: Site) -> None:
    reference = register(site)
    paper = application()
    browser = site.browser(CHAIR)
    waiting = browser.get("/papers/press").words
    assert "待生成" in waiting
    assert "没有生成失败的" in waiting
    paper_files.give_up(paper.id, Text("字库里没有这个字", "no such character"))
    page = browser.get("/papers/press")
    assert "字库里没有这个字" in page.words
    assert f"/papers/{paper.public_id}" in page.links()
    assert "有1份文书没有生成" in browser.get(f"/disputes/{reference}").words
    stranger = site.browser("duanshuiqing").get("/papers/press").words
    assert "字库里没有这个字" not in stranger
    assert "晒谷坪" not in stranger
    browser.send(page, to=f"/papers/{paper.public_id}/retry")
    assert application().state is PaperState.WAITING
    paper_files.give_up(paper.id, Text("字库里没有这个字", "no such character"))
    browser.send(browser.get("/papers/press"), to="/papers/press/retry")
    assert application().state is PaperState.WAITING
    site.draw()
    assert application().state is PaperState.READY
    assert "没有生成失败的" in browser.get("/papers/press").words


def test_the_systems_keeper_sees_numbers_alone_and_may_try_all_again(sqlite_site: Site) -> None:
    site = sqlite_site
    register(site)
    paper = application()
    paper_files.give_up(paper.id, Text("字库里没有这个字：谷", "no such character: 谷"))
    keeper = site.browser("tianlu")
    page = keeper.get("/health")
    assert "生成失败的文书 1" in page.words
    for secret in ("谷", paper.number, "陈水根"):
        assert secret not in page.words
    keeper.get("/papers/press", status=403)
    keeper.send(page, to="/health/retry")
    site.draw()
    assert application().state is PaperState.READY
    assert "生成失败的文书 0" in keeper.get("/health").words


def test_try_all_again_reaches_no_further_than_oneself(sqlite_site: Site) -> None:
    site = sqlite_site
    register(site)
    mine = application()
    register(site, "duanshuiqing", place="河口村")
    theirs = application()
    for paper in (mine, theirs):
        paper_files.give_up(paper.id, Text("不行", "no"))
    assert press_queue.try_all_again(by=site.hand(CHAIR)) == 1
    states = {p.id: p.state for p in db.session.query(Paper)}
    db.session.rollback()
    assert (states[mine.id], states[theirs.id]) == (PaperState.WAITING, PaperState.FAILED)


# What can stand in the way, each a clear sentence on the page and in the log.


def test_a_full_disk_is_said_on_the_paper_and_drawn_later(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    site = sqlite_site
    register(site)
    paper = application()

    def full(*_: object) -> str:
        raise StorageFull

    with monkeypatch.context() as patch, caplog.at_level(logging.ERROR, "mediation.jobs"):
        patch.setattr(Store, "put", full)
        site.draw()
    assert "磁盘快满了" in caplog.text
    page = site.browser(CHAIR).get(f"/papers/{paper.public_id}").words
    assert "还没有生成，会自动再试：磁盘快满了" in page
    assert "磁盘快满了" in site.browser(CHAIR).get("/papers/press").words
    english = site.browser(CHAIR, language="en").get(f"/papers/{paper.public_id}").words
    assert "tried again by itself: The disk is full" in english
    site.clock.tick(minutes=2)
    site.draw()
    assert application().state is PaperState.READY
    assert "磁盘" not in site.browser(CHAIR).get(f"/papers/{paper.public_id}").words


@pytest.fixture
def bad_fonts(tmp_path: Path) -> Path:
    """The faces with one byte of one changed, and another one gone."""
    folder = tmp_path / "fonts"
    shutil.copytree(FONTS, folder)
    changed = folder / "WusongKai-Regular.ttf"
    content = bytearray(changed.read_bytes())
    content[-1] ^= 1
    changed.write_bytes(content)
    (folder / "WusongHei-Bold.ttf").unlink()
    return folder


def test_faces_are_counted_byte_for_byte(bad_fonts: Path) -> None:
    assert faces.wrong_faces() == ()
    assert sorted(faces.wrong_faces(bad_fonts)) == ["WusongHei-Bold.ttf", "WusongKai-Regular.ttf"]
    for name in faces.wrong_faces(bad_fonts):
        shutil.copy(FONTS / name, bad_fonts / name)
    assert faces.wrong_faces(bad_fonts) == (), "put right, it is seen at once"
    (bad_fonts / "fonts.json").unlink()
    assert faces.wrong_faces(bad_fonts) == ("fonts.json",)


def test_without_its_faces_nothing_is_drawn_and_everybody_is_told(
    sqlite_site: Site, bad_fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sqlite_site
    register(site)
    paper = application()
    with monkeypatch.context() as patch:
        patch.setattr(faces, "wrong_faces", partial(faces.wrong_faces, bad_fonts))
        with pytest.raises(FacesWrong):
            press.draw(letter(example("case_slip")))
        site.draw()
        page = site.browser(CHAIR).get(f"/papers/{paper.public_id}").words
        assert "不用别的字体代替" in page
        assert "WusongHei-Bold.ttf" in page
        assert "现在一份也不生成" in site.browser(CHAIR).get("/papers/press").words
        assert "WusongKai-Regular.ttf" in site.browser("tianlu").get("/health").words
    assert application().state is PaperState.WAITING
    site.clock.tick(minutes=2)
    site.draw()
    assert application().state is PaperState.READY


def test_a_name_no_face_has_is_named_with_its_place(
    sqlite_site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    site = sqlite_site
    register(site, parties=named(f"陈{RARE}根"))
    with caplog.at_level(logging.WARNING):
        site.draw()
    paper = application()
    assert paper.state is PaperState.FAILED
    page = site.browser(CHAIR).get(f"/papers/{paper.public_id}").words
    assert f"{RARE}（U+30EDD" in page
    assert f"的姓名里：“陈{RARE}根”" in page
    assert "U+30EDD" in caplog.text
    english = site.browser(CHAIR, language="en").get(f"/papers/{paper.public_id}").words
    assert f"(name): “陈{RARE}根”" in english


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><style>*{display:none}</style>",
        "{{ 'G' * 7 }}{% for a in b %}{{ config }}",
        '"><img src="http://evil.example/x.png"><link rel=stylesheet href="file:///etc/passwd">',
        "</main></body><body style='font-size:90pt'>&lt;b&gt;",
        "@page{size:1mm} #main::after{content:url(http://evil.example)}",
    ],
)
def test_hostile_words_stay_words(sqlite_site: Site, text: str) -> None:
    site = sqlite_site
    register(site, facts=text, claims=text, parties=named("陈水根", address=text[:60]))
    paper_files.draw(application().id)
    paper = application()
    assert paper.state is PaperState.READY, paper.failure
    said = words(paper_files.file_of(paper).content)
    assert said.count("".join(text.split())) >= 1
    assert "GGGGGGG" not in said.replace("".join(text.split()), "")


def test_a_press_killed_under_a_paper_draws_it_later(sqlite_site: Site) -> None:
    site = sqlite_site
    register(site, facts="两家争了一个月。" * 500)
    press.warm_up()
    child = press._child
    assert child is not None
    Timer(0.05, child.kill).start()
    site.draw()
    for _ in range(3):
        site.clock.tick(minutes=2)
        site.draw()
    states = {paper.state for paper in db.session.query(Paper)}
    db.session.rollback()
    assert states == {PaperState.READY}
