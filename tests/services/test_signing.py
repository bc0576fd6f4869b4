"""The committees' keys: a paper is signed where it may be, and goes out without where it may not."""

from __future__ import annotations

import io
import os
import stat
import tarfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from mediation import backups, cli, doctor
from mediation.config import Config
from mediation.documents.press import PressFailed
from mediation.documents.signature_desk import signatures_of
from mediation.errors import Refused
from mediation.models import database, disputes, papers, places
from mediation.models.database import db
from mediation.models.papers import Paper
from mediation.seeds.stories import STORIES
from mediation.seeds.walk import dispute_at
from mediation.services import signing, verification
from mediation.services import site as here
from mediation.services.signing import ToSign
from mediation.services.verification import CheckState
from mediation.workflow.dispute_types import OFFICIAL
from mediation.workflow.documents import Document as D
from mediation.workflow.law import cite
from mediation.workflow.signatures import ByHand, by_hand
from mediation.workflow.stages import Stage
from mediation.workflow.words import PaperState
from tests.documents.paper import drawn
from tests.keys import NAME, PASSPHRASE, expired, good
from tests.site import Site

STORY = next(seed.story for seed in STORIES if seed.story.dispute_type == "neighbours")


def put_in(site: Site, content: bytes = good(), *, practice: bool = True) -> int:
    """A key for every committee; the number of the first."""
    numbers = [one.id for one in places.committees()]
    for number in numbers:
        signing.install(number, content, PASSPHRASE, site.clock.clock, practice=practice)
    return numbers[0]


def signed_paper(site: Site, kind: D = D.MEDIATION_APPLICATION, story: Any = STORY) -> Paper:
    reference = dispute_at(Stage.REGISTERED, county=site.county, moving=site.clock, story=story)
    site.draw()
    row = disputes.find(reference, by=site.county.actor("shenjing"))
    assert row is not None
    return next(one for one in papers.papers_of(row.id) if one.kind == kind.folder)


def test_a_paper_is_signed_as_it_is_drawn(site: Site) -> None:
    put_in(site)
    paper = signed_paper(site)
    assert paper.state is PaperState.READY
    kept = here.here().store.get(paper.sha256)
    (found,) = signatures_of(kept)
    assert (found.intact, found.whole) == (True, True)
    assert paper.signed_with == found.certificate.fingerprint
    page = site.browser("shenjing").get(f"/papers/{paper.public_id}").words
    assert "文件有调委会的电子签名" in page
    assert "不代替当事人签名和公章" in page


def test_a_site_without_keys_says_nothing_of_them(site: Site) -> None:
    paper = signed_paper(site)
    assert (paper.signed_with, paper.not_signed) == ("", "")
    assert "电子签名" not in site.browser("shenjing").get(f"/papers/{paper.public_id}").words
    assert signing.installed(site.clock.clock) == []


@pytest.mark.parametrize("trouble", ["expired", "gone", "spoiled"])
def test_a_key_that_cannot_sign_keeps_no_paper(site: Site, trouble: str) -> None:
    number = put_in(site)
    for one in places.committees():
        file = signing._file(one.id)
        if trouble == "gone":
            file.unlink()
        elif trouble == "spoiled":
            file.write_bytes(b"\x01" + os.urandom(80))
        else:
            signing._write(one.id, expired(), PASSPHRASE)
    paper = signed_paper(site)
    assert paper.state is PaperState.READY
    assert paper.signed_with == ""
    assert signatures_of(here.here().store.get(paper.sha256)) == ()
    page = site.browser("shenjing").get(f"/papers/{paper.public_id}").words
    assert "文件未加电子签名" in page
    assert ("2020-01-31" if trouble == "expired" else "重新装一次") in page
    assert number


def test_the_file_is_checked_with_its_signature(site: Site) -> None:
    put_in(site)
    paper = signed_paper(site)
    content, number = here.here().store.get(paper.sha256), paper.number
    same = verification.check_file(content)
    assert (same.state, same.number) == (CheckState.SAME, number)
    (found,) = same.signatures
    assert (found.by, found.intact, found.trusted, found.practice) == (NAME, True, True, True)

    at = content.index(b"stream") + 40
    changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
    different = verification.check_file(changed)
    assert different.state is CheckState.DIFFERENT
    assert different.unread or not any(one.intact for one in different.signatures)

    more = verification.check_file(content + b"\n%%\n")
    assert more.state is CheckState.DIFFERENT
    assert [one.intact for one in more.signatures] == [False]


