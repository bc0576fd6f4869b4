"""Secrets: the keys of one site, kept outside the database, and what is sealed and hashed with them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, unique
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers import Cipher as _Cipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from mediation.wording import Text

FILE_NAME = "keyring.json"
_FORMAT = 1
_NONCE, _TAG = 12, 16
# One secret for each use: whoever learns one of them learns nothing about another.
PURPOSES = ("session", "index", "codes", "tokens", "backup", "other")


class BadKeys(Exception):
    """The key file cannot be used as it is; `text` says what the operator does."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.zh)


class Unreadable(Exception):
    """Sealed bytes that were changed, moved to another column, or sealed with a key we lack."""


@unique
class Cipher(Enum):
    """How a column is sealed; the value is its name in the key file and its key's length in bytes."""

    AES_256_GCM = ("AES-256-GCM", 32)
    SM4_GCM = ("SM4-GCM", 16)

    @property
    def key_length(self) -> int:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class ColumnKey:
    """One generation of the columns' key; the first byte of everything it seals is its id."""

    id: int
    cipher: Cipher
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys of one site. Old column keys stay, to read what they sealed; the last one seals."""

    column_keys: tuple[ColumnKey, ...] = field(repr=False)
    secrets: dict[str, bytes] = field(repr=False)

    @classmethod
    def load_or_create(cls, folder: Path, *, cipher: Cipher = Cipher.AES_256_GCM) -> Keyring:
        """The keys of that folder; made on the first start, readable by their owner alone.

        Two processes starting at once end up with the same keys. Raises BadKeys.
        """
        file = folder / FILE_NAME
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_new(file, cls.fresh(cipher).as_json())
        return cls.load(folder)

    @classmethod
    def fresh(cls, cipher: Cipher = Cipher.AES_256_GCM) -> Keyring:
        """New random keys, not yet written anywhere."""
        return cls(
            (ColumnKey(1, cipher, secrets.token_bytes(cipher.key_length)),),
            {purpose: secrets.token_bytes(32) for purpose in PURPOSES},
        )

    @classmethod
    def load(cls, folder: Path) -> Keyring:
        """Raises BadKeys when the file is missing, damaged or open to others."""
        file = folder / FILE_NAME
        _refuse_open_file(file)
        try:
            return _from_json(json.loads(file.read_text(encoding="utf-8")))
        except (ValueError, KeyError, TypeError) as error:
            raise BadKeys(_DAMAGED.with_(file=file)) from error

    def rotate(self, folder: Path, *, cipher: Cipher | None = None) -> Keyring:
        """Add a column key, write it down, and seal with it from now on; the old ones still read."""
        last = self.column_keys[-1]
        chosen = cipher or last.cipher
        key = ColumnKey(last.id + 1, chosen, secrets.token_bytes(chosen.key_length))
        newer = Keyring((*self.column_keys, key), self.secrets)
        _replace(folder / FILE_NAME, newer.as_json())
        return newer

    def encrypt(self, plain: str | bytes, *, aad: str) -> bytes:
        """Key id, nonce, ciphertext, tag. `aad` is `table.column`: sealed bytes open nowhere else."""
        key = self.column_keys[-1]
        nonce = secrets.token_bytes(_NONCE)
        raw = plain.encode() if isinstance(plain, str) else plain
        return bytes([key.id]) + nonce + seal(key.cipher, key.key, nonce, raw, aad.encode())

    def decrypt_bytes(self, sealed: bytes, *, aad: str) -> bytes:
        """Raises Unreadable."""
        keys = {key.id: key for key in self.column_keys}
        if len(sealed) < 1 + _NONCE + _TAG or sealed[0] not in keys:
            raise Unreadable("too short, or sealed with a key that is not in this keyring")
        key, nonce = keys[sealed[0]], sealed[1 : 1 + _NONCE]
        return unseal(key.cipher, key.key, nonce, sealed[1 + _NONCE :], aad.encode())

    def decrypt(self, sealed: bytes, *, aad: str) -> str:
        """The same as text. Raises Unreadable."""
        return self.decrypt_bytes(sealed, aad=aad).decode()

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it (after a rotation the rest is sealed anew)."""
        return sealed[:1] == bytes([self.column_keys[-1].id])

    def blind_index(self, value: str, *, column: str = "") -> str:
        """64 hex figures by which an exact, already normalised value is found again.

        The same value gives another index in another column, so that columns cannot be compared.
        """
        return self._hmac("index", column, value)

    def keyed_hash(self, code: str, *, kind: str = "") -> str:
        """What is kept of a code handed to a person: enough to recognise it, not to read it."""
        return self._hmac("codes", kind, code)

    def derive(self, name: str) -> bytes:
        """32 bytes for a use of that name: `session`, `tokens:event`, `backup`, or any other.

        The part before the colon chooses the secret it rests on.
        """
        purpose = name.partition(":")[0]
        root = self.secrets[purpose if purpose in self.secrets else "other"]
        return HKDF(SHA256(), length=32, salt=None, info=f"wusong:{name}".encode()).derive(root)

    def _hmac(self, purpose: str, kind: str, value: str) -> str:
        message = f"{kind}\x00{value}".encode()
        return hmac.new(self.secrets[purpose], message, hashlib.sha256).hexdigest()

    def as_json(self) -> str:
        """The content of the key file; it goes nowhere but there and into a backup."""
        columns = [
            {"id": key.id, "cipher": key.cipher.value[0], "key": _b64(key.key)}
            for key in self.column_keys
        ]
        written = {name: _b64(secret) for name, secret in self.secrets.items()}
        return json.dumps({"format": _FORMAT, "columns": columns, "secrets": written}, indent=1)


