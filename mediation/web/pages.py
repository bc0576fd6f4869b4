"""What every page gets: words in its language, the person, the way around, a token for its form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from mediation import money
from mediation.permissions import Permission, may
from mediation.web import dates
from mediation.web.tokens import as_seen, new_token
from mediation.wording import Language, Text, language_of

LANGUAGE_COOKIE, LARGE_COOKIE = "language", "large"


@dataclass(frozen=True, slots=True)
class Door:
    """One word of the menu: shown to those whom its permission lets in."""

    text: Text
    endpoint: str
    icon: str
    permission: Permission


# Order is the order on the page; the first four are the foot of the phone.
DOORS = (
    Door(Text("今天", "Today"), "today.today", "today", Permission.OPEN_TODAY),
    Door(Text("登记", "Register"), "disputes.register", "register", Permission.REGISTER_DISPUTE),
    Door(Text("待收", "Court queue"), "court.queue", "inbox", Permission.OPEN_COURT_QUEUE),
    Door(Text("案件", "Cases"), "disputes.index", "cases", Permission.SEE_DISPUTES),
    Door(Text("看板", "Board"), "board.board", "board", Permission.SEE_BOARD),
    Door(Text("公约", "Covenants"), "covenants.index", "covenant", Permission.SEE_COVENANTS),
    Door(Text("组织", "Places"), "organisation.index", "places", Permission.MANAGE_ORGANISATION),
    Door(Text("清单", "Lists"), "lists.index", "lists", Permission.EDIT_LISTS),
    Door(Text("账号", "Accounts"), "accounts.index", "people", Permission.MANAGE_ACCOUNTS),
    Door(Text("记录", "Audit"), "audit.index", "audit", Permission.READ_AUDIT),
    Door(Text("健康", "Health"), "health.index", "health", Permission.SEE_HEALTH),
    Door(Text("我的", "Mine"), "preferences.mine", "mine", Permission.KEEP_OWN_ACCOUNT),
)


def language() -> Language:
    """The one chosen on a page, else the person's, else Chinese first whatever the browser says."""
    if "language" not in g:
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        if chosen is None and current_user.is_authenticated:
            chosen = current_user.seen.language
        g.language = language_of(chosen)
    return g.language  # type: ignore[no-any-return]


def large() -> bool:
    """Large letters: as chosen in this browser, else as the person is known; a party's from the start."""
    chosen = request.cookies.get(LARGE_COOKIE)
    if chosen is None and current_user.is_authenticated:
        return bool(current_user.seen.large)
    return chosen == "1"


def t(zh: str, en: str, **values: Any) -> str:
    """One sentence in the page's language; values that are Text are said in the same one."""
    text = Text(zh, en).with_(**values) if values else Text(zh, en)
    return text.in_(language())


def say(text: Any) -> Any:
    """A Text in the page's language; anything else as it is."""
    return text.in_(language()) if isinstance(text, Text) else text


def nav() -> list[dict[str, Any]]:
    if not current_user.is_authenticated or current_user.actor.party_id is not None:
        return []
    who, here = current_user.actor, _open_door()
    return [
        {
            "text": door.text,
            "url": url_for(door.endpoint),
            "icon": door.icon,
            "current": door.endpoint == here,
        }
        for door in DOORS
        if door.endpoint in current_app.view_functions and may(who, door.permission).allowed
    ]


# What is part of a case, or of the board, though it has rooms of its own.
_WITHIN = (
    dict.fromkeys(
        (
            "records",
            "parties",
            "papers",
            "blanks",
            "evidence",
            "corrections",
            "reveals",
            "press_queue",
        ),
        "disputes",
    )
    | dict.fromkeys(("reports", "handovers", "imports", "print_runs"), "board")
    | {"word_templates": "lists"}
)


def _open_door() -> str:
    """The one door this page lies behind: its own, else the first of the same room."""
    endpoint = request.endpoint or ""
    room = endpoint.split(".")[0]
    own = [door.endpoint for door in DOORS if door.endpoint == endpoint]
    return next(
        iter(own),
        next((d.endpoint for d in DOORS if _behind(d, _WITHIN.get(room, room))), ""),
    )


def _behind(door: Door, room: str) -> bool:
    return door.endpoint.startswith(f"{room}.") and door.endpoint != "disputes.register"


def _token_as_seen(subject: str = "", version: int | None = None) -> Markup:
    """For templates: a form that comes back is still about what its writer had before their eyes."""
    return token_field(subject, as_seen(subject, version))


def token_field(subject: str = "", version: int | None = None) -> Markup:
    return Markup('<input type="hidden" name="event_token" value="{}">').format(
        new_token(subject, version)
    )


def day(value: date | datetime | None, *, weekday: bool = False) -> str:
    return dates.said_day(value, language(), weekday=weekday) if value else ""


def moment(value: datetime | None) -> str:
    return dates.said_moment(value, language()) if value else ""


def render(template: str, **context: Any) -> str:
    return render_template(template, **context)


def init(app: Flask) -> None:
    app.jinja_env.globals.update(
        t=t, say=say, nav=nav, day=day, moment=moment, token_field=_token_as_seen,
        csrf_token=generate_csrf,
    )  # fmt: skip
    app.jinja_env.filters["yuan"] = money.yuan
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def _context() -> dict[str, Any]:
        signed_in = current_user.is_authenticated
        return {
            "lang": language(),
            "large": large(),
            "actor": current_user.actor if signed_in else None,
            "nav": nav(),
            "practice": current_app.extensions["config"].practice,
        }
