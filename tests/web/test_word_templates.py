"""Word over HTTP: a draft of each paper, and a site's own templates with versions and their checks."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from mediation import cli
from mediation.errors import Refused
from mediation.models import papers
from mediation.models.database import db
from mediation.models.disputes import find
from mediation.models.history import AuditEntry
from mediation.models.word_templates import TemplateChoice, WordTemplate
from mediation.seeds.walk import dispute_at
from mediation.services import site as sites
from mediation.workflow.documents import Document
from mediation.workflow.stages import Stage
from tests.browsers import Browser, Page
from tests.documents.test_word import opened, words_of
from tests.documents.test_word_templates import FLOOR, HOSTILE, cut, rebuilt, template
from tests.site import Site
from tests.standing import Standing

WHO = "shenjing"
KIND = "/templates/rights-notice"


def sent(browser: Browser, content: bytes, *, status: int = 200, name: str = "告知书.docx") -> Page:
    file = (io.BytesIO(content), name)
    return browser.submit(KIND, file=file, why="县局新发的格式", status=status)


def put_to_use(browser: Browser, page: Page, *, status: int = 200) -> Page:
    return browser.send(page, why="试用", status=status)


def word_file(browser: Browser, url: str) -> Any:
    answer = browser.raw(url)
    assert answer.status_code == 200, url
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return opened(answer.data)


def notices_of(site: Site, reference: str) -> list[str]:
    """The public ids of the case's notices of rights."""
    dispute = find(reference, by=site.county.actor(WHO))
    assert dispute is not None
    rows = papers.papers_of(dispute.id)
    found = [p.public_id for p in rows if p.kind == Document.RIGHTS_NOTICE.folder]
    db.session.rollback()
    return found


def audits(act: str) -> list[str]:
    found = list(db.session.scalars(select(AuditEntry.subject).where(AuditEntry.act == act)))
    db.session.rollback()
    return found


# Drafts of papers.


def test_every_paper_of_a_case_has_a_word_draft(sqlite_standing: Standing) -> None:
    """Whatever the walk issued, by whoever may open the file; each copy is on record."""
    site = sqlite_standing.site
    browser = site.browser("zhouguilan")
    for stage in (Stage.CLOSED, Stage.TERMINATED, Stage.CONFIRMED):
        dispute = find(sqlite_standing.at(stage), by=site.county.actor("zhouguilan"))
        assert dispute is not None
        rows = [(p.public_id, p.kind, p.number) for p in papers.papers_of(dispute.id)]
        db.session.rollback()
        for public_id, kind, number in rows:
            assert f"/papers/{public_id}/word" in browser.get(f"/papers/{public_id}").links()
            document = word_file(browser, f"/papers/{public_id}/word")
            assert "草稿" in document.sections[0].header.paragraphs[0].text
            assert words_of(document)
            assert f"{kind} {number}" in audits("copy_paper")


def test_who_may_not_open_the_paper_gets_no_draft_of_it(sqlite_standing: Standing) -> None:
    own, site = sqlite_standing.known["own_paper"], sqlite_standing.site
    for who in ("guyan", "luoyiming"):
        assert site.browser(who).raw(f"/papers/{own}/word").status_code in (403, 404)
    party = site.browser()
    party.set_cookie("wusong", sqlite_standing.party_sign_in())
    assert party.raw(f"/papers/{own}/word").status_code in (403, 404)
    assert site.browser().raw(f"/papers/{own}/word").status_code == 302
    assert audits("copy_paper") == []


def test_the_agreement_as_it_would_read_now(sqlite_site: Site) -> None:
    site = sqlite_site
    reference = dispute_at(Stage.DRAFTING, county=site.county, moving=site.clock)
    browser = site.browser("zhouguilan")
    assert (
        f"/disputes/{reference}/draft/word" in browser.get(f"/disputes/{reference}/papers").links()
    )
    text = words_of(word_file(browser, f"/disputes/{reference}/draft/word"))
    assert text.startswith("人民调解协议书编号：（草稿，不是正式文书）")
    assert "协议内容" in text
    early = dispute_at(Stage.REGISTERED, county=site.county, moving=site.clock)
    assert browser.raw(f"/disputes/{early}/draft/word").status_code == 400


