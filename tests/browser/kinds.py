"""Every kind of page there is: its name, who opens it, and how to find one in the practice county."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from mediation.models import database
from mediation.models.covenants import Covenant, CovenantVersion, Signatory
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.evidence import Evidence
from mediation.models.papers import Paper
from mediation.models.parties import Party
from mediation.seeds.story import Duty, Story
from mediation.services import (
    evidence,
    import_files,
    imports,
    paper_files,
    print_runs,
    set_up,
    sign_ins,
    word_templates,
)
from mediation.services.import_files import Waiting
from mediation.services.import_previews import File
from mediation.services.parties import PartyAnswers
from mediation.services.print_choices import Wanted
from mediation.wording import Text
from mediation.workflow.documents import Document
from mediation.workflow.stages import Stage
from mediation.workflow.words import Channel, CovenantState, Side
from tests.documents.test_word_templates import template
from tests.pictures import png
from tests.site import Site
from tests.tables import as_csv, row

S = Stage
# Who works on the cases of each committee, by the short name of its place.
KEEPERS = {
    "柳林镇": "sunzhiping", "柳溪村": "zhouguilan", "河口村": "duanshuiqing",
    "安澜街道": "zhengqiu", "桂花社区": "machunyan", "望山社区": "jiangbo",
    "织里社区": "luyan", "东升社区": "weiguodong",
}  # fmt: skip
LONG_NAMES = Story(
    title="两家合伙买收割机以后的账怎么算、机器归谁用还没有说清楚",
    dispute_type="contract",
    place="柳溪村第一网格",
    channel=Channel.VISIT,
    parties=(
        PartyAnswers(
            name="欧阳娜仁花", side=Side.APPLICANT, age=61, phone="13900005555",
            address="柳林镇乌兰察布格勒苏木哈拉盖图嘎查十二组",
        ),
        PartyAnswers(name="买买提江·吐尔逊阿不都热依木", side=Side.RESPONDENT, age=47),
    ),
    facts="三年前两家合伙买收割机，现在拆伙，钱和机器都没有算清楚。",
    claims="退还 12,345,678.90 元",
    duties=(
        Duty(debtor=1, creditor=0, what="退还合伙购买收割机的出资款", amount_fen=1_234_567_890, within_days=20),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """`path` finds the page; `who` opens it: a login, "" for everybody, "party", or "keeper" of the case."""

    name: str
    who: str
    path: Callable[[Finder], str]
    status: int = 200


class Finder:
    """Looks things up in the county with its stories, once each."""

    def __init__(self, site: Site, long_case: str) -> None:
        self.site, self.long_case = site, long_case

    @cached_property
    def _cases(self) -> dict[Stage, tuple[str, str]]:
        """The reference of one case at each stage, and the login of whoever works on it."""
        names = {number: name for name, number in self.site.county.committees.items()}
        rows = list(db.session.scalars(select(Dispute).order_by(Dispute.id)))
        found = {
            d.stage: (d.reference, KEEPERS[names[d.committee_id]])
            for d in rows
            if d.reference != self.long_case and d.committee_id is not None
        }
        db.session.remove()
        return found

    def case(self, stage: Stage, end: str = "") -> str:
        return f"/disputes/{self._cases[stage][0]}{end}"

    @property
    def signing(self) -> str:
        return self._cases[S.SIGNING][0]

    @property
    def filed(self) -> str:
        return self._cases[S.CONFIRMATION_FILED][0]

    def court(self, stage: Stage) -> str:
        return f"/court/{self._cases[stage][0]}"

    def keeper_of(self, path: str) -> str:
        """Whoever works on the case whose page it is."""
        return next((who for ref, who in self._cases.values() if ref in path), "zhouguilan")

    def party_of(self, stage: Stage, number: int = 0) -> int:
        reference = self._cases[stage][0]
        query = select(Party.id).join(Dispute).where(Dispute.reference == reference)
        found = list(db.session.scalars(query.order_by(Party.id)))[number]
        db.session.remove()
        return found

    @cached_property
    def agreement(self) -> tuple[int, str, str]:
        """The agreement that waits for signatures: its number, its public id, its check code."""
        query = (
            select(Paper.id, Paper.public_id, Paper.check_code)
            .join(Dispute)
            .where(Dispute.reference == self._cases[S.SIGNING][0])
            .where(Paper.kind == "mediation_agreement", Paper.language == "zh")
        )
        number, public_id, code = db.session.execute(query).one()
        db.session.remove()
        return number, public_id, code

    def papers_of(self, reference: str) -> list[int]:
        """All papers of a case, also those that are not drawn yet."""
        query = select(Paper.id).join(Dispute).where(Dispute.reference == reference)
        found = list(db.session.scalars(query.order_by(Paper.id)))
        db.session.remove()
        return found

    def covenant(self, state: CovenantState) -> str:
        query = select(Covenant.reference).join(CovenantVersion)
        return self._first(query.where(CovenantVersion.state == state))

    def signature(self) -> str:
        """Where a household takes its signature back."""
        covenant, number = self.covenant(CovenantState.POSTED), self._first(select(Signatory.id))
        return f"/covenants/{covenant}/signatures/{number}/withdraw"

    @cached_property
    def evidence(self) -> int:
        """A piece that was handed in: a photograph of a receipt."""
        path = self.case(S.MEDIATING)
        hand = self.site.hand(self.keeper_of(path))
        paper = evidence.EvidenceAnswers(
            name="热水器发票", source="司马青", file_name="发票.png", content=png()
        )
        evidence.add(path.rpartition("/")[2], paper, limit=1 << 20, by=hand)
        return int(self._first(select(Evidence.id).order_by(Evidence.id.desc())))

    @cached_property
    def waiting_table(self) -> str:
        """A table that was sent and is looked at: one good row, one that cannot be read."""
        place = self.site.county.places["柳林镇"]
        table = File("台账.csv", as_csv([row(1), row(2, 申请人="")]))
        return import_files.set_down(Waiting(table, place), by=self.site.hand("fangwei"))

    @cached_property
    def imported(self) -> str:
        """A table whose rows were registered."""
        place, hand = self.site.county.places["柳林镇"], self.site.hand("fangwei")
        table = File("旧台账.csv", as_csv([row(3), row(4, 申请人="")]))
        reference = imports.begin(table, place, by=hand, limit=1 << 20)
        imports.run(reference, by=hand, told=lambda _: None)
        return reference

    @cached_property
    def template(self) -> str:
        """A site's own template that cannot be used yet: it says what has to be put right."""
        hand = self.site.hand("shenjing")
        made = word_templates.beginning("rights-notice", by=hand)
        word_templates.add("rights-notice", made.name, made.content, "现成的，改着用", by=hand)
        bad = template("告知书：【甲方名字】，【诉讼途径】")
        return "/templates/" + word_templates.add(
            "rights-notice", "县局.docx", bad, "县局新发的格式", by=hand
        )

    @cached_property
    def print_run(self) -> str:
        """Letters that were chosen and are looked at, and one that is not among them."""
        by = self.site.hand("hetianming")
        table = File("编号.csv", f"{self.filed}\n没有这个编号\n".encode())
        return print_runs.choose(
            Wanted(file=table),
            single=False,
            volume_size=50,
            asked=Text("按表", "from a table"),
            by=by,
        )

    @cached_property
    def printed(self) -> str:
        """A run that is over: what could be bound is bound."""
        by = self.site.hand("hetianming")
        wanted = Wanted(kind=Document.MEDIATION_APPLICATION)
        reference = print_runs.choose(
            wanted, single=False, volume_size=2, asked=Text("申请书", "applications"), by=by
        )
        print_runs.start(reference, by=by)
        number = print_runs.look(reference, by=by).id
        while print_runs.advance(number, self.site.clock.clock) is print_runs.Step.MADE:
            pass
        return reference

    @cached_property
    def failed_at_press(self) -> str:
        """The press with one paper that it could not draw."""
        committee = self.site.county.committees["柳溪村"]
        query = select(Paper.id).join(Dispute).where(Paper.sha256 == "")
        number = self._first(query.where(Dispute.committee_id == committee))
        paper_files.give_up(int(number), Text("字库里没有这个字：𰻝", "no such character: 𰻝"))
        return "/papers/press"

    def set_up_link(self) -> str:
        with database.transaction():
            return set_up.make_link(None, clock=self.site.clock.clock)

    def party_token(self, stage: Stage, number: int = 0) -> str:
        party = self.party_of(stage, number)
        with database.transaction():
            return sign_ins.begin_for_party(party, clock=self.site.clock.clock)

    def _first(self, query: object) -> str:
        found = db.session.scalars(query).first()  # type: ignore[call-overload]
        db.session.remove()
        assert found, "nothing of the kind in the county"
        return str(found)


