"""Set-up: from a bare machine to a ready environment. Runs before anything is installed."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mediation import parts
from mediation.wording import Language, Text

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "wusong.json"
LEVELS = ("run", "test", "dev")

_PIP = ("install", "--quiet", "--require-hashes", "--no-input", "--disable-pip-version-check")
_APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")
_COMPILE = ("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet")

READY = Text("准备好了，用了 {seconds} 秒。", "Ready after {seconds} s.")
INSTALLING = Text("安装系统部件：{packages}", "Installing system parts: {packages}")
MAKING = Text(
    "安装 {count} 个 Python 包（约一分钟）……",
    "Installing {count} Python packages (about a minute) ...",
)
LACKING = Text(
    "这台机器缺少 {name}（{why}），本程序无权安装。",
    "This machine lacks {name} ({why}), and this program may not install it.",
)
COPY = Text("请管理员执行：\n    {command}", "Ask an administrator to run:\n    {command}")
GOING_ON = Text(
    "其余部分照常继续；缺少的部件所做的事会报错，不会悄悄跳过。",
    "The rest goes on; whatever needs a missing part fails and is never skipped in silence.",
)
APT_FAILED = Text("系统部件没有装上：\n{output}", "System parts could not be installed:\n{output}")
PIP_FAILED = Text(
    "Python 包没有装上：\n{output}\n请检查网络；有镜像的，先用 pip config set global.index-url 设好再试。",
    "Python packages could not be installed:\n{output}\nCheck the network; where there is a "
    "mirror, name it with pip config set global.index-url and try again.",
)
NO_PIP = Text(
    "这个 Python 没有 pip。请管理员执行：\n    sudo apt-get install -y python3-venv",
    "This Python has no pip. Ask an administrator to run:\n    sudo apt-get install -y python3-venv",
)
NOT_OURS = Text(
    "不能写入 {folder}。请把程序复制到自己的文件夹里再运行。",
    "Cannot write to {folder}. Copy the program into a folder of your own and run it there.",
)
NO_UV = Text("重写依赖锁需要 uv。", "Writing the locks anew needs uv.")


class Impossible(Exception):
    """Set-up cannot go on; carries the sentence that says what to do."""

    def __init__(self, sentence: Text) -> None:
        self.sentence = sentence
        super().__init__(sentence.en)


def language() -> Language:
    """The terminal's language: Chinese where it says so, English else."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "zh" if named.lower().startswith("zh") else "en"


def say(sentence: Text) -> None:
    print(sentence.in_(language()), file=sys.stderr, flush=True)


def lock_of(level: str) -> Path:
    return ROOT / "requirements" / f"{level}.txt"


def lock_text(level: str) -> str:
    return lock_of(level).read_text(encoding="utf-8")


def digest(level: str) -> str:
    """What an environment of this level is made of: the lock and the interpreter."""
    made_of = f"{sys.version_info[:2]} {sys.prefix} {ROOT}\n{lock_text(level)}"
    return hashlib.sha256(made_of.encode()).hexdigest()


def stamps() -> dict[str, str]:
    """Level -> digest of what is installed; empty when nothing is, or not to the end."""
    try:
        kept = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, dict) else {}


def is_ready(level: str) -> bool:
    return stamps().get(level) == digest(level) and (ENVIRONMENT / "bin/mediation").exists()


def set_up(level: str) -> None:
    """Bring system and environment to `level`. Does nothing, quickly, when they are there."""
    began = time.monotonic()
    did_system = provide_parts(for_tests=level != "run")
    with one_at_a_time():
        did_environment = not is_ready(level)
        if did_environment:
            make_environment(level)
    if did_system or did_environment:
        say(READY.with_(seconds=round(time.monotonic() - began)))


def provide_parts(*, for_tests: bool) -> bool:
    """Install what the probes miss, or say what to install. Returns whether anything was done."""
    lacking = parts.missing(for_tests=for_tests)
    if not lacking:
        return False
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install(parts.packages_of(lacking))
        lacking = parts.missing(for_tests=for_tests)
    for part in lacking:
        say(LACKING.with_(name=part.name, why=part.why))
    if lacking:
        say(COPY.with_(command=parts.command_for(lacking)))
        say(GOING_ON)
    return True


