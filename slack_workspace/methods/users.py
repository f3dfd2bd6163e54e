"""users.info, users.list, users.lookupByEmail and users.profile.get."""

from slack_workspace import serializers
from slack_workspace.arguments import Arguments
from slack_workspace.core import Core
from slack_workspace.errors import SlackError
from slack_workspace.methods.paging import page
from slack_workspace.model import Json
from slack_workspace.web_api import method


@method("users.info")
def users_info(core: Core, arguments: Arguments) -> Json:
    locale = arguments.flag("include_locale")
    return {"user": serializers.person(core, core.person(arguments.text("user")), locale=locale)}


@method("users.list")
def users_list(core: Core, arguments: Arguments) -> Json:
    core.own_team(arguments.text("team_id"))
    locale = arguments.flag("include_locale")
    people, cursor = page(sorted(core.state.people.values(), key=lambda p: p.id), arguments, default=1000)
    members = [serializers.person(core, who, locale=locale) for who in people]
    return {"members": members, "cache_ts": core.state.seconds(), "response_metadata": {"next_cursor": cursor}}


@method("users.lookupByEmail")
def users_lookup_by_email(core: Core, arguments: Arguments) -> Json:
    wanted = arguments.text("email").strip().lower()
    for who in core.state.people.values():
        if wanted and who.email and who.email.lower() == wanted and not who.deactivated:
            return {"user": serializers.person(core, who)}
    raise SlackError("users_not_found")


@method("users.profile.get")
def users_profile_get(core: Core, arguments: Arguments) -> Json:
    arguments.flag("include_labels")  # labels are of custom fields, and this workspace has none
    who = core.person(arguments.text("user") or core.identity.bot_user)
    return {"profile": serializers.profile(core, who)}
