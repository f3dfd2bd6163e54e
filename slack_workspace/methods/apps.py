"""api.test, auth.test, apps.connections.open, bots.info and team.info: who the app is and where it has come."""

from slack_workspace.arguments import Arguments
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.model import Json
from slack_workspace.web_api import method


@method("api.test")
def api_test(core: Core, arguments: Arguments) -> Json:
    if arguments.text("error"):
        raise SlackError(arguments.text("error"))
    arguments.given("foo")  # it is given back, like whatever else comes
    return {"args": arguments.values}


@method("auth.test")
def auth_test(core: Core, arguments: Arguments) -> Json:
    identity = core.identity
    return {
        "url": f"{core.url}/",
        "team": identity.team_name,
        "user": identity.bot_name.lower(),
        "team_id": identity.team_id,
        "user_id": identity.bot_user,
        "bot_id": identity.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def connections_open(core: Core, arguments: Arguments) -> Json:
    return {"url": core.open_socket()}


@method("bots.info")
def bots_info(core: Core, arguments: Arguments) -> Json:
    core.own_team(arguments.text("team_id"))
    wanted = arguments.need("bot", "bot_not_found")
    if wanted != core.identity.bot_id:
        raise SlackError("bot_not_found")
    profile = core.bot_profile() | {"user_id": core.identity.bot_user}
    return {"bot": {key: profile[key] for key in ("id", "deleted", "name", "updated", "app_id", "user_id", "icons")}}


@method("team.info")
def team_info(core: Core, arguments: Arguments) -> Json:
    identity = core.identity
    known = arguments.text("team") in ("", identity.team_id) and arguments.text("domain") in ("", identity.domain)
    if not known:
        raise SlackError("team_not_found")
    picture = {"id": identity.team_id, "name": identity.team_name, "domain": identity.domain, "email_domain": ""}
    return {"team": picture | {"icon": {"image_default": True}, "url": f"{core.url}/"}}
