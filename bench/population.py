"""A local workspace in a process of its own, with everybody in it whom the prepared cases need."""

import sys

from bench.cases import Case
from bench.children import orders, run, say
from slack_workspace import Workspace
from slack_workspace.model import Message

_BLOCKS = ({"type": "section", "block_id": "b0", "text": {"type": "plain_text", "text": "A card, as it was sent."}},)


async def main(cases: int) -> None:
    """Serve until the parent has had enough. Rates are not limited: a workspace takes less than this bench sends."""
    workspace = Workspace(rate_limits=False)
    await workspace.start()
    say(
        {
            "api_url": workspace.api_url,
            "bot_token": workspace.bot_token,
            "signing_secret": workspace.signing_secret,
            "cards": [_card(workspace, Case(number)) for number in range(cases)],
        }
    )
    await orders({})
    await workspace.stop()


def _card(workspace: Workspace, case: Case) -> tuple[str, str]:
    """The case's people, and the card in its mentor's conversation."""
    for user in (case.mentee, case.mentor, case.next):
        workspace.add_person(user.title(), user_id=user, email=f"{user.lower()}@example.org")
    channel = workspace.state.dm_of(case.mentor)
    assert channel is not None
    ts = workspace.state.timestamp()
    workspace.state.post(Message(channel.id, ts, workspace.bot_user, "A card", _BLOCKS, bot=True))
    return channel.id, ts


if __name__ == "__main__":
    run(main(int(sys.argv[1])))