def test_a_strangers_signature_is_not_trusted(site: Site) -> None:
    """Anybody can make a certificate with the committee's name in it."""
    paper = signed_paper(site)
    content = here.here().store.get(paper.sha256)
    from mediation.documents.signing import KeyFile

    forged = KeyFile(good(), PASSPHRASE).sign(content, by=NAME).pdf
    told = verification.check_file(forged)
    assert told.state is CheckState.DIFFERENT
    (found,) = told.signatures
    assert (found.by, found.intact, found.trusted) == (NAME, True, False)


def test_the_public_page_says_what_a_signature_is_worth(site: Site) -> None:
    put_in(site)
    paper = signed_paper(site)
    content, title = here.here().store.get(paper.sha256), STORY.title
    page = post_file(site, content)
    for words in (
        "一致",
        NAME,
        "没有改动",
        "练习证书",
        "不是当事人的签名，也不是公章",
        "电子签名法",
    ):
        assert words in page
    assert title not in page
    changed = post_file(site, content + b"\n")
    assert "不一致" in changed
    assert "改动过" in changed


def post_file(site: Site, content: bytes) -> str:
    return site.browser().submit("/verify", file=(io.BytesIO(content), "a.pdf")).words


def test_what_could_not_be_looked_at_is_said_and_changes_no_answer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(site)
    paper = signed_paper(site)
    content = here.here().store.get(paper.sha256)

    def busy(_: bytes) -> None:
        raise PressFailed("others are looked at")

    monkeypatch.setattr(verification, "signatures_of", busy)
    told = verification.check_file(content)
    assert (told.state, told.unread, told.signatures) == (CheckState.SAME, True, ())


@pytest.mark.parametrize("kind", OFFICIAL, ids=lambda kind: kind.code)
def test_the_law_wants_some_papers_by_hand(kind: Any) -> None:
    agreement, notice = D.MEDIATION_AGREEMENT.folder, D.ACCEPTANCE_PROOF.folder
    if kind.code == "family":
        assert by_hand(agreement, kind) is by_hand(notice, kind) is ByHand.STATUS
    elif kind.code in ("medical", "labour", "wages"):
        assert by_hand(agreement, kind) is ByHand.NAMED_FORM
        assert by_hand(notice, kind) is None
    else:
        assert by_hand(agreement, kind) is by_hand(notice, kind) is None
    assert by_hand(agreement, None) is None


def test_the_reasons_are_articles_of_the_book() -> None:
    assert all(cite(key) for row in ByHand for key in row.value.basis)


def test_a_paper_the_law_wants_by_hand_says_so(site: Site) -> None:
    put_in(site)
    family = replace(STORY, dispute_type="family")
    paper = signed_paper(site, story=family)
    assert paper.signed_with == ""
    assert "婚姻、收养、继承" in paper.not_signed.partition("\n")[0]
    assert "电子签名法" in paper.not_signed


@pytest.mark.parametrize(("practice", "sample"), [(True, False), (False, True)])
def test_a_practice_key_and_a_real_paper_do_not_meet(
    site: Site, *, practice: bool, sample: bool
) -> None:
    number = put_in(site, practice=practice)
    about = ToSign(kind="intake_register", committee_id=number, dispute_type="", sample=sample)
    proof = signing.sign(drawn("intake_register").pdf, about)
    assert proof.signed_with == ""
    assert proof.not_signed is not None
    assert proof.pdf == drawn("intake_register").pdf
    meet = signing.sign(proof.pdf, replace(about, sample=practice))
    assert meet.signed_with


def test_a_key_lies_sealed_and_for_its_committee_alone(site: Site) -> None:
    first = put_in(site)
    second = places.committees()[1].id
    file = signing._file(first)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    raw = file.read_bytes()
    assert good()[40:200] not in raw
    assert PASSPHRASE.encode() not in raw
    signing._file(second).write_bytes(raw)
    about = ToSign(kind="intake_register", committee_id=second, dispute_type="", sample=True)
    assert signing.sign(drawn("intake_register").pdf, about).signed_with == ""


