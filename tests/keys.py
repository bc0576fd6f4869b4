"""Signing keys for tests: good for a hundred years, or over, or not for signing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from mediation.crypto import practice_key

PASSPHRASE = "桂花 开了"
NAME = "临溪县桂花社区人民调解委员会"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@cache
def good(name: str = NAME) -> bytes:
    return practice_key(name, PASSPHRASE, LONG_AGO, days=36_500)


@cache
def expired() -> bytes:
    return practice_key(NAME, PASSPHRASE, LONG_AGO, days=30)


@cache
def rsa_key(name: str = NAME, *, signs: bool = True, stamps: bool = False) -> bytes:
    """As a certificate service issues them; `signs` False is a key for letters only."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "临溪县司法局"),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=signs, content_commitment=False, key_encipherment=not signs,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder(issuer_name=called, subject_name=called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(LONG_AGO)
        .not_valid_after(LONG_AGO + timedelta(days=36_500))
        .add_extension(usage, critical=True)
    )
    if stamps:
        use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(use, critical=True)
    sealed = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    whole = made.sign(key, hashes.SHA256())
    return pkcs12.serialize_key_and_certificates(name.encode(), key, whole, None, sealed)
