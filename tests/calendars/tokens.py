"""Credentials for tests: of the shape that Microsoft's kit asks of one, without a directory behind it.

The kit is imported as late here as by the bot: whoever measures its first use makes its credential before that.
"""

from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from azure.core.credentials import AccessToken

TOKEN: Final = "the-token-of-the-application"


class FixedToken:
    """One token, for ever."""

    def __init__(self) -> None:
        self.scopes: set[str] = set()
        self.closed = False

    async def get_token(self, *scopes: str, **_: Any) -> "AccessToken":
        """The token, whatever it is for."""
        from azure.core.credentials import AccessToken

        self.scopes.update(scopes)
        return AccessToken(TOKEN, 1 << 40)

    async def close(self) -> None:
        """There is nothing to close."""
        self.closed = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class NoToken(FixedToken):
    """The directory knows the application no more."""

    async def get_token(self, *scopes: str, **_: Any) -> "AccessToken":
        """None."""
        from azure.core.exceptions import ClientAuthenticationError

        raise ClientAuthenticationError("AADSTS7000222: The provided client secret keys for app 'client' are expired.")
