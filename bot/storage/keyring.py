"""The keys that private text is kept under: one ring for the process, set when the database is opened.

The first key encrypts; every key on the ring can decrypt, so that a key is changed by putting a new one in front.
"""

from collections.abc import Sequence
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class KeyringError(Exception):
    """There is no usable key, or what is kept was written under a key that is not on the ring."""


_ring: MultiFernet | None = None


def use(keys: Sequence[str]) -> None:
    """Put these Fernet keys (44 characters of URL-safe base64 each) on the ring; KeyringError names the broken one."""
    global _ring
    if not keys:
        raise KeyringError("No key was given, so private text cannot be kept. Give at least one Fernet key.")
    ciphers = []
    for place, key in enumerate(keys, start=1):
        try:
            ciphers.append(Fernet(key))
        except ValueError:
            raise KeyringError(f"Key {place} is not a Fernet key: 32 bytes in URL-safe base64 are needed.") from None
    _ring = MultiFernet(ciphers)


def cipher() -> MultiFernet:
    """The ring; KeyringError where none has been set."""
    if _ring is None:
        raise KeyringError("No key was given yet, so private text can be neither kept nor read.")
    return _ring


def seal(text: str) -> str:
    """Encrypt text under the first key."""
    return seal_bytes(text.encode()).decode("ascii")


def unseal(token: str, column: str) -> str:
    """Decrypt what `seal` gave; KeyringError names the column it stands in, never the text."""
    return unseal_bytes(token, column).decode()


def seal_bytes(content: bytes) -> bytes:
    """Encrypt a file under the first key."""
    return cipher().encrypt(content)


def unseal_bytes(token: bytes | str, column: str) -> bytes:
    """Decrypt what `seal_bytes` gave; KeyringError names the column."""
    try:
        return cipher().decrypt(token)
    except InvalidToken:
        raise KeyringError(f"{column} holds text that none of the given keys can read.") from None


def digest(secret: str) -> str:
    """What is kept of a secret that we have given out, and only compare. It is 32 bytes of chance, which no list of
    guesses comes near: one plain SHA-256 is enough."""
    return sha256(secret.encode()).hexdigest()