def test_the_same_from_a_terminal(
    sqlite_standing: Standing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By the paper's id or the case's reference, in somebody's name and within their reach."""
    site, out = sqlite_standing.site, tmp_path / "x.docx"
    monkeypatch.setattr(cli, "open_app", lambda *_: site.app)

    def run(which: str, login: str) -> Result:
        words = ["documents", "word", which, "--as", login, "-o", str(out)]
        return CliRunner().invoke(cli.cli, words)

    done = run(sqlite_standing.known["paper"], "zhouguilan")
    assert done.exit_code == 0, done.output
    assert words_of(opened(out.read_bytes()))
    out.unlink()
    assert run(sqlite_standing.at(Stage.SIGNING), "zhouguilan").exit_code == 0
    assert "人民调解协议书" in words_of(opened(out.read_bytes()))
    out.unlink()
    for which, login in ((sqlite_standing.known["paper"], "guyan"), ("nothing", "zhouguilan")):
        refused = run(which, login)
        assert isinstance(refused.exception, Refused)
        assert not out.exists()


# Templates.


@pytest.mark.parametrize("who", ["zhouguilan", "hetianming", "fangwei", "luoyiming", "tianlu"])
def test_only_the_county_keeps_templates(sqlite_site: Site, who: str) -> None:
    browser = sqlite_site.browser(who)
    for url in ("/templates", KIND, f"{KIND}/beginning", f"{KIND}/shipped"):
        browser.get(url, status=403)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_template_is_sent_checked_tried_used_and_taken_back(site: Site, language: str) -> None:
    browser = site.browser(WHO, language=language)
    assert "/templates" in browser.get("/lists").links()
    assert KIND in browser.get("/templates").links()
    first = sent(browser, template("告知书甲版，【当事人】", *FLOOR))
    assert first.url == f"{KIND}/1"
    assert "样张" in word_file(browser, f"{KIND}/1/sample").sections[0].header.paragraphs[0].text
    put_to_use(browser, first)
    assert ("现在用的：第1版" if language == "zh" else "In use: version 1") in browser.get(
        KIND
    ).words
    site.clock.tick(minutes=2)
    put_to_use(browser, sent(browser, template("告知书乙版", *FLOOR)))
    site.clock.tick(minutes=2)
    put_to_use(browser, browser.get(f"{KIND}/1"))
    site.clock.tick(minutes=2)
    browser.submit(f"{KIND}/shipped", why="不用了")
    numbers = [
        c.template_id
        for c in db.session.scalars(select(TemplateChoice).order_by(TemplateChoice.id))
    ]
    assert numbers == [1, 2, 1, None], "every turn is kept"
    rows = list(db.session.scalars(select(WordTemplate).order_by(WordTemplate.version)))
    assert [(r.version, r.by_name, r.why) for r in rows] == [
        (n, site.county.actor(WHO).name, "县局新发的格式") for n in (1, 2)
    ]
    assert all(sites.here().store.get(r.sha256) for r in rows)
    assert {r.sha256 for r in rows} <= set(papers.all_files()), "a backup carries them"
    db.session.rollback()
    assert len(audits("keep_templates")) == 6


def test_an_old_paper_keeps_the_version_of_its_day(sqlite_site: Site) -> None:
    """Issued before, between and after: each draft has the template that counted then."""
    site = sqlite_site

    def issued() -> str:
        site.clock.tick(hours=1)
        reference = dispute_at(Stage.MEDIATING, county=site.county, moving=site.clock)
        site.clock.tick(hours=1)
        return notices_of(site, reference)[0]

    def drafts(*public_ids: str) -> list[str]:
        browser = site.browser(WHO)
        return [words_of(word_file(browser, f"/papers/{one}/word")) for one in public_ids]

    def use(content: bytes) -> None:
        browser = site.browser(WHO)
        put_to_use(browser, sent(browser, content))

    before = issued()
    use(template("甲版：【当事人】", *FLOOR))
    between = issued()
    use(template("乙版：【当事人】", *FLOOR))
    after = issued()
    texts = drafts(before, between, after)
    assert [text[:3] for text in texts] == ["权利义", "甲版：", "乙版："]
    browser = site.browser(WHO)
    put_to_use(browser, browser.get(f"{KIND}/1"))
    site.clock.tick(days=400)
    assert drafts(before, between, after) == texts, "going back changes no paper that was issued"


def test_the_floors_cannot_be_removed(sqlite_site: Site) -> None:
    browser = sqlite_site.browser(WHO)
    page = sent(browser, template("告知书", FLOOR[1]))
    assert "【诉讼途径】" in page.words
    assert "要改" in page.words
    assert [f for f in page.forms() if f.get("action") == page.url] == [], "no button to use it"
    answer = browser.post(page.url, {"why": "试用", **_tokens(page)}, status=422)
    assert "【诉讼途径】" in answer.words
    assert db.session.scalar(select(TemplateChoice.id)) is None
    db.session.rollback()


def _tokens(page: Page) -> dict[str, str]:
    fields = {f.get("name", ""): f.get("value", "") for f in page.tree.iter("input")}
    return {name: fields[name] for name in ("csrf_token", "event_token") if name in fields}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_acts_is_not_kept(sqlite_site: Site, name: str) -> None:
    change, word = HOSTILE[name]
    page = sent(sqlite_site.browser(WHO), rebuilt(change), status=422)
    assert word in page.words
    assert db.session.scalar(select(WordTemplate.id)) is None
    db.session.rollback()
    assert list(sites.here().store.names()) == []


def test_what_was_found_is_said_on_the_page(sqlite_site: Site) -> None:
    browser = sqlite_site.browser(WHO)
    page = sent(browser, template("【甲方名字】{{ x }}", *FLOOR))
    assert "是不是“【甲方姓名】”？" in page.words
    assert "不能写程序" in page.words
    joined = sent(browser, cut("【甲", "方姓", "名】"))
    assert "拆成了几截" in joined.words
    assert "启用这一版" in joined.words


def test_the_same_file_twice_and_no_file_are_said(sqlite_site: Site) -> None:
    browser = sqlite_site.browser(WHO)
    content = template("告知书", *FLOOR)
    sent(browser, content)
    assert "和第1版一模一样" in sent(browser, content, status=422).words
    page = browser.get(KIND)
    assert "请选一个DOCX文件" in browser.send(page, why="没有文件", status=422).words


def test_the_template_to_begin_with_can_be_sent_back(sqlite_site: Site) -> None:
    browser = sqlite_site.browser(WHO)
    page = sent(browser, browser.raw(f"{KIND}/beginning").data)
    assert "没有问题" in page.words
    assert put_to_use(browser, page).url == KIND


def test_the_file_as_it_was_sent(sqlite_site: Site) -> None:
    browser, content = sqlite_site.browser(WHO), template("告知书", *FLOOR)
    sent(browser, content)
    assert browser.raw(f"{KIND}/1/file").data == content


def test_a_lost_file_is_a_sentence(sqlite_site: Site) -> None:
    browser = sqlite_site.browser(WHO)
    sent(browser, template("告知书", *FLOOR))
    for path in sites.here().store.folder.glob("??/*"):
        path.unlink()
    answer = browser.raw(f"{KIND}/1/sample")
    assert answer.status_code == 400
    assert "从备份恢复" in answer.text


def test_no_such_paper_or_version(sqlite_site: Site) -> None:
    browser = sqlite_site.browser(WHO)
    for url in ("/templates/nothing", f"{KIND}/7", f"{KIND}/7/sample", "/templates/covenant-a4"):
        browser.get(url, status=404)


def test_two_who_send_at_once_get_two_numbers(sqlite_site: Site) -> None:
    """The second is told, and nothing is lost."""
    site = sqlite_site
    first, second = site.browser(WHO), site.browser(WHO)
    page = second.get(KIND)
    sent(first, template("甲", *FLOOR))
    file = (io.BytesIO(template("乙", *FLOOR)), "乙.docx")
    assert second.send(page, file=file, why="另一个").url == f"{KIND}/2"