def _case(stage: Stage) -> Kind:
    return Kind(f"case {stage.name.lower()}", "keeper", lambda f: f.case(stage))


def _record(slug: str, stage: Stage) -> Kind:
    return Kind(f"record {slug}", "keeper", lambda f: f.case(stage, f"/records/{slug}"))


def _move(slug: str, stage: Stage) -> Kind:
    return Kind(f"move {slug}", "keeper", lambda f: f.case(stage, f"/transitions/{slug}"))


def _part(name: str, stage: Stage, end: str) -> Kind:
    return Kind(name, "keeper", lambda f: f.case(stage, end))


def _asked_for(slug: str, stage: Stage) -> Kind:
    return Kind(f"ask for {slug}", "keeper", lambda f: f.case(stage, f"/papers/request/{slug}"))


def _person(name: str, end: str) -> Kind:
    stage = S.MEDIATING
    return Kind(name, "keeper", lambda f: f.case(stage, f"/parties/{f.party_of(stage)}{end}"))


def _covenant(name: str, who: str, state: CovenantState, end: str) -> Kind:
    return Kind(name, who, lambda f: f"/covenants/{f.covenant(state)}{end}")


def _place(name: str, place: str, end: str) -> Kind:
    return Kind(
        name, "shenjing", lambda f: f"/organisation/places/{f.site.county.places[place]}{end}"
    )


