"""People whose numbers are watched: seen in full nowhere but where a reveal was put on record."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from mediation.models.database import db
from mediation.models.history import AuditEntry
from mediation.workflow.stages import Stage
from tests.canaries import ADDRESSES, ID_NUMBERS, PHONES, SECRETS
from tests.doors import PARTY, WHO, Browsers, doors
from tests.journeys.test_crawl import crawl
from tests.standing import Standing

EVERYBODY = (*WHO.values(), PARTY, "")
# A chair sees what their mediators see, a county what its townships see.
NEAR = ("hetianming", "fangwei", "luoyiming", "linxiaohe", PARTY)


def shown(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_nobody_sees_a_whole_number(sqlite_standing: Standing) -> None:
    """Every page of every route, as everybody who comes near a case."""
    browsers, read = Browsers(sqlite_standing), 0
    for door in doors(sqlite_standing):
        for who in NEAR if "GET" in door.methods else ():
            answer = browsers[who].look(door.url)
            if answer.status_code == 200 and answer.mimetype in ("text/html", "text/csv"):
                assert shown(answer.text) == [], f"{door} as {who}"
                read += 1
    assert read > 200


def test_every_reveal_is_on_record_with_its_reason(own_standing: Standing) -> None:
    site = own_standing.site
    reference, party = own_standing.at(Stage.MEDIATING), own_standing.known["party"]
    browser = site.browser("zhouguilan")
    url = f"/disputes/{reference}/parties/{party}/reveal"
    before = reveals()
    page = browser.submit(url, status=422, to="/reveal", reason="")
    assert shown(page.text) == []
    page = browser.submit(url, to="/reveal", reason="写司法确认申请要用")
    assert set(shown(page.text)) == {PHONES[0], ID_NUMBERS[0]}
    assert reveals() == [*before, ("reveal_identity", "周桂兰", "写司法确认申请要用")]
    case = browser.get(f"/disputes/{reference}")
    assert shown(case.text) == [], "and it is masked again"
    page = browser.send(case, to=f"/parties/{party}/call")
    assert shown(page.text) == [PHONES[0]]
    assert reveals()[-1][:2] == ("call_party", "周桂兰")


def reveals() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(
        select(AuditEntry)
        .where(AuditEntry.act.in_(["reveal_identity", "call_party"]))
        .order_by(AuditEntry.id)
    ).all()
    found = [(r.act, r.by_name, r.reason) for r in rows]
    db.session.rollback()
    return found


def test_revealing_stops_at_so_many_an_hour(own_standing: Standing) -> None:
    site, party = own_standing.site, own_standing.known["party"]
    browser = site.browser("zhouguilan")
    url = f"/disputes/{own_standing.at(Stage.MEDIATING)}/parties/{party}/reveal"
    for n in range(20):
        browser.submit(url, to="/reveal", reason=f"第{n}次要看")
    answer = browser.submit(url, to="/reveal", status=429, reason="再看一次")
    assert shown(answer.text) == []
    site.clock.tick(minutes=61)
    site.browser("zhouguilan").submit(url, to="/reveal", reason="过了一个小时")


@pytest.mark.parametrize(
    "who", [w for w in EVERYBODY if w not in ("hetianming", "zhouguilan", "luoyiming")]
)
def test_others_cannot_reveal(sqlite_standing: Standing, who: str) -> None:
    browser, party = Browsers(sqlite_standing)[who], sqlite_standing.known["party"]
    url = f"/disputes/{sqlite_standing.at(Stage.MEDIATING)}/parties/{party}/reveal"
    assert browser.request("GET", url).status_code in (302, 403, 404)


def forms_of(words: str) -> list[bytes]:
    return [words.encode(), words.encode("utf-16-le"), words.encode("gb18030")]


def test_the_files_of_an_instance_hold_no_number_in_the_clear(planted: Path) -> None:
    """Database, journal, evidence, keys: byte by byte. Names and facts are there to be searched."""
    files = [f for f in planted.rglob("*") if f.is_file() and f.name != "standing.json"]
    assert any(f.suffix == ".sqlite3" for f in files)
    for file in files:
        content = file.read_bytes()
        for secret in (*SECRETS, *ADDRESSES):
            found = [form for form in forms_of(secret) if form in content]
            assert not found, f"{file.name} holds {secret}"
    database = next(f for f in files if f.suffix == ".sqlite3").read_bytes()
    assert "陈桂兰".encode() in database, "the search does find what is there"


def test_a_dump_of_postgresql_holds_no_number_in_the_clear(
    poured: Path, postgres_server: str
) -> None:
    from sqlalchemy import create_engine, text

    from tests.conftest import database_at

    engine = create_engine(database_at(postgres_server, "wusong_planted"))
    seen = b""
    with engine.connect() as connection:
        names = connection.execute(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        )
        for name in [row[0] for row in names]:
            rows = connection.execute(text(f'SELECT t::text FROM "{name}" t'))  # noqa: S608 -- our own tables
            seen += "\n".join(row[0] for row in rows).encode()
    engine.dispose()
    assert "陈桂兰".encode() in seen
    for secret in (*SECRETS, *ADDRESSES):
        assert secret.encode() not in seen
        assert secret.encode().hex().encode() not in seen


def test_logs_hold_nobody(sqlite_standing: Standing, caplog: pytest.LogCaptureFixture) -> None:
    """Pages walked, a number revealed, a party who answers, an error in the middle: nothing of it."""
    site = sqlite_standing.site
    caplog.set_level(logging.DEBUG)
    site.app.config["PROPAGATE_ERRORS"] = False
    crawl(site.browser("zhouguilan"))
    party = sqlite_standing.known["party"]
    reference = sqlite_standing.at(Stage.MEDIATING)
    site.browser("zhouguilan").submit(
        f"/disputes/{reference}/parties/{party}/reveal", to="/reveal", reason="看一下"
    )
    for secret in (*SECRETS, *ADDRESSES, "陈桂兰", "李大成"):
        assert secret not in caplog.text
