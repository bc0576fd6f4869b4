"""Electronic signatures on papers (PAdES): the only room that knows pyHanko.

A signature by a committee's key says that this committee's system issued the file and that nothing
in it was changed since. It is neither the parties' signature nor the seal; nothing is drawn.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import io
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from mediation.wording import Text

FIELD = "CommitteeSignature"
_STAMP_WAIT_S = 10

_NOT_A_KEY = Text(
    "打不开这个密钥文件：口令不对，或者不是 PKCS#12（.p12、.pfx）文件。",
    "This key file cannot be opened: a wrong passphrase, or no PKCS#12 file (.p12, .pfx).",
)
_NOT_SUPPORTED = Text(
    "这把密钥的算法本程序不能用（国密 SM2 要用签名服务）。请换一份 RSA 或 ECDSA 的证书。",
    "This program cannot use a key of this kind (SM2 needs a signing service). Bring an RSA or "
    "ECDSA certificate.",
)
_NOT_FOR_SIGNING = Text(
    "这张证书不是用来签名的（没有数字签名或抗抵赖的用途）。",
    "This certificate is not for signing (neither digital signature nor non-repudiation).",
)
_NOT_YET = Text("证书要到{day}才生效。", "The certificate is not valid before {day}.")
_OVER = Text("证书已在{day}到期。", "The certificate expired on {day}.")
_BROKEN = Text("签名没有做成：{why}", "The signature could not be made: {why}")


class KeyRefused(Exception):
    """A key that cannot sign, or not now; `said` says why."""

    def __init__(self, said: Text) -> None:
        self.said = said
        super().__init__(said.zh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Whose key it is. `fingerprint` is the SHA-256 of the whole certificate, in hexadecimal."""

    fingerprint: str
    subject: str
    issuer: str
    begins_at: datetime
    ends_at: datetime

    def refuse_at(self, moment: datetime) -> None:
        """Raises KeyRefused outside the time it is valid in."""
        if moment < self.begins_at:
            raise KeyRefused(_NOT_YET.with_(day=f"{self.begins_at:%Y-%m-%d}"))
        if moment > self.ends_at:
            raise KeyRefused(_OVER.with_(day=f"{self.ends_at:%Y-%m-%d}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signed file. `stamped` says whether a time service confirmed when."""

    pdf: bytes
    stamped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signature found in a file. `intact`: what it covers is unchanged; `whole`: it covers all."""

    certificate: Certificate
    intact: bool
    whole: bool
    signed_at: datetime | None
    stamped: bool


class Signer(Protocol):
    """Whoever can sign for a committee: a key file here, a signing service elsewhere."""

    @property
    def certificate(self) -> Certificate: ...

    def sign(self, pdf: bytes, *, by: str) -> Signed:
        """Sign the whole file, once, no change allowed after it. Raises KeyRefused."""
        ...


class KeyFile:
    """A signer with its key in a PKCS#12 file. `stamps` is the address of a time service, or empty."""

    def __init__(self, content: bytes, passphrase: str, *, stamps: str = "") -> None:
        """Raises KeyRefused for what is no key, or none for signing with."""
        from pyhanko.sign.signers import SimpleSigner

        self._stamps = stamps
        try:
            self._signer = SimpleSigner.load_pkcs12_data(
                content, other_certs=[], passphrase=passphrase.encode()
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise KeyRefused(_NOT_A_KEY) from error
        found = self._signer.signing_cert
        if found is None or found.public_key.algorithm not in ("rsa", "ec"):
            raise KeyRefused(_NOT_SUPPORTED)
        usage = found.key_usage_value
        if usage is not None and not {"digital_signature", "non_repudiation"} & usage.native:
            raise KeyRefused(_NOT_FOR_SIGNING)
        self.certificate = _certificate(found)

    def sign(self, pdf: bytes, *, by: str) -> Signed:
        """PAdES B-B; B-T where a time service is named and answers. Raises KeyRefused."""
        self.certificate.refuse_at(datetime.now(UTC))
        if self._stamps:
            try:
                return Signed(pdf=self._signed(pdf, by, self._stamper()), stamped=True)
            except Exception as error:  # whatever a service may do, the paper does not wait for it
                _log.warning("no time stamp: %s: %s", type(error).__name__, error)
        try:
            return Signed(pdf=self._signed(pdf, by, None), stamped=False)
        except Exception as error:
            raise KeyRefused(_BROKEN.with_(why=f"{type(error).__name__}: {error}")) from error

    def _stamper(self) -> Any:
        from pyhanko.sign.timestamps import requests_client

        stamper: Any = requests_client.HTTPTimeStamper
        return stamper(self._stamps, timeout=_STAMP_WAIT_S)

    def _signed(self, pdf: bytes, by: str, stamper: Any) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
        from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

        said = PdfSignatureMetadata(
            field_name=FIELD,
            name=by,
            subfilter=SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        signer = PdfSigner(
            said, self._signer, timestamper=stamper, new_field_spec=SigFieldSpec(FIELD)
        )
        out = io.BytesIO()
        signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
        return out.getvalue()


_log = logging.getLogger(__name__)


def signatures_in(pdf: bytes, loop: asyncio.AbstractEventLoop) -> tuple[Signature, ...]:
    """Every signature of a file that may come from anybody: only where it may do no harm.

    Nothing is asked of anybody: whether a certificate is trusted is for the caller to say.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader

    found = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    return tuple(loop.run_until_complete(_read(one)) for one in found)


def warm_up() -> None:
    """Load the library where that is still allowed."""
    for room in ("pyhanko.pdf_utils.reader", "pyhanko.sign.validation", "pyhanko_certvalidator"):
        importlib.import_module(room)


async def _read(one: Any) -> Signature:
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    itself = ValidationContext(
        trust_roots=[one.signer_cert], allow_fetching=False, revocation_mode="soft-fail"
    )
    status = await async_validate_pdf_signature(one, itself, skip_diff=True)
    stamp = status.timestamp_validity
    return Signature(
        certificate=_certificate(one.signer_cert),
        intact=bool(status.intact and status.valid),
        whole=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        signed_at=stamp.timestamp if stamp else status.signer_reported_dt,
        stamped=bool(stamp and stamp.intact and stamp.valid),
    )


def _certificate(found: Any) -> Certificate:
    return Certificate(
        fingerprint=hashlib.sha256(found.dump()).hexdigest(),
        subject=_called(found.subject),
        issuer=_called(found.issuer),
        begins_at=found.not_valid_before,
        ends_at=found.not_valid_after,
    )


def _called(name: Any) -> str:
    """The common name, and the organisation where it says something else."""
    said = name.native
    parts = (said.get("common_name"), said.get("organization_name"))
    flat = [part if isinstance(part, str) else "、".join(part) for part in parts if part]
    return "，".join(dict.fromkeys(flat))[:200]
