"""Sealing: known answers, tampering, the key file and its rights, rotation."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mediation.crypto import (
    FILE_NAME,
    PURPOSES,
    BadKeys,
    Cipher,
    Keyring,
    Unreadable,
    same,
    seal,
    unseal,
)

AAD = "party.id_number"


@pytest.fixture(params=list(Cipher), ids=lambda c: c.name)
def keyring(request: pytest.FixtureRequest) -> Keyring:
    return Keyring.fresh(request.param)


def test_aes_known_answer() -> None:
    """Test case 16 of the GCM specification (McGrew and Viega)."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = seal(Cipher.AES_256_GCM, key, nonce, plain, aad)
    assert sealed.hex() == (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert unseal(Cipher.AES_256_GCM, key, nonce, sealed, aad) == plain


def test_sm4_known_answer() -> None:
    """RFC 8998, appendix A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = b"".join(bytes([b] * 8) for b in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    aad = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = seal(Cipher.SM4_GCM, key, nonce, plain, aad)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert unseal(Cipher.SM4_GCM, key, nonce, sealed, aad) == plain


@pytest.mark.parametrize("plain", ["", "990000196103020017", "王𬭚" * 1000])
def test_what_is_sealed_is_read_again(keyring: Keyring, plain: str) -> None:
    sealed = keyring.encrypt(plain, aad=AAD)
    assert keyring.decrypt(sealed, aad=AAD) == plain
    assert keyring.decrypt_bytes(sealed, aad=AAD) == plain.encode()
    assert len(sealed) == len(plain.encode()) + 29
    assert keyring.encrypt(plain, aad=AAD) != sealed


def test_a_changed_byte_anywhere_is_found(keyring: Keyring) -> None:
    sealed = keyring.encrypt("秘密", aad=AAD)
    for place in range(len(sealed)):
        forged = bytearray(sealed)
        forged[place] ^= 1
        with pytest.raises(Unreadable):
            keyring.decrypt(bytes(forged), aad=AAD)


def test_sealed_bytes_open_in_their_own_column_only(keyring: Keyring) -> None:
    sealed = keyring.encrypt("秘密", aad=AAD)
    for wrong in (sealed[:-1], sealed[:10], b""):
        with pytest.raises(Unreadable):
            keyring.decrypt(wrong, aad=AAD)
    with pytest.raises(Unreadable):
        keyring.decrypt(sealed, aad="party.phone")
    with pytest.raises(Unreadable):
        Keyring.fresh().decrypt(sealed, aad=AAD)


def test_the_first_start_makes_keys_only_their_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "keys"
    first = Keyring.load_or_create(folder)
    assert Keyring.load_or_create(folder) == first
    assert stat.S_IMODE((folder / FILE_NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]
    assert len({*first.secrets.values()}) == len(PURPOSES)


def test_processes_that_start_together_share_the_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Keyring.load_or_create(tmp_path), range(16)))
    assert all(keyring == made[0] for keyring in made)


def test_a_key_file_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    Keyring.load_or_create(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o640)
    with pytest.raises(BadKeys) as refused:
        Keyring.load_or_create(tmp_path)
    assert "chmod 600" in refused.value.text.zh


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"format": 2}'])
def test_a_damaged_key_file_is_never_replaced(tmp_path: Path, content: str) -> None:
    Keyring.load_or_create(tmp_path)
    (tmp_path / FILE_NAME).write_text(content)
    with pytest.raises(BadKeys) as refused:
        Keyring.load_or_create(tmp_path)
    assert "备份" in refused.value.text.zh
    assert (tmp_path / FILE_NAME).read_text() == content


def test_shared_or_short_secrets_are_refused(tmp_path: Path) -> None:
    Keyring.load_or_create(tmp_path)
    file = tmp_path / FILE_NAME
    written = json.loads(file.read_text())
    written["secrets"]["session"] = written["secrets"]["index"]
    file.write_text(json.dumps(written))
    with pytest.raises(BadKeys):
        Keyring.load(tmp_path)
    written["secrets"]["session"] = "c2hvcnQ="
    file.write_text(json.dumps(written))
    with pytest.raises(BadKeys):
        Keyring.load(tmp_path)


def test_a_missing_key_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadKeys) as refused:
        Keyring.load(tmp_path)
    assert FILE_NAME in refused.value.text.en


def test_rotation_seals_with_the_new_key_and_reads_the_old(tmp_path: Path) -> None:
    old = Keyring.load_or_create(tmp_path)
    sealed = old.encrypt("旧的", aad=AAD)
    new = old.rotate(tmp_path, cipher=Cipher.SM4_GCM)
    assert Keyring.load(tmp_path) == new
    assert new.decrypt(sealed, aad=AAD) == "旧的"
    assert not new.is_current(sealed)
    again = new.encrypt("新的", aad=AAD)
    assert new.is_current(again)
    assert new.blind_index("1234") == old.blind_index("1234")
    with pytest.raises(Unreadable):
        old.decrypt(again, aad=AAD)


def test_indexes_and_hashes_differ_by_use() -> None:
    keyring = Keyring.fresh()
    index = keyring.blind_index("1234", column="party.phone_tail")
    assert len(index) == 64
    assert same(index, keyring.blind_index("1234", column="party.phone_tail"))
    others = {
        keyring.blind_index("1234", column="party.id_tail"),
        keyring.blind_index("1235", column="party.phone_tail"),
        keyring.keyed_hash("1234", kind="party.phone_tail"),
        Keyring.fresh().blind_index("1234", column="party.phone_tail"),
    }
    assert len(others | {index}) == 5


def test_derived_keys_differ_by_name() -> None:
    keyring = Keyring.fresh()
    names = ("session", "tokens:event", "tokens:link", "backup", "csrf", "anything")
    derived = [keyring.derive(name) for name in names]
    assert len({*derived}) == len(names)
    assert all(len(key) == 32 for key in derived)
    assert keyring.derive("csrf") == derived[4]


def test_no_key_shows_in_a_traceback() -> None:
    keyring = Keyring.fresh()
    assert repr(keyring) == "Keyring()"
    assert "key=" not in repr(keyring.column_keys[0])
