"""The committees' keys 签名密钥: put in, looked at, taken out; and the signature on a drawn paper.

A key lies sealed with the site's own keys in the instance folder, with its passphrase, and is in no
backup: whoever brings a backup to another machine puts the key in anew. A paper never waits for a
signature: where one cannot be made the paper goes out without, and says why.
"""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from mediation.clock import Clock
from mediation.crypto import BadKeys, Keyring, Unreadable, practice_key
from mediation.documents.signing import KeyFile, KeyRefused, Signer
from mediation.errors import Refused
from mediation.models import database, places, signing
from mediation.models.database import keyring
from mediation.models.signing import SigningCertificate
from mediation.services import site
from mediation.wording import Text
from mediation.workflow import law
from mediation.workflow.dispute_types import dispute_type
from mediation.workflow.signatures import by_hand

SOON = timedelta(days=30)
_NO_COMMITTEE = Text("没有编号为{id}的调委会。", "There is no committee number {id}.")
_NOTHING_THERE = Text("这个调委会没有装密钥。", "This committee has no key.")
_REFUSED = Text("没有装：{why}", "Not put in: {why}")
_LOST = Text(
    "密钥不在本机（从备份恢复后要重新装一次）",
    "the key is not on this machine (after a restore it has to be put in again)",
)
_FOR_PRACTICE = Text(
    "装的是练习用的密钥，不签真文书", "the key is for practice and signs no real paper"
)
_FOR_REAL = Text("样张不用真密钥签", "a sample is not signed with a real key")
_PRACTICE_NAME = Text("练习用 {committee}", "for practice {committee}")
_HAND = Text("{said}（{basis}）", "{said} ({basis})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A committee's key as a person sees it; `there` is False where its file is not on this machine."""

    committee_id: int
    committee: str
    subject: str
    issuer: str
    fingerprint: str
    begins_at: datetime
    ends_at: datetime
    practice: bool
    there: bool
    state: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What became of a paper's signature: the file, and with what it is signed or why it is not."""

    pdf: bytes
    signed_with: str = ""
    not_signed: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign:
    """Of a paper, what decides about its signature. `dispute_type` is empty where it has none."""

    kind: str
    committee_id: int | None
    dispute_type: str
    sample: bool


def install(
    committee_id: int, content: bytes, passphrase: str, clock: Clock, *, practice: bool = False
) -> Installed:
    """Put a PKCS#12 key in for a committee, in place of the one before. Raises Refused."""
    committee = places.committee(committee_id)
    if committee is None:
        raise Refused(_NO_COMMITTEE.with_(id=committee_id))
    try:
        found = KeyFile(content, passphrase).certificate
        found.refuse_at(clock.now())
    except KeyRefused as refused:
        raise Refused(_REFUSED.with_(why=refused.said)) from refused
    with database.transaction():
        _take_out(committee_id, clock.now())
        row = SigningCertificate(
            committee_id=committee_id, fingerprint=found.fingerprint, subject=found.subject,
            issuer=found.issuer, begins_at=found.begins_at, ends_at=found.ends_at,
            practice=practice, installed_at=clock.now(),
        )  # fmt: skip
        database.db.session.add(row)
        _write(committee_id, content, passphrase)
    return _told(row, clock)


def make_practice_key(committee_id: int, clock: Clock) -> Installed:
    """A key of one year that vouches for itself, for samples alone. Raises Refused."""
    committee = places.committee(committee_id)
    if committee is None:
        raise Refused(_NO_COMMITTEE.with_(id=committee_id))
    passphrase = secrets.token_urlsafe(24)
    name = _PRACTICE_NAME.with_(committee=committee.name).zh[:64]
    made = practice_key(name, passphrase, clock.now())
    return install(committee_id, made, passphrase, clock, practice=True)


def remove(committee_id: int, clock: Clock) -> None:
    """Take the key out and destroy its file; what it signed stays known. Raises Refused."""
    if signing.certificate_in_force(committee_id) is None:
        raise Refused(_NOTHING_THERE)
    with database.transaction():
        _take_out(committee_id, clock.now())
    _file(committee_id).unlink(missing_ok=True)


def _take_out(committee_id: int, now: datetime) -> None:
    row = signing.certificate_in_force(committee_id)
    if row is not None:
        row.removed_at = now


def committees_here() -> list[tuple[int, str]]:
    """Every committee of the site with the number a key is put in under."""
    return [(one.id, one.name) for one in places.committees()]


def installed(clock: Clock) -> list[Installed]:
    """Every key that is in force, committee by committee."""
    return [_told(row, clock) for row in signing.certificates_in_force()]


def _told(row: SigningCertificate, clock: Clock) -> Installed:
    committee = places.committee(row.committee_id)
    there = _file(row.committee_id).is_file()
    return Installed(
        committee_id=row.committee_id,
        committee=committee.name if committee else "",
        subject=row.subject,
        issuer=row.issuer,
        fingerprint=row.fingerprint,
        begins_at=row.begins_at,
        ends_at=row.ends_at,
        practice=row.practice,
        there=there,
        state=state_of(row.ends_at, there=there, now=clock.now()),
    )


def state_of(ends_at: datetime, *, there: bool, now: datetime) -> Text:
    """Whether a key can sign, and until when."""
    day = f"{ends_at:%Y-%m-%d}"
    if not there:
        return _LOST
    if now > ends_at:
        return Text("{day}已到期", "expired on {day}").with_(day=day)
    if now > ends_at - SOON:
        return Text("快到期了：{day}", "about to expire: {day}").with_(day=day)
    return Text("可用，到{day}", "ready, until {day}").with_(day=day)


def sign(pdf: bytes, about: ToSign) -> Proof:
    """The file signed for its committee, or as it is with the reason. A site without keys says nothing."""
    row = signing.certificate_in_force(about.committee_id) if about.committee_id else None
    if row is None:
        return Proof(pdf=pdf)
    committee = places.committee(row.committee_id)
    committee_id, name, practice = (
        row.committee_id,
        committee.name if committee else "",
        row.practice,
    )
    database.db.session.rollback()  # a time service takes a while: nobody waits for our transaction
    reason = _reason_not_to(about, practice=practice)
    if reason is not None:
        return Proof(pdf=pdf, not_signed=reason)
    try:
        signer = _signer(committee_id)
        made = signer.sign(pdf, by=name)
    except KeyRefused as refused:
        return Proof(pdf=pdf, not_signed=refused.said)
    return Proof(pdf=made.pdf, signed_with=signer.certificate.fingerprint)


def _reason_not_to(about: ToSign, *, practice: bool) -> Text | None:
    kind = dispute_type(about.dispute_type) if about.dispute_type else None
    hand = by_hand(about.kind, kind)
    if hand is not None:
        return _HAND.with_(said=hand.value.said, basis=law.basis(hand.value.basis))
    if practice != about.sample:
        return _FOR_PRACTICE if practice else _FOR_REAL
    return None


def _signer(committee_id: int) -> Signer:
    """The one place that knows where keys are: another site asks a signing service here."""
    content, passphrase = _read(_file(committee_id), committee_id, keyring())
    return KeyFile(content, passphrase, stamps=site.here().time_stamps)


def _file(committee_id: int) -> Path:
    return site.here().signing / f"committee-{committee_id}.key"


def _bound_to(committee_id: int) -> str:
    """A sealed key opens for its own committee alone."""
    return f"signing:{committee_id}"


def _write(committee_id: int, content: bytes, passphrase: str) -> None:
    said = json.dumps({"pkcs12": b64encode(content).decode(), "passphrase": passphrase})
    file = _file(committee_id)
    file.parent.mkdir(exist_ok=True, mode=0o700)
    draft = file.with_name(f".{secrets.token_hex(8)}")
    opened = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        out.write(keyring().encrypt(said, aad=_bound_to(committee_id)))
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)


def can_sign(file: Path, keys: Path, now: datetime) -> bool:
    """Whether the sealed key in this file opens with the site's keys and is valid now."""
    number = file.stem.partition("-")[2]
    try:
        content, passphrase = _read(file, int(number), Keyring.load(keys))
        KeyFile(content, passphrase).certificate.refuse_at(now)
    except (KeyRefused, BadKeys, ValueError):
        return False
    return True


def _read(file: Path, committee_id: int, keys: Keyring) -> tuple[bytes, str]:
    """Raises KeyRefused where the file is not there, or not ours."""
    try:
        said = json.loads(keys.decrypt(file.read_bytes(), aad=_bound_to(committee_id)))
    except (OSError, Unreadable) as error:
        raise KeyRefused(_LOST) from error
    return b64decode(said["pkcs12"]), said["passphrase"]