def same(one: str, other: str) -> bool:
    """Whether two hashes are equal, in a time that tells nothing about where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def seal(cipher: Cipher, key: bytes, nonce: bytes, plain: bytes, aad: bytes) -> bytes:
    """Ciphertext and 16-byte tag. A nonce must never come twice under one key."""
    if cipher is Cipher.AES_256_GCM:
        return AESGCM(key).encrypt(nonce, plain, aad)
    working = _Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    working.authenticate_additional_data(aad)
    return working.update(plain) + working.finalize() + working.tag


def unseal(cipher: Cipher, key: bytes, nonce: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Raises Unreadable unless key, nonce, aad and every byte are those that sealed it."""
    try:
        if cipher is Cipher.AES_256_GCM:
            return AESGCM(key).decrypt(nonce, sealed, aad)
        mode = modes.GCM(nonce, sealed[-_TAG:])
        working = _Cipher(algorithms.SM4(key), mode).decryptor()
        working.authenticate_additional_data(aad)
        return working.update(sealed[:-_TAG]) + working.finalize()
    except InvalidTag as error:
        raise Unreadable("changed, or sealed for another column") from error


_OPEN_TO_OTHERS = Text(
    "密钥文件 {file} 别人也能读，不能启动。请运行：chmod 600 {file}",
    "The key file {file} can be read by others, so nothing starts. Run: chmod 600 {file}",
)
_MISSING = Text(
    "没有密钥文件 {file}。没有它，已加密的内容打不开，请从备份恢复",
    "There is no key file {file}. Sealed columns cannot be read without it: restore it",
)
_DAMAGED = Text(
    "密钥文件 {file} 坏了。请从备份恢复它，不要删除",
    "The key file {file} is damaged. Restore it from a backup; do not delete it",
)


def _refuse_open_file(file: Path) -> None:
    try:
        mode = file.stat().st_mode
    except FileNotFoundError as error:
        raise BadKeys(_MISSING.with_(file=file)) from error
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadKeys(_OPEN_TO_OTHERS.with_(file=file))


def _from_json(written: dict[str, object]) -> Keyring:
    """Raises ValueError, KeyError or TypeError for anything but a whole key file of ours."""
    columns, kept = written["columns"], written["secrets"]
    if written["format"] != _FORMAT or not isinstance(columns, list) or not isinstance(kept, dict):
        raise ValueError("not a key file of this version")
    names = {cipher.value[0]: cipher for cipher in Cipher}
    keys = tuple(
        ColumnKey(int(row["id"]), names[row["cipher"]], base64.b64decode(row["key"], validate=True))
        for row in columns
    )
    known = {name: base64.b64decode(kept[name], validate=True) for name in PURPOSES}
    whole = all(len(k.key) == k.cipher.key_length and 0 < k.id < 256 for k in keys)
    if not keys or not whole or any(len(secret) != 32 for secret in known.values()):
        raise ValueError("a key is missing or too short")
    if len({*known.values()}) != len(known):
        raise ValueError("two uses share one secret")
    return Keyring(keys, known)


def _write_new(file: Path, content: str) -> None:
    """All of it or nothing, and never over a file that another process wrote meanwhile."""
    draft = _draft(file, content)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass  # the other process was first, and its keys hold for both
    finally:
        draft.unlink()
    _sync_folder(file.parent)


def _replace(file: Path, content: str) -> None:
    _draft(file, content).replace(file)
    _sync_folder(file.parent)


def _draft(file: Path, content: str) -> Path:
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return draft


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def practice_key(name: str, passphrase: str, now: datetime, *, days: int = 365) -> bytes:
    """A key pair with a certificate that it signs itself, as PKCS#12: to practise with, no more."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder(issuer_name=called, subject_name=called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    sealed = serialization.BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(name.encode(), key, made, None, sealed)
