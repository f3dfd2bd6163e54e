"""The bot under measurement in Teams, beside Slack where its settings name it: a process of its own, which is told
where Microsoft's servers are."""

import sys

from bench.children import orders, run, say
from bot.app import build
from bot.handlers.platform import Platform
from bot.handlers.slack.platform import SlackPlatform
from bot.handlers.teams.places import Servers
from bot.handlers.teams.platform import TeamsPlatform
from bot.serving import once_started
from bot.settings import from_environment


async def main(keys: str, service: str, given: str) -> None:
    """Serve until the parent has had enough."""

    async def token() -> str:
        return given

    settings = from_environment(None)
    assert settings.teams is not None
    platforms: list[Platform] = [TeamsPlatform(settings.teams, Servers(keys, service, token))]
    if settings.slack is not None:
        platforms.append(SlackPlatform(settings.slack))
    app = build(settings, platforms=platforms)
    await app.start(port=0)
    once_started()
    say({"url": app.url})
    await orders({})
    await app.stop()


if __name__ == "__main__":
    run(main(*sys.argv[1:]))