def test_a_removed_key_signs_no_more_and_is_still_known(site: Site) -> None:
    put_in(site)
    paper = signed_paper(site)
    content, number = here.here().store.get(paper.sha256), paper.committee_id
    assert number is not None
    signing.remove(number, site.clock.clock)
    assert not signing._file(number).exists()
    (found,) = verification.check_file(content).signatures
    assert found.trusted
    with pytest.raises(Refused, match="没有装密钥"):
        signing.remove(number, site.clock.clock)
    about = ToSign(kind="intake_register", committee_id=number, dispute_type="", sample=True)
    assert signing.sign(content, about) == signing.Proof(pdf=content)


@pytest.mark.parametrize(
    ("content", "passphrase", "said"),
    [(expired(), PASSPHRASE, "到期"), (good(), "x", "PKCS#12"), (b"x", "", "PKCS#12")],
)
def test_what_cannot_sign_is_not_put_in(
    site: Site, content: bytes, passphrase: str, said: str
) -> None:
    number = places.committees()[0].id
    with pytest.raises(Refused, match=said):
        signing.install(number, content, passphrase, site.clock.clock)
    with pytest.raises(Refused, match="99999"):
        signing.install(99_999, good(), PASSPHRASE, site.clock.clock)
    assert signing.installed(site.clock.clock) == []


def test_no_backup_holds_a_key(site: Site, tmp_path: Path) -> None:
    number = put_in(site)
    database.db.session.rollback()
    file = tmp_path / "kept.tar.gz"
    backups.write(site.app, file)
    kept = signing._file(number)
    assert kept.exists()
    with tarfile.open(file) as archive:
        assert not [name for name in archive.getnames() if "sign" in name and "tables" not in name]
    assert NAME.encode() not in kept.read_bytes()


def test_the_health_page_and_the_doctor_tell_of_the_keys(site: Site) -> None:
    config: Config = site.app.extensions["config"]
    now = datetime.now(UTC)
    assert doctor.signing_keys(config, now).state is doctor.State.OK
    put_in(site)
    assert doctor.signing_keys(config, now).state is doctor.State.OK
    chief = site.browser("tianlu")
    assert "给文书电子签名的密钥" in chief.get("/health").words
    later = datetime(2130, 1, 1, tzinfo=UTC)
    found = doctor.signing_keys(config, later)
    assert found.state is doctor.State.SLOW
    assert "committee-" in found.sentence.zh
    signing._file(places.committees()[0].id).chmod(0o644)
    assert doctor.signing_keys(config, now).state is doctor.State.WRONG


@pytest.mark.parametrize(
    ("there", "days", "said"),
    [(False, 0, "重新装"), (True, -1, "可用"), (True, 36_489, "快到期"), (True, 40_000, "已到期")],
)
def test_how_a_key_stands(there: bool, days: int, said: str) -> None:  # noqa: FBT001
    from datetime import timedelta

    begins = datetime(2020, 1, 1, tzinfo=UTC)
    state = signing.state_of(
        begins + timedelta(days=36_500), there=there, now=begins + timedelta(days=max(days, 0))
    )
    assert said in state.zh


def test_the_command_puts_in_shows_and_takes_out(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def same(config: Config | None = None) -> Flask:
        return site.app

    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setattr(cli, "open_app", same)
    run = CliRunner().invoke
    file = tmp_path / "key.p12"
    file.write_bytes(good())
    number = str(places.committees()[0].id)
    db.session.rollback()
    assert f"{number}  " in run(cli.cli, ["signing", "committees"]).output
    assert "没有装" in run(cli.cli, ["signing", "list"]).output
    typed = run(
        cli.cli, ["signing", "install", str(file), "--committee", number], input=f"{PASSPHRASE}\n"
    )
    assert typed.exit_code == 0, typed.output
    assert PASSPHRASE not in typed.output
    listed = run(cli.cli, ["signing", "list"]).output
    assert NAME in listed
    assert "练习用" not in listed
    assert run(cli.cli, ["signing", "practice", "--committee", number]).exit_code == 0
    assert "练习用" in run(cli.cli, ["signing", "list"]).output
    assert "销毁" in run(cli.cli, ["signing", "remove", "--committee", number]).output
    monkeypatch.setenv("MEDIATION_SIGNING_PASSPHRASE", "wrong")
    refused = run(cli.cli, ["signing", "install", str(file), "--committee", number])
    assert isinstance(refused.exception, Refused)
    gone = run(cli.cli, ["signing", "install", str(tmp_path / "no"), "--committee", number])
    assert isinstance(gone.exception, Refused)
    db.session.rollback()
