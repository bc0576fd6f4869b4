"""The front door opens on this machine, refuses a plain line beyond it, and closes quickly."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from mediation import serving
from mediation.errors import Refused
from mediation.serving import Door

PROGRAM = """
import time
from mediation.serving import Door, serve

def app(environ, start):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(30)
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"open"]

serve(lambda: app, Door(port={port}))
"""


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])  # noqa: S104 -- refused
def test_a_plain_line_beyond_this_machine_is_refused(host: str) -> None:
    with pytest.raises(Refused) as refused:
        serving.check(Door(host=host))
    assert "--behind-proxy" in refused.value.reasons[0].en
    assert host in refused.value.reasons[0].zh


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.0.0.9"])
def test_this_machine_alone_needs_no_certificate(host: str) -> None:
    assert serving.is_loopback(host)


def test_behind_a_proxy_the_proxy_encrypts() -> None:
    serving.check(Door(host="0.0.0.0", port=free_port(), behind_proxy=True))  # noqa: S104


def test_a_bad_certificate_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_text("no certificate", encoding="utf-8")
    with pytest.raises(Refused, match="PEM"):
        serving.check(Door(host="0.0.0.0", certificate=tmp_path / "a.pem"))  # noqa: S104
    with pytest.raises(Refused, match="PEM"):
        serving.check(Door(certificate=tmp_path / "missing.pem"))


def test_a_taken_port_names_another() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Refused, match=str(port + 1)):
            serving.check(Door(port=port))


def test_an_address_of_nobody_is_a_sentence() -> None:
    with pytest.raises(Refused, match="--host"):
        serving.check(Door(host="192.0.2.7", port=free_port(), behind_proxy=True))


def test_the_address_people_type() -> None:
    assert Door().address == "http://127.0.0.1:5000"
    assert Door(host="::1", certificate=Path("c.pem")).address == "https://[::1]:5000"


def test_one_worker_many_threads_no_control_socket() -> None:
    chosen = serving.settings(Door())
    assert (chosen["workers"], chosen["threads"]) == (1, 8)
    assert chosen["control_socket_disable"]


@pytest.mark.slow
def test_it_answers_and_stops_within_two_seconds() -> None:
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", PROGRAM.format(port=port)])
    try:
        assert _read(port) == b"open"
        with socket.create_connection(("127.0.0.1", port)) as hanging:
            hanging.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
            time.sleep(0.2)
            server.send_signal(signal.SIGTERM)
            began = time.monotonic()
            assert server.wait(timeout=10) == 0
        assert time.monotonic() - began < 2
    finally:
        server.kill()
        server.wait()


def _read(port: int) -> bytes:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the door did not open")
