"""The keys that Microsoft signs deliveries with, and tokens signed by them: RS256, made by hand, so that a test can
make every wrong one too."""

import base64
import json
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from tests.support.teams.model import Json

ISSUER: Final = "https://api.botframework.com"
_HOUR: Final = 3600


@cache
def key_pair(number: int = 0) -> rsa.RSAPrivateKey:
    """One of a few keys, each made once in a process: making one takes a tenth of a second."""
    return rsa.generate_private_key(65537, 2048)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key and the name it goes by."""

    kid: str
    private: rsa.RSAPrivateKey

    def public(self) -> Json:
        """As a JWKS lists it; each key of Microsoft's says for which channels it stands."""
        numbers = self.private.public_key().public_numbers()
        of_key = {"n": _number(numbers.n), "e": _number(numbers.e)}
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "endorsements": ["msteams"], **of_key}


OURS: Final = SigningKey("local-1", key_pair(0))
STRANGE: Final = SigningKey("local-1", key_pair(1))
"""Not Microsoft's, under a name of theirs."""
UNKNOWN: Final = SigningKey("nobody-9", key_pair(1))
"""Under a name that no list holds."""


def token(app_id: str, service_url: str, *, key: SigningKey = OURS, header: Json | None = None, **claims: Any) -> str:
    """A token of the Bot Framework's for this bot. A claim given as None is left out."""
    now = int(time.time())
    body = {
        "iss": ISSUER,
        "aud": app_id,
        "serviceurl": service_url,
        "nbf": now - 60,
        "iat": now - 60,
        "exp": now + _HOUR,
    } | claims
    return signed({k: v for k, v in body.items() if v is not None}, key, header)


def signed(claims: Json, key: SigningKey = OURS, header: Json | None = None) -> str:
    """These claims, signed with RS256 whatever the header says; unsigned where it says "none"."""
    head = {"alg": "RS256", "typ": "JWT", "kid": key.kid} | (header or {})
    parts = [_encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims)]
    content = ".".join(parts)
    if str(head["alg"]).lower() == "none":
        return f"{content}."
    return f"{content}.{_encoded(key.private.sign(content.encode(), padding.PKCS1v15(), SHA256()))}"