def install(packages: tuple[str, ...]) -> None:
    """apt-get install; the package lists are fetched first, since a bare machine has none."""
    say(INSTALLING.with_(packages=" ".join(packages)))
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update",), ("install", "-y", "--no-install-recommends", *packages)):
        done = subprocess.run(
            (*_APT, *arguments),
            env=quiet,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        if done.returncode and arguments[0] == "install":
            say(APT_FAILED.with_(output=last_lines(done.stdout)))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two terminals that set up at once wait for each other."""
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def make_environment(level: str) -> None:
    """Add what `level` has more; start from nothing when anything that is there has changed.

    pip never takes old packages away, so one of another lock is not repaired but replaced.
    """
    if not os.access(ROOT, os.W_OK):
        raise Impossible(NOT_OURS.with_(folder=ROOT))
    kept = stamps()
    if not kept or any(value != digest(name) for name, value in kept.items()):
        create()
        kept = {}
    STAMP.unlink(missing_ok=True)
    say(MAKING.with_(count=lock_text(level).count("==")))
    pip(*_PIP, "-r", str(lock_of(level)))
    write_command()
    # A higher level holds the lower ones: each lock is part of the next.
    reached = LEVELS[: LEVELS.index(level) + 1]
    STAMP.write_text(json.dumps(kept | {name: digest(name) for name in reached}), encoding="utf-8")


def create() -> None:
    """An empty environment; without pip, since Debian's venv module cannot bring it."""
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    if not has("venv") and os.geteuid() == 0 and shutil.which("apt-get"):
        install(("python3-venv",))
    call(sys.executable, "-m", "venv", "--without-pip", str(ENVIRONMENT))


def pip(*arguments: str) -> None:
    """This Python's own pip, aimed at the environment: it knows the mirror and certificates."""
    if not has("pip") and os.geteuid() == 0 and shutil.which("apt-get"):
        install(("python3-pip",))
    if not has("pip"):
        raise Impossible(NO_PIP)
    call(sys.executable, "-m", "pip", "--python", str(ENVIRONMENT / "bin/python"), *arguments)


def has(module: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(module) is not None


def call(*command: str) -> None:
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise Impossible(PIP_FAILED.with_(output=last_lines(done.stdout)))


def last_lines(output: str, count: int = 12) -> str:
    return "\n".join("    " + line for line in output.strip().splitlines()[-count:])


def write_command() -> None:
    """`mediation` in the environment runs this source tree, so that an edit is seen at once."""
    python = ENVIRONMENT / "bin/python"
    packages = ENVIRONMENT / f"lib/python3.{sys.version_info.minor}/site-packages"
    (packages / "wusong.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = ENVIRONMENT / "bin/mediation"
    command.write_text(
        f'#!/bin/sh\nexec "{python}" -P -c "import sys; sys.argv[0] = \'mediation\'; '
        'from mediation.cli import main; sys.exit(main())" "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o755)


def write_locks() -> None:
    """The locks from pyproject.toml: names, versions, hashes, no address. The largest leads."""
    uv = shutil.which("uv")
    if not uv:
        raise Impossible(NO_UV)
    for level in reversed(LEVELS):
        group = () if level == "run" else ("--group", level)
        leading = () if level == "dev" else ("-c", str(lock_of("dev")))
        sources = ("pyproject.toml", *group, *leading, "-p", "3.11", "-o", str(lock_of(level)))
        subprocess.run((uv, "pip", "compile", *_COMPILE, *sources), cwd=ROOT, check=True)


def main(arguments: list[str]) -> int:
    level = arguments[0] if arguments else "run"
    if level not in (*LEVELS, "lock"):
        print(f"setup: {', '.join(LEVELS)}", file=sys.stderr)
        return 2
    try:
        write_locks() if level == "lock" else set_up(level)
    except Impossible as reason:
        say(reason.sentence)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
