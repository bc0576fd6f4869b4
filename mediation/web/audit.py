"""The audit administrator's page: the record, and whether history stands as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, request, url_for

from mediation.forms.audit import AuditForm
from mediation.permissions import Permission
from mediation.services import auditing
from mediation.services.auditing import Sought
from mediation.web.acting import Reply
from mediation.web.court_views import number
from mediation.web.gate import hand, requires
from mediation.web.pages import moment, render
from mediation.wording import Text

if TYPE_CHECKING:
    from mediation.models.history import AuditEntry

bp = Blueprint("audit", __name__)
# How the record's short names are said.
ACTS: dict[str, Text] = {
    "sign_in": Text("登录", "signed in"),
    "change_password": Text("换了密码", "changed the password"),
    "enter_by_code": Text("凭案件码进入", "entered by case code"),
    "open_paper": Text("打开文书", "opened a paper"),
    "copy_paper": Text("导出Word草稿", "took a Word draft"),
    "keep_templates": Text("管Word模板", "kept Word templates"),
    "bind_volume": Text("装订卷宗", "asked for a bound volume"),
    "open_dossier": Text("打开装订的卷宗", "opened a bound volume"),
    "open_evidence": Text("下载证据", "downloaded evidence"),
    "call_party": Text("打电话给当事人", "called a party"),
    "reveal_identity": Text("看了完整号码", "saw full numbers"),
    "add_account": Text("加了账号", "added an account"),
    "give_post": Text("给了职务", "gave a post"),
    "end_post": Text("结束了职务", "ended a post"),
    "switch_off": Text("停用了账号", "switched an account off"),
    "switch_on": Text("启用了账号", "switched an account on"),
    "password_link": Text("给了设密码的链接", "made a password link"),
    "add_place": Text("加了地方", "added a place"),
    "change_place": Text("改了地方", "changed a place"),
    "add_committee": Text("加了委员会", "added a committee"),
    "change_committee": Text("改了委员会", "changed a committee"),
    "add_court": Text("加了法院", "added a court"),
    "change_court": Text("改了法院", "changed a court"),
    "edit_lists": Text("改了节假日", "edited the workdays"),
    "import": Text("批量导入", "imported cases"),
    "open_import_file": Text("下载导入的表格", "downloaded an imported table"),
    "print_run": Text("批量印文书", "began a print run"),
    "open_print": Text("下载批量印好的文书", "took printed papers"),
    "undo_import": Text("撤销导入", "undid an import"),
}


@bp.get("/audit")
@requires(Permission.READ_AUDIT)
def index() -> Reply:
    form = AuditForm(request.args)
    before = number(request.args.get("before"))
    sought = Sought(form.name.data or "", form.act.data or "", form.on.data)
    page = auditing.page(sought, by=hand(), before=before)
    form.act.choices = [("", Text("全部", "everything")), *((a, told(a)) for a in page.acts)]
    asked: dict[str, Any] = {name: request.args.get(name) or None for name in ("name", "act", "on")}
    return render(
        "audit/index.html", form=form, rows=[_row(e) for e in page.entries],
        columns=_COLUMNS, older_url=url_for("audit.index", before=page.older, **asked) if page.older else None,
    )  # fmt: skip


_COLUMNS = (
    {"label": Text("什么时候", "When")},
    {"label": Text("谁", "Who")},
    {"label": Text("做了什么", "What")},
    {"label": Text("对象", "Of what")},
    {"label": Text("为什么", "Why")},
)


def _row(entry: AuditEntry) -> list[object]:
    who = entry.by_name or Text("当事人", "a party")
    return [moment(entry.at), who, told(entry.act), entry.subject, entry.reason]


def told(act: str) -> Text:
    return ACTS.get(act, Text(act, act))


@bp.get("/audit/chains")
@requires(Permission.READ_AUDIT)
def chains() -> Reply:
    """Every case's history checked link by link, now."""
    return render("audit/chains.html", broken=auditing.broken_cases(by=hand()))
