"""The application, put together: settings, keys, database, gate, pages, worker."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, request
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from mediation import models, web
from mediation.clock import Clock
from mediation.config import Config, from_environment
from mediation.crypto import Keyring
from mediation.documents import typefaces
from mediation.models.database import db, use_keyring
from mediation.paths import MIGRATIONS, STATIC, TEMPLATES
from mediation.services import site
from mediation.services.passwords import Passwords
from mediation.web import errors, gate, pages

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(config: Config | None = None, *, clock: Clock | None = None) -> Flask:
    """A ready application. The database is migrated by `mediation migrate`, not here."""
    config = config or from_environment()
    app = Flask(__name__, static_folder=str(STATIC), template_folder=str(TEMPLATES))
    keyring = _open_instance(app, config)
    app.extensions.update(
        config=config,
        clock=clock or Clock(),
        keyring=keyring,
        passwords=Passwords(memory_kib=config.argon2_memory_kib, rounds=config.argon2_rounds),
    )
    _configure(app, config)
    db.init_app(app)
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True)
    app.before_request(gate.refuse_oddities)  # before anything reads a form
    CSRFProtect(app)
    gate.init(app)
    pages.init(app)
    errors.init(app)
    for blueprint in _blueprints():
        app.register_blueprint(blueprint)
    gate.check_all_stamped(app)
    app.after_request(_harden)
    if config.behind_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _open_instance(app: Flask, config: Config) -> Keyring:
    config.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not config.keys.exists():
        _close(config.instance)
    config.files.mkdir(exist_ok=True, mode=0o700)
    keyring = Keyring.load_or_create(config.keys)
    use_keyring(keyring)
    site.use_site(site.of(config, keyring))
    typefaces.use(config.typefaces, config.fonts)
    app.secret_key = keyring.derive("session")
    return keyring


def _close(folder: Path) -> None:
    """A fresh clone leaves the instance folder open to everybody on the machine."""
    with suppress(PermissionError):  # it is somebody else's; `mediation doctor` says so
        folder.chmod(0o700)


def _configure(app: Flask, config: Config) -> None:
    app.config.update(
        SQLALCHEMY_DATABASE_URI=config.url,
        MAX_CONTENT_LENGTH=config.request_limit,
        MAX_FORM_MEMORY_SIZE=gate.MOST_WORDS,
        MAX_FORM_PARTS=1000,
        TRUSTED_HOSTS=_hosts(config),
        SESSION_COOKIE_NAME="__Host-wusong_form" if config.secure_cookies else "wusong_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=1),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # we send no referrer at all
        TESTING=config.testing,
        PROPAGATE_ERRORS=config.testing,
    )


def _hosts(config: Config) -> list[str] | None:
    """The names this site answers to, where its keeper listed them; else whoever reaches it may."""
    if not config.trusted_hosts:
        return None
    public = urlsplit(config.public_address).hostname
    own = [public] if public else []
    return [*config.trusted_hosts, *own, "localhost", "127.0.0.1", "[::1]"]


def _blueprints() -> Iterator[Blueprint]:
    """Every `bp` of every module in `web/`: a new noun needs no second place."""
    for found in pkgutil.iter_modules(web.__path__):
        module = importlib.import_module(f"{web.__name__}.{found.name}")
        if isinstance(getattr(module, "bp", None), Blueprint):
            yield module.bp


def _harden(response: Response) -> Response:
    """The same headers on every answer; what may hold somebody's data is never stored."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


assert models is not None  # every table is known before the first query
