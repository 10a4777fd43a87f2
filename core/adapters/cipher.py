"""Encryption of tokens at rest: ChaCha20-Poly1305, each text bound to what it belongs to."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.domain.errors import SettingsError
from core.domain.secret import Secret

KEY_FILE: Final = "secret.key"
_NONCE_LENGTH: Final = 12
_KEY_LENGTH: Final = 32


class WrongKeyError(Exception):
    """The text was encrypted with another key or for something else, or it was changed."""


class Cipher:
    """Encrypts with a key that is derived from ``secret``, any text."""

    def __init__(self, secret: Secret) -> None:
        derivation = HKDF(algorithm=SHA256(), length=_KEY_LENGTH, salt=None, info=b"threads-auto-post tokens")
        self._aead = ChaCha20Poly1305(derivation.derive(secret.reveal().encode()))

    def seal(self, text: Secret, *, bound_to: str) -> bytes:
        """Encrypt; what comes back can be opened only with the same ``bound_to``."""
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        return nonce + self._aead.encrypt(nonce, text.reveal().encode(), bound_to.encode())

    def open(self, sealed: bytes, *, bound_to: str) -> Secret:
        """Decrypt. Raises WrongKeyError."""
        nonce, encrypted = sealed[:_NONCE_LENGTH], sealed[_NONCE_LENGTH:]
        try:
            return Secret(self._aead.decrypt(nonce, encrypted, bound_to.encode()).decode())
        except (InvalidTag, ValueError):
            raise WrongKeyError from None


def key_in(data_dir: Path) -> Secret:
    """The key in ``data_dir``, made on first use; its text may serve as AUTOPOST_SECRET_KEY elsewhere.

    Several processes may ask at once: all get the same key.

    Raises:
        SettingsError: the file cannot be made or read, or is empty.
    """
    path = data_dir / KEY_FILE
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SettingsError(
            f"The key file {path} cannot be used ({reason}): mend it, or set AUTOPOST_SECRET_KEY instead."
        ) from error
    if not key:
        raise SettingsError(
            f"The key file {path} is empty: put back its copy, or delete it and link all accounts again."
        )
    return Secret(key)


def _make_key(path: Path) -> None:
    """Write the whole file beside its place, then give it its name unless another process was first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{KEY_FILE}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(_KEY_LENGTH) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
