"""The casefile: everything a letter may say, as frozen plain values. A letter never sees a row.

Every field may be left empty; a letter then prints a ruled blank. Sums are whole fen (分).
People are named by their label in this dispute (`甲方`, `乙方`, ...) wherever one field points to
a party. Fields ending in `_en` serve the English courtesy copies alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from mediation.documents import plain
from mediation.documents.volume_parts import (
    BoundVolume,
    Closing,
    Deed,
    Exhibit,
    Inquiry,
    Mediated,
    Meeting,
    MinuteLine,
    Ruling,
    Service,
)

PERSON, ENTITY = "person", "entity"
APPLICANT, RESPONDENT, THIRD = "applicant", "respondent", "third"
APPLICATION, OWN_MOTION = "application", "own_motion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """人民调解委员会. `hours` is said to parties (工作日9时至17时); `seal_mm` is 38 to 45."""

    name: str = ""
    name_en: str = ""
    short_name: str = ""
    address: str = ""
    phone: str = ""
    hours: str = ""
    seal_mm: int = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """Who acts for a party. `kind` is the printed word: 委托代理人, 监护人."""

    kind: str = "委托代理人"
    name: str = ""
    tie: str = ""
    phone: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """当事人. `kind` is `person` or `entity`; `side` is `applicant`, `respondent` or `third`.

    `phone` is printed as given, and never broken.
    """

    label: str = ""
    side: str = ""
    name: str = ""
    name_en: str = ""
    kind: str = PERSON
    sex: str = ""
    ethnicity: str = ""
    born_on: date | None = None
    age: int | None = None
    occupation: str = ""
    phone: str = ""
    address: str = ""
    head_name: str = ""
    head_post: str = ""
    representatives: tuple[Representative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one side says, in the side's own words: `speaker` is a label or a name."""

    speaker: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """`source` is `application` or `own_motion`, the two official sources.

    `type_labels` is the whole list of types in force, for the tick boxes; `type_label` is ticked.
    `channel_label` says how it reached us (当面来说). `number` is the volume's. `stands` and
    `follows` say in plain sentences where it stands now and what comes; `talking` that nothing is
    agreed yet and either side may end it.
    """

    reference: str = ""
    number: str = ""
    title: str = ""
    title_en: str = ""
    type_label: str = ""
    type_labels: tuple[str, ...] = ()
    source: str = ""
    channel_label: str = ""
    referred_by: str = ""
    registered_on: date | None = None
    registered_time: str = ""
    accepted_on: date | None = None
    facts: str = ""
    statements: tuple[Statement, ...] = ()
    claims: tuple[str, ...] = ()
    rights_told: tuple[str, ...] = ()
    court_invited: bool = False
    notes: str = ""
    stands: str = ""
    follows: str = ""
    talking: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who works on it. `chosen` is True where the parties chose the mediator, False where appointed."""

    mediators: tuple[str, ...] = ()
    chosen: bool | None = None
    recorder: str = ""
    registrar: str = ""
    open_session: bool | None = None
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persuasion:
    """劝导. `clause` is the covenant's clause leaned on; `consents` one line a party (甲方同意，当面)."""

    held_on: date | None = None
    persuader: str = ""
    tie: str = ""
    spot: str = ""
    theme: str = ""
    clause: str = ""
    consents: tuple[str, ...] = ()
    said: str = ""
    promise: str = ""
    result: str = ""
    next_on: date | None = None
    recorder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """调解 session `ordinal` (1, 2, ...). `invited` names only people the committee invited."""

    ordinal: int | None = None
    held_on: date | None = None
    begins: str = ""
    ends: str = ""
    spot: str = ""
    present: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    rights_told: str = ""
    lines: tuple[MinuteLine, ...] = ()
    result: str = ""
    outcome: str = ""
    read_aloud: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """Who (label), to whom (label), what, how much (fen), how, by when, on what condition.

    Payments that follow each other with the same debtor, creditor and `what` print as one clause
    with a table of instalments. `text`, where given, is printed instead of the composed sentence.
    """

    debtor: str = ""
    creditor: str = ""
    head: str = ""
    head_en: str = ""
    what: str = ""
    what_en: str = ""
    amount_fen: int | None = None
    how: str = ""
    how_en: str = ""
    due_on: date | None = None
    lasting: bool = False
    condition: str = ""
    condition_en: str = ""
    text: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A run-in head (修复) and its text; used by agreements and covenants."""

    head: str = ""
    text: str = ""
    head_en: str = ""
    text_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """调解协议, written or oral. `clauses` follow the obligations; `total_fen` is checked if given.

    `copies` empty means parties + 1. `confirm_by_on` is the last of the 30 days to apply.
    """

    number: str = ""
    revision: int = 1
    facts: str = ""
    facts_en: str = ""
    issues: str = ""
    issues_en: str = ""
    responsibility: str = ""
    responsibility_en: str = ""
    obligations: tuple[Obligation, ...] = ()
    clauses: tuple[Clause, ...] = ()
    total_fen: int | None = None
    manner: str = ""
    manner_en: str = ""
    spot: str = ""
    spot_en: str = ""
    copies: int | None = None
    made_on: date | None = None
    effective_on: date | None = None
    confirm_by_on: date | None = None
    oral: bool = False
    performed_on_spot: bool = False
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NonAcceptance:
    """Why a matter is not taken, and where to go with it (one line a way)."""

    decided_on: date | None = None
    reason: str = ""
    go_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Termination:
    """`reason` is one sentence without its full stop; `claimed_on` is the day the claim was made."""

    ended_on: date | None = None
    reason: str = ""
    claimed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """The joint application. `competence` says why this court; `attachments` one item a line."""

    court: str = ""
    competence: str = ""
    facts: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """回访. `performed`, `heard`, `respected` are the party's own short answers."""

    visited_on: date | None = None
    visited: str = ""
    way: str = ""
    reason: str = ""
    findings: str = ""
    performed: str = ""
    heard: str = ""
    respected: str = ""
    visitor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing in a list that changes hands."""

    name: str = ""
    pages: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A matter goes elsewhere: referral (移送), handover to a higher tier, or more time (延期).

    `to` is the receiver; `until_on` the new last day of an extension, `due_on` the old one.
    """

    to: str = ""
    reason: str = ""
    on: date | None = None
    due_on: date | None = None
    until_on: date | None = None
    items: tuple[Item, ...] = ()
    consents: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enforcement:
    """A ruling that holds: by which court, its number and day, and the last day to apply."""

    court: str = ""
    number: str = ""
    ruled_on: date | None = None
    apply_by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """Duties that are overdue, as rows; `answer_by_on` is when we ask for word."""

    overdue: tuple[Obligation, ...] = ()
    answer_by_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A party's own way in. `look_up` is the address of the page, printed as given; `pin` may be
    empty where the phone's last four figures serve."""

    code: str = ""
    pin: str = ""
    phone_tail: str = ""
    look_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covenant:
    """无讼公约. Adopted means meeting, vote and filing are all there; else it prints as 无讼倡议.

    `mark` is four characters read right to left, or empty. `kind_label` is 居民公约 or 村规民约.
    """

    place: str = ""
    place_en: str = ""
    kind_label: str = "居民公约"
    version: int = 1
    preamble: str = ""
    preamble_en: str = ""
    clauses: tuple[Clause, ...] = ()
    meeting: str = ""
    meeting_en: str = ""
    met_on: date | None = None
    entitled: int | None = None
    present: int | None = None
    agreed: int | None = None
    filed_on: date | None = None
    filed_with: str = ""
    filed_with_en: str = ""
    posted_on: date | None = None
    repealed_on: date | None = None
    mark: str = ""

    @property
    def adopted(self) -> bool:
        voted = self.met_on and self.meeting and self.present and self.agreed
        return bool(voted and self.filed_on and self.filed_with)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The other ways, which every party paper names. Arbitration and agency only where they apply."""

    court: str = ""
    court_en: str = ""
    court_address: str = ""
    court_phone: str = ""
    arbitration: str = ""
    arbitration_en: str = ""
    agency: str = ""
    agency_en: str = ""
    legal_aid: str = "12348"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The articles a paper leans on, from data, each as it is to be printed: 《…法》第二十六条."""

    principles: str = ""
    rights: str = ""
    duties: str = ""
    agreement: str = ""
    oral: str = ""
    effect: str = ""
    confirmation: str = ""
    termination: str = ""
    non_acceptance: str = ""
    limitation: str = ""
    concessions: str = ""
    free_of_charge: str = ""
    referral: str = ""
    extension: str = ""
    covenant: str = ""
    start: str = ""
    proof: str = ""
    personal_data: str = ""
    sensitive_data: str = ""
    sharing: str = ""
    data_rights: str = ""
    filing: str = ""
    service_address: str = ""
    electronic_service: str = ""
    ruling: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The paper itself. `standing` prints in the footer (补充文书, 内部卷宗); `copy_for` if asked."""

    kind: str = ""
    language: str = "zh"
    number: str = ""
    issued_on: date | None = None
    standing: str = ""
    copy_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Casefile:
    """One paper's whole snapshot. `addressee` is the label of the party a letter goes to, `agent`
    the one of their representatives that the paper is about."""

    paper: Paper = Paper()
    committee: Committee = Committee()
    parties: tuple[Party, ...] = ()
    addressee: str = ""
    dispute: Dispute = Dispute()
    staff: Staff = Staff()
    persuasions: tuple[Persuasion, ...] = ()
    sitting: Sitting = Sitting()
    agreement: Agreement = Agreement()
    non_acceptance: NonAcceptance = NonAcceptance()
    termination: Termination = Termination()
    confirmation: Confirmation = Confirmation()
    visit: Visit = Visit()
    move: Move = Move()
    urging: Urging = Urging()
    enforcement: Enforcement = Enforcement()
    slip: Slip = Slip()
    covenant: Covenant = Covenant()
    agent: Representative = Representative()
    inquiry: Inquiry = field(default_factory=Inquiry)
    exhibits: tuple[Exhibit, ...] = ()
    deeds: tuple[Deed, ...] = ()
    meeting: Meeting = field(default_factory=Meeting)
    mediated: Mediated = field(default_factory=Mediated)
    service: Service = field(default_factory=Service)
    closing: Closing = field(default_factory=Closing)
    volume: BoundVolume = field(default_factory=BoundVolume)
    ruling: Ruling = field(default_factory=Ruling)
    ways: Ways = Ways()
    basis: Basis = Basis()

    def party(self, label: str) -> Party | None:
        return next((p for p in self.parties if label and p.label == label), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of everybody in it: each is set in one typeface, never in two."""
        told = [self.staff.recorder, self.staff.registrar, *self.staff.mediators, self.agent.name]
        for party in self.parties:
            told += [party.name, party.head_name, *(one.name for one in party.representatives)]
        return tuple(dict.fromkeys(name for name in told if name))

    @property
    def applicants(self) -> tuple[Party, ...]:
        return tuple(p for p in self.parties if p.side == APPLICANT)

    def name_of(self, label: str) -> str:
        """The party's name, or the label itself where it is nobody's."""
        found = self.party(label)
        return found.name if found and found.name else label

    def to_plain(self) -> Any:
        return plain.to_plain(self)

    def canonical(self) -> str:
        """The text to store: the digest is taken of exactly these characters."""
        return plain.canonical(self).decode()

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON. Marks and addresses are not in it: they are not its text."""
        return plain.digest_of(self)

    @property
    def check_code(self) -> str:
        """The 12 figures printed on every page: `7F3A 92C1 0B6E`."""
        return check_code(self.digest)

    def for_party(self, label: str) -> Casefile:
        return replace(self, addressee=label)


def check_code(digest: str) -> str:
    """The first 12 figures of a digest in groups of four, upper case."""
    figures = digest[:12].upper()
    return " ".join(figures[n : n + 4] for n in (0, 4, 8))


def from_plain(stored: object) -> Casefile:
    """A casefile from its plain form; raises `plain.BadSnapshot`."""
    return plain.from_plain(Casefile, stored)
