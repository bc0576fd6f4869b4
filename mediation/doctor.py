"""The doctor: looks over everything the house stands on and says what is missing, slow or wrong."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import sqlite3
import stat
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mediation import parts
from mediation.clock import Clock, local
from mediation.config import Config
from mediation.documents import typefaces
from mediation.models.database import wal_is_safe
from mediation.paths import LETTERS
from mediation.services import signing
from mediation.wording import Language, Text

# A clock before the day this was written is wrong; nothing can have happened then.
WRITTEN_AT = datetime(2026, 11, 1, tzinfo=UTC)
_CLOCK_TOLERANCE = timedelta(minutes=5)
_GIB = 1024**3
_LEAST_DISK = 1 * _GIB
_EASY_DISK = 5 * _GIB
_SLOW_WRITE_SECONDS = 0.05
_FONTS = LETTERS / "base" / "fonts"


class State(StrEnum):
    OK = "ok"
    SLOW = "slow"
    MISSING = "missing"
    WRONG = "wrong"

    @property
    def label(self) -> Text:
        return _LABELS[self]

    @property
    def is_bad(self) -> bool:
        """Whether some work cannot be done, or not safely, until it is put right."""
        return self in {State.MISSING, State.WRONG}


_LABELS = {
    State.OK: Text("好", "fine"),
    State.SLOW: Text("慢", "slow"),
    State.MISSING: Text("缺", "missing"),
    State.WRONG: Text("错", "wrong"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what was found, and what to do about it where something is to be done."""

    name: Text
    state: State
    sentence: Text
    advice: Text | None = None


def examine(
    config: Config, *, for_tests: bool = False, clock: Clock | None = None
) -> list[Finding]:
    """Look at everything; changes nothing but a small file written and removed to time the disk."""
    found = [
        pango(),
        subsetting(),
        fonts(_FONTS),
        own_fonts(config),
        database(config),
        journal(config),
    ]
    found += [
        time_of_day(config, clock or Clock()),
        disk(config.instance),
        writing(config.instance),
    ]
    found += [folder(config), keys(config), signing_keys(config, (clock or Clock()).now())]
    if for_tests:
        found += [_part(part) for part in parts.PARTS if part.for_tests]
    return found


def print_findings(findings: Iterable[Finding], language: Language) -> bool:
    """Print one line each, and what to do below it. Returns whether nothing is bad."""
    healthy = True
    for finding in findings:
        label = f"[{finding.state.label.in_(language)}]"
        print(f"{label} {finding.name.in_(language)}: {finding.sentence.in_(language)}")
        if finding.advice:
            print(f"    → {finding.advice.in_(language)}")
        healthy = healthy and not finding.state.is_bad
    return healthy


def _part(part: parts.Part) -> Finding:
    name = Text(part.name, part.name)
    if part.there():
        return Finding(name, State.OK, Text("在", "there"))
    sentence = Text("没有，用于{why}", "not there; it is for {why}").with_(why=part.why)
    return Finding(name, State.MISSING, sentence, _install(part))


def _install(*lacking: parts.Part) -> Text:
    command = parts.command_for(lacking)
    return Text("请管理员执行：{command}", "Ask an administrator to run: {command}").with_(
        command=command
    )


def _named(name: str) -> parts.Part:
    return next(part for part in parts.PARTS if part.name == name)


def pango() -> Finding:
    name = Text("排版", "Laying out papers")
    part = _named("pango")
    if part.there():
        return Finding(name, State.OK, Text("Pango 在", "Pango is there"))
    sentence = Text("没有 Pango，文书印不出来", "no Pango: papers cannot be drawn")
    return Finding(name, State.MISSING, sentence, _install(part))


def subsetting() -> Finding:
    """Either route embeds fonts quickly; without both a paper takes many times as long."""
    name = Text("嵌入字体", "Embedding fonts")
    if importlib.util.find_spec("uharfbuzz"):
        return Finding(name, State.OK, Text("快（uharfbuzz）", "quick (uharfbuzz)"))
    part = _named("harfbuzz-subset")
    if part.there():
        return Finding(name, State.OK, Text("快（harfbuzz-subset）", "quick (harfbuzz-subset)"))
    sentence = Text(
        "没有 harfbuzz-subset，每份文书要多等好几秒",
        "no harfbuzz-subset: each paper takes seconds longer",
    )
    return Finding(name, State.SLOW, sentence, _install(part))


