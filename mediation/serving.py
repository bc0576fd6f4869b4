"""The front door: one process with threads, on this machine only unless the line is encrypted."""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

from gunicorn.app.base import BaseApplication

from mediation.errors import Refused
from mediation.wording import Text

THREADS = 8
STOPPING_SECONDS = 1
HEARTBEAT_SECONDS = 120
_MEMORY = Path("/dev/shm")  # noqa: S108 -- gunicorn's heartbeat file, made by mkstemp

PLAIN = Text(
    "没有加密的网址只能在本机打开，不能开在 {host} 上：个人信息会在网上裸奔。"
    "请用 --certificate 和 --key 给出证书，或在前面放一个带证书的代理并加 --behind-proxy。",
    "Without encryption the pages open on this machine only, not on {host}: personal data would "
    "travel in the open. Give --certificate and --key, or put a proxy with a certificate in front "
    "and add --behind-proxy.",
)
UNKNOWN_HOST = Text(
    "这台机器没有 {host} 这个地址。请检查 --host；只在本机用，写 127.0.0.1。",
    "This machine has no address {host}. Check --host; for this machine only, use 127.0.0.1.",
)
TAKEN = Text(
    "{host} 的 {port} 端口已经有程序在用。先停掉它，或换一个端口，例如 --port {next}。",
    "Port {port} on {host} is in use already. Stop the program that uses it, or take another "
    "port, for example --port {next}.",
)
FORBIDDEN = Text(
    "不能打开 {port} 端口：1024 以下的端口要管理员权限。请换一个端口，例如 --port 8443。",
    "Port {port} cannot be opened: ports below 1024 need an administrator. Take another, for "
    "example --port 8443.",
)
BAD_CERTIFICATE = Text(
    "证书不能用：{reason}。--certificate 和 --key 都应是 PEM 文件，而且是一对。",
    "The certificate cannot be used: {reason}. --certificate and --key must be PEM files that "
    "belong together.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where people come in. `behind_proxy`: another program in front does the encryption."""

    host: str = "127.0.0.1"
    port: int = 5000
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False

    @property
    def address(self) -> str:
        scheme = "https" if self.certificate else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}"


def serve(app_factory: Callable[[], WSGIApplication], door: Door) -> None:
    """Open the door and stay until told to stop; what is being answered then gets one second.

    The factory is called in the worker, so that threads it starts live where requests are answered.
    Raises Refused where the door would not be safe or cannot be opened.
    """
    check(door)
    _Server(app_factory, settings(door)).run()


def check(door: Door) -> None:
    """Raise Refused with a sentence that says what to do instead."""
    if not (door.certificate or door.behind_proxy or is_loopback(door.host)):
        raise Refused(PLAIN.with_(host=door.host))
    _check_certificate(door)
    _check_port(door)


def is_loopback(host: str) -> bool:
    """Whether only this machine can come in at that address; a name counts by what it means."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        meant = {str(row[4][0]) for row in _resolve(host, 0)}
        return all(ipaddress.ip_address(address).is_loopback for address in meant)


def settings(door: Door) -> dict[str, Any]:
    """gunicorn's settings. One worker: limits and the outbox's thread live in its memory."""
    host = f"[{door.host}]" if ":" in door.host else door.host
    return {
        "bind": f"{host}:{door.port}",
        "workers": 1,
        "threads": THREADS,
        "worker_class": "gthread",
        "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
        "timeout": HEARTBEAT_SECONDS,
        "graceful_timeout": STOPPING_SECONDS,
        "control_socket_disable": True,
        "proc_name": "wusong",
        "loglevel": "warning",
        "certfile": str(door.certificate) if door.certificate else None,
        "keyfile": str(door.key) if door.key else None,
    }


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    def __init__(self, app_factory: Callable[[], WSGIApplication], chosen: dict[str, Any]) -> None:
        self._app_factory = app_factory
        self._chosen = chosen
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._chosen.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        return self._app_factory()


def _resolve(host: str, port: int) -> list[Any]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as reason:
        raise Refused(UNKNOWN_HOST.with_(host=host)) from reason


def _check_certificate(door: Door) -> None:
    if door.certificate is None:
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(
            door.certificate, door.key
        )
    except OSError as reason:
        raise Refused(BAD_CERTIFICATE.with_(reason=reason)) from reason


def _check_port(door: Door) -> None:
    """Try the port first: gunicorn would try for five seconds and then speak in tracebacks."""
    family, kind, _, _, address = _resolve(door.host, door.port)[0]
    with socket.socket(family, kind) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(address)
        except OSError as reason:
            raise Refused(_why_not(door, reason)) from reason


def _why_not(door: Door, reason: OSError) -> Text:
    match reason.errno:
        case errno.EADDRINUSE:
            return TAKEN.with_(host=door.host, port=door.port, next=door.port + 1)
        case errno.EACCES:
            return FORBIDDEN.with_(port=door.port)
        case _:
            return UNKNOWN_HOST.with_(host=door.host)
