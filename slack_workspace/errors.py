"""How Slack says no to the app (`SlackError`), and how it says no to a person at their keyboard (`Refusal`)."""

from collections.abc import Sequence


class SlackError(Exception):
    """A Web API call answered with `ok: false`.

    `code` is Slack's own name for the error; `messages` are the detailed lines of `response_metadata.messages`;
    `needed` and `provided` speak of scopes; `retry_after` is in seconds and turns the answer into a 429.
    """

    def __init__(
        self,
        code: str,
        *messages: str,
        needed: str = "",
        provided: str = "",
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages: Sequence[str] = messages
        self.needed = needed
        self.provided = provided
        self.retry_after = retry_after

    def answer(self) -> dict[str, object]:
        """The JSON body of the refusal."""
        body: dict[str, object] = {"ok": False, "error": self.code}
        if self.needed:
            body |= {"needed": self.needed, "provided": self.provided}
        if self.messages:
            lines = [f"[ERROR] {line}" for line in self.messages]
            body |= {"errors": list(self.messages), "response_metadata": {"messages": lines}}
        return body


class Refusal(Exception):  # noqa: N818 - a person is refused, nothing broke
    """What the person tried could not be done; the text is what they would be shown."""