def fonts(folder: Path) -> Finding:
    """Every face the letters name is there, byte for byte."""
    name = Text("文书字体", "Fonts of the papers")
    again = Text(
        "请重新下载本程序；字体文件没有下载完整。",
        "Download the program again; its fonts have not come whole.",
    )
    try:
        rows = json.loads((folder / "fonts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Finding(name, State.MISSING, Text("没有字体清单", "no list of fonts"), again)
    bad = [row["file"] for row in rows if _digest(folder / row["file"]) != row["sha256"]]
    if bad:
        sentence = Text("这些不在或不对：{files}", "missing or changed: {files}")
        return Finding(name, State.MISSING, sentence.with_(files=", ".join(bad)), again)
    sentence = Text("{count} 个，都对", "{count}, all as shipped").with_(count=len(rows))
    return Finding(name, State.OK, sentence)


def own_fonts(config: Config) -> Finding:
    """The site's own licensed faces, where it chose them: all of them, or none."""
    name = Text("本站自有字体", "This site's own fonts")
    found = typefaces.resolve(config.typefaces, config.fonts)
    if found.trouble is None:
        return Finding(name, State.OK, found.said)
    advice = Text(
        "把缺的字体文件（.ttf、.otf）放进 {folder}，或者把 MEDIATION_TYPEFACES 改回 open。",
        "Put the missing font files (.ttf, .otf) into {folder}, or set MEDIATION_TYPEFACES to open.",
    )
    return Finding(name, State.SLOW, found.said, advice.with_(folder=config.fonts))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _sqlite_file(config: Config) -> Path | None:
    scheme, _, path = config.url.partition(":///")
    return Path(path) if scheme.startswith("sqlite") and path else None


def database(config: Config) -> Finding:
    name = Text("数据库", "Database")
    path = _sqlite_file(config)
    if path is None:
        scheme = config.url.partition(":")[0]
        return Finding(name, State.OK, Text("{name}", "{name}").with_(name=scheme))
    if not path.exists():
        return Finding(
            name, State.OK, Text("还没有，第一次打开时建立", "none yet; the first start makes it")
        )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            tables = opened.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.Error as reason:
        sentence = Text("打不开：{reason}", "cannot be opened: {reason}").with_(reason=reason)
        advice = Text(
            "不要删除它。先把整个文件夹复制到别处，再用 mediation restore 恢复最近的备份。",
            "Do not delete it. Copy the whole folder elsewhere, then bring back the newest backup "
            "with mediation restore.",
        )
        return Finding(name, State.WRONG, sentence, advice)
    size = path.stat().st_size / 1024**2
    sentence = Text("{size} MB，能读", "{size} MB, readable").with_(
        size=f"{size:.1f}", tables=tables
    )
    return Finding(name, State.OK, sentence)


def journal(config: Config) -> Finding:
    """Which journal SQLite keeps; its versions 3.7.0 to 3.51.2 may lose commits with the quick one."""
    version = sqlite3.sqlite_version
    name = Text("SQLite", "SQLite")
    if _sqlite_file(config) is None:
        return Finding(name, State.OK, Text("没有用到", "not used"))
    if wal_is_safe():
        sentence = Text("{version}，用 WAL 日志", "{version}, write-ahead log")
        return Finding(name, State.OK, sentence.with_(version=version))
    sentence = Text(
        "{version}，用回滚日志：这个版本的 WAL 有丢数据的缺陷。保存稍慢，但安全",
        "{version}, rollback journal: the write-ahead log of this version can lose data. Saving is "
        "a little slower, and safe",
    )
    advice = Text(
        "不必处理；SQLite 升级到 3.51.3 以后会自动变快。",
        "Nothing to do; with SQLite 3.51.3 or newer it becomes quicker by itself.",
    )
    return Finding(name, State.SLOW, sentence.with_(version=version), advice)


def time_of_day(config: Config, clock: Clock) -> Finding:
    """Legal time runs by this clock: it must know China's zone and never stand behind our own files."""
    name = Text("时钟", "Clock")
    advice = Text(
        "请校准这台机器的时间，再办案。", "Set this machine's clock before working on cases."
    )
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return Finding(name, State.MISSING, Text("没有时区数据", "no time zones"), advice)
    now = clock.now()
    shown = f"{local(now):%Y-%m-%d %H:%M}"
    if now + _CLOCK_TOLERANCE < max((WRITTEN_AT, *_last_written(config))):
        sentence = Text(
            "{shown}，比已有的记录还早", "{shown}, which is before things already recorded"
        )
        return Finding(name, State.WRONG, sentence.with_(shown=shown), advice)
    sentence = Text("北京时间 {shown}", "{shown} in China").with_(shown=shown)
    return Finding(name, State.OK, sentence)


def _last_written(config: Config) -> Iterator[datetime]:
    path = _sqlite_file(config)
    if path is not None and path.exists():
        yield datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest one above that exists already."""
    return next(place for place in (path, *path.parents) if place.is_dir())


def disk(instance: Path) -> Finding:
    name = Text("磁盘", "Disk")
    free = shutil.disk_usage(_nearest(instance)).free
    sentence = Text("还有 {free} GB", "{free} GB free").with_(free=f"{free / _GIB:.1f}")
    if free >= _EASY_DISK:
        return Finding(name, State.OK, sentence)
    advice = Text(
        "请腾出空间，或把 MEDIATION_INSTANCE 指到更大的磁盘。",
        "Make room, or let MEDIATION_INSTANCE name a folder on a larger disk.",
    )
    return Finding(name, State.WRONG if free < _LEAST_DISK else State.SLOW, sentence, advice)


def writing(instance: Path, times: int = 5) -> Finding:
    """How long it takes until a save is really on the disk; every act waits for that."""
    name = Text("存盘", "Saving")
    try:
        with tempfile.NamedTemporaryFile(dir=_nearest(instance), prefix=".doctor-") as trial:
            taken = statistics.median(_timed(trial.fileno()) for _ in range(times))
    except OSError as reason:
        sentence = Text("写不进去：{reason}", "cannot write: {reason}").with_(reason=reason)
        return Finding(name, State.WRONG, sentence, _own_folder(instance))
    sentence = Text("每次 {ms} 毫秒", "{ms} ms each").with_(ms=f"{taken * 1000:.1f}")
    if taken < _SLOW_WRITE_SECONDS:
        return Finding(name, State.OK, sentence)
    advice = Text(
        "这块盘太慢；请把数据放在本机硬盘上，不要放网络盘或存储卡。",
        "This disk is slow; keep the data on a drive inside the machine, not on a network or a card.",
    )
    return Finding(name, State.SLOW, sentence, advice)


def _timed(file: int) -> float:
    began = time.perf_counter()
    os.write(file, b"\0" * 4096)
    os.fsync(file)
    return time.perf_counter() - began


def _own_folder(path: Path) -> Text:
    return Text(
        "请让 {path} 归运行本程序的用户所有，只有他能读写。",
        "Let {path} belong to the user who runs the program, readable by nobody else.",
    ).with_(path=path)


def folder(config: Config) -> Finding:
    """Cases lie in the instance folder: its owner may enter, nobody else may look."""
    name = Text("数据文件夹", "Data folder")
    path = config.instance
    if not path.exists():
        return Finding(
            name, State.OK, Text("还没有，第一次打开时建立", "none yet; the first start makes it")
        )
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        sentence = Text("{path} 不能读写", "{path} cannot be read and written").with_(path=path)
        return Finding(name, State.WRONG, sentence, _own_folder(path))
    if _others_may_read(path):
        sentence = Text("别的用户也能看 {path}", "other users can look into {path}")
        advice = Text("请执行：chmod 700 {path}", "Run: chmod 700 {path}").with_(path=path)
        return Finding(name, State.WRONG, sentence.with_(path=path), advice)
    return Finding(name, State.OK, Text("{path}", "{path}").with_(path=path))


def _others_may_read(path: Path) -> bool:
    mode = path.stat().st_mode
    return bool(mode & (stat.S_IRWXG | stat.S_IRWXO))


def keys(config: Config) -> Finding:
    """Without its keys a database is unreadable: their loss is the one thing no backup of it heals."""
    name = Text("密钥", "Keys")
    path = _sqlite_file(config)
    there = config.keys.is_dir() and any(config.keys.iterdir())
    if there and _others_may_read(config.keys):
        sentence = Text("别的用户也能看密钥", "other users can look at the keys")
        advice = Text("请执行：chmod 700 {path}", "Run: chmod 700 {path}")
        return Finding(name, State.WRONG, sentence, advice.with_(path=config.keys))
    if there:
        return Finding(name, State.OK, Text("在，只有本用户能读", "there, for this user only"))
    if path is not None and path.exists():
        advice = Text(
            "请从备份中恢复 {path}；没有它，身份证号和电话读不出来。",
            "Bring {path} back from a backup; without it ID numbers and phones cannot be read.",
        )
        sentence = Text("有数据库，没有密钥", "a database, but no keys")
        return Finding(name, State.MISSING, sentence, advice.with_(path=config.keys))
    return Finding(
        name, State.OK, Text("还没有，第一次打开时建立", "none yet; the first start makes them")
    )


def signing_keys(config: Config, now: datetime) -> Finding:
    """Whether the committees' keys open and are valid; a site without any is as well."""
    name = Text("文书电子签名", "Signing papers")
    files = sorted(config.signing.glob("committee-*.key"))
    if not files:
        sentence = Text("没有装密钥，文书不带电子签名", "no keys: papers carry no signature")
        return Finding(name, State.OK, sentence)
    if any(_others_may_read(file) for file in files):
        sentence = Text("别的用户也能看签名密钥", "other users can look at the signing keys")
        advice = Text("请执行：chmod -R go= {path}", "Run: chmod -R go= {path}")
        return Finding(name, State.WRONG, sentence, advice.with_(path=config.signing))
    bad = [file.name for file in files if not signing.can_sign(file, config.keys, now)]
    if bad:
        sentence = Text("打不开或已到期：{files}", "cannot be opened, or expired: {files}")
        advice = Text(
            "文书照常出具，不带电子签名。用 mediation signing install 换新的密钥。",
            "Papers are issued without a signature. Put in a new key with mediation signing install.",
        )
        return Finding(name, State.SLOW, sentence.with_(files=", ".join(bad)), advice)
    sentence = Text("{count} 把密钥，都能用", "{count} keys, all usable").with_(count=len(files))
    return Finding(name, State.OK, sentence)