def _page(name: str, who: str, path: str, status: int = 200) -> Kind:
    return Kind(name, who, lambda _: path, status)


CASES = (
    S.REGISTERED, S.PERSUADING, S.MEDIATING, S.ESCALATED, S.SIGNING, S.CONFIRMATION_FILED,
    S.CONFIRMATION_REFUSED, S.PERFORMING, S.BREACH, S.CLOSED, S.ARCHIVED, S.TO_COURT,
    S.NOT_ACCEPTED,
)  # fmt: skip
RECORDS = {
    "party": S.REGISTERED, "representative": S.REGISTERED, "danger-check": S.REGISTERED,
    "consent": S.REGISTERED, "assignment": S.REGISTERED, "rights-reading": S.REGISTERED,
    "non-acceptance": S.REGISTERED, "referral": S.REGISTERED, "persuasion": S.PERSUADING,
    "inquiry": S.MEDIATING, "sitting": S.MEDIATING, "terms": S.MEDIATING, "signature": S.SIGNING,
    "escalation": S.MEDIATING, "termination": S.MEDIATING, "application": S.PERFORMING,
    "performance": S.PERFORMING, "urging": S.PERFORMING, "new-date": S.BREACH, "visit": S.CLOSED,
    "no-visit": S.TO_COURT, "retention": S.CLOSED,
}  # fmt: skip
MOVES = {
    "accept": S.REGISTERED, "begin-mediation": S.PERSUADING, "draft-agreement": S.MEDIATING,
    "make-effective": S.SIGNING, "withdraw": S.MEDIATING,
}  # fmt: skip

