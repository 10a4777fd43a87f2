"""Tokens at rest."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.adapters.cipher import KEY_FILE, Cipher, WrongKeyError, key_in
from core.domain.errors import SettingsError
from core.domain.secret import Secret


@given(key=st.text(), text=st.text(), owner=st.text())
def test_what_was_sealed_is_opened(key: str, text: str, owner: str) -> None:
    """With the same key and owner any text comes back, also by another cipher of that key."""
    sealed = Cipher(Secret(key)).seal(Secret(text), bound_to=owner)
    assert Cipher(Secret(key)).open(sealed, bound_to=owner).reveal() == text


def test_the_same_text_is_never_sealed_alike() -> None:
    """Equal tokens cannot be told by their encrypted forms."""
    cipher = Cipher(Secret("key"))
    assert cipher.seal(Secret("token"), bound_to="1") != cipher.seal(Secret("token"), bound_to="1")


@pytest.mark.parametrize("key", ["another key", "key "])
def test_another_key_opens_nothing(key: str) -> None:
    """A key that differs in a character is the wrong one."""
    sealed = Cipher(Secret("key")).seal(Secret("token"), bound_to="1")
    with pytest.raises(WrongKeyError):
        Cipher(Secret(key)).open(sealed, bound_to="1")


def test_another_owner_or_a_changed_byte_opens_nothing() -> None:
    """A sealed text can be neither moved to another owner, nor changed, nor cut."""
    cipher = Cipher(Secret("key"))
    sealed = cipher.seal(Secret("token"), bound_to="1")
    changed = [sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(len(sealed))]
    cut = [sealed[:length] for length in range(len(sealed))]
    for wrong, owner in [(sealed, "2"), *((other, "1") for other in (*changed, *cut))]:
        with pytest.raises(WrongKeyError):
            cipher.open(wrong, bound_to=owner)


def test_a_key_is_made_once_and_kept(tmp_path: Path) -> None:
    """The file is made with its folder, readable by its owner only, and read the next time."""
    folder = tmp_path / "new" / "data"
    key = key_in(folder)
    assert key_in(folder) == key
    assert len(key.reveal()) >= 43
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o400
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    assert key_in(tmp_path / "other") != key


def test_all_who_start_at_once_get_one_key(tmp_path: Path) -> None:
    """Of many that make the key at the same time one succeeds, and the others use its key."""
    with ThreadPoolExecutor(16) as starters:
        keys = [key.result().reveal() for key in [starters.submit(key_in, tmp_path) for _ in range(64)]]
    assert len(set(keys)) == 1


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_broken_key_file_is_told(tmp_path: Path, content: bytes) -> None:
    """A key file that is empty or no text is named, with what to do."""
    (tmp_path / KEY_FILE).write_bytes(content)
    with pytest.raises(SettingsError, match=KEY_FILE):
        key_in(tmp_path)


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A data folder that is a file is named in one sentence."""
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="cannot be used"):
        key_in(tmp_path / "file")