KINDS: tuple[Kind, ...] = (
    # Public.
    _page("home", "", "/"),
    _page("sign in", "", "/sign-in"),
    _page("look up", "", "/my"),
    _page("verify", "", "/verify"),
    _page("verified", "", "/v/nothing-of-ours"),
    _page("not found", "", "/there-is-no-such-page", 404),
    _page("used link", "", "/set-up/nothing", 410),
    Kind("set up", "", lambda f: f"/set-up/{f.set_up_link()}"),
    Kind("covenant to read", "", lambda f: f"/covenants/read/{f.covenant(CovenantState.POSTED)}"),
    _page("style", "", "/style"),
    # Mediator.
    _page("today", "zhouguilan", "/today"),
    _page("register", "zhouguilan", "/disputes/register"),
    _page("cases", "zhouguilan", "/disputes"),
    _page("cases to tick", "hetianming", "/disputes"),
    _page("cases not found", "zhouguilan", "/disputes?words=没有这个人"),
    _page("mine", "zhouguilan", "/mine"),
    _page("password", "zhouguilan", "/password"),
    _page("forbidden", "zhouguilan", "/organisation", 403),
    *(_case(stage) for stage in CASES),
    Kind("case long names", "zhouguilan", lambda f: f"/disputes/{f.long_case}"),
    _part("registered", S.REGISTERED, "/registered"),
    _part("timeline", S.CLOSED, "/timeline"),
    _part("other ways", S.MEDIATING, "/other-ways"),
    _part("papers", S.CLOSED, "/papers"),
    _page("blank forms", "zhouguilan", "/papers/blanks"),
    _part("missing papers", S.CLOSED, "/papers/missing"),
    _part("volume", S.MEDIATING, "/dossier"),
    _asked_for("mediation-notice", S.MEDIATING),
    _asked_for("service-receipt", S.MEDIATING),
    _asked_for("power-of-attorney", S.MEDIATING),
    _asked_for("volume-note", S.CLOSED),
    _asked_for("identity-sheet", S.ARCHIVED),
    Kind("paper", "machunyan", lambda f: f"/papers/{f.agreement[1]}"),
    Kind("slip", "keeper", lambda f: f.case(S.MEDIATING, f"/papers/slip/{f.party_of(S.MEDIATING)}")),
    _person("call", "/call"),
    _person("reveal", "/reveal"),
    _person("party of a case", ""),
    _person("party to complete", "/complete"),
    _page("handed on", "duanshuiqing", "/disputes/handed-on/escalate"),
    Kind("evidence set aside", "keeper", lambda f: f.case(S.MEDIATING, f"/evidence/{f.evidence}/set-aside")),
    _part("evidence", S.MEDIATING, "/evidence"),
    _part("corrections", S.MEDIATING, "/corrections"),
    Kind("duplicate", "hetianming", lambda f: f.case(S.PERSUADING, "/duplicate")),
    *(_record(slug, stage) for slug, stage in RECORDS.items()),
    *(_move(slug, stage) for slug, stage in MOVES.items()),
    # Chair and managers.
    _page("board", "shenjing", "/board"),
    _page("board of a town", "fangwei", "/board"),
    _page("board list", "shenjing", "/board/lists/registered"),
    _page("report", "shenjing", "/reports/case-statement"),
    _page("report deadlines", "shenjing", "/reports/deadlines"),
    _page("report cases", "shenjing", "/reports/case-statement/cases/cases"),
    _page("hand over", "fangwei", "/handovers"),
    _page("handed over", "fangwei", "/handovers/done?moved=3"),
    _page("imports", "fangwei", "/imports"),
    _page("import", "fangwei", "/imports/new"),
    Kind("import looked at", "fangwei", lambda f: f"/imports/waiting/{f.waiting_table}"),
    Kind("imported", "fangwei", lambda f: f"/imports/{f.imported}"),
    _page("print runs", "hetianming", "/print-runs"),
    _page("print run", "hetianming", "/print-runs/new"),
    Kind("print run chosen", "hetianming", lambda f: f"/print-runs/{f.print_run}"),
    Kind("print run done", "hetianming", lambda f: f"/print-runs/{f.printed}"),
    Kind("press queue", "hetianming", lambda f: f.failed_at_press),
    Kind("import undone", "fangwei", lambda f: f"/imports/{f.imported}/undo"),
    _page("covenants", "luyan", "/covenants"),
    _covenant("covenant draft", "luyan", CovenantState.DRAFT, ""),
    _covenant("covenant text", "luyan", CovenantState.DRAFT, "/text"),
    _covenant("covenant adopt", "luyan", CovenantState.DRAFT, "/steps/adopt"),
    _page("covenant start", "songdahe", "/covenants/start"),
    Kind("covenant left", "hetianming", lambda f: f.signature()),
    _covenant("covenant posted", "hetianming", CovenantState.POSTED, ""),
    # The court.
    _page("court queue", "luoyiming", "/court"),
    Kind("court review", "luoyiming", lambda f: f.court(S.CONFIRMATION_FILED)),
    Kind("court review long names", "luoyiming", lambda f: f"/court/{f.long_case}"),
    Kind("court accepted", "luoyiming", lambda f: f.court(S.CONFIRMATION_ACCEPTED)),
    Kind("court refused", "luoyiming", lambda f: f.court(S.CONFIRMATION_REFUSED)),
    Kind("court answer", "luoyiming", lambda f: f.court(S.CONFIRMATION_FILED) + "/answer"),
    Kind("court service", "luoyiming", lambda f: f.court(S.CONFIRMATION_REFUSED) + "/service"),
    # A party.
    Kind("party", "party", lambda _: "/my/case"),
    Kind("party answer", "party", lambda _: "/my/case/answers/mediation"),
    Kind("party leave", "party", lambda _: "/my/case/leave/leave"),
    # Administrators.
    _page("organisation", "shenjing", "/organisation"),
    _place("place", "柳溪村", ""),
    _place("place add", "柳溪村", "/add"),
    Kind("committee", "shenjing", lambda f: f"/organisation/committees/{f.site.county.committees['柳溪村']}"),
    _place("committee add", "柳溪村第一网格", "/committee"),
    _place("court add", "临溪县", "/court"),
    Kind("court place", "shenjing", lambda f: f"/organisation/courts/{f.site.county.court_id}"),
    _page("health", "tianlu", "/health"),
    _page("lists", "shenjing", "/lists"),
    _page("announce", "shenjing", "/lists/announce"),
    _page("word templates", "shenjing", "/templates"),
    Kind("word template versions", "shenjing", lambda f: f.template.rpartition("/")[0]),
    Kind("word template", "shenjing", lambda f: f.template),
    _page("word template shipped", "shenjing", "/templates/rights-notice/shipped"),
    _page("accounts", "bailu", "/accounts"),
    _page("account add", "bailu", "/accounts/add"),
    _page("account", "bailu", "/accounts/zhouguilan"),
    _page("account password", "bailu", "/accounts/zhouguilan/password"),
    _page("audit", "huoqing", "/audit"),
    _page("chains", "huoqing", "/audit/chains"),
)  # fmt: skip
