"""How records look in Slack's JSON: messages, views, people, conversations and files."""

from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from slack_workspace.core import Core
from slack_workspace.model import Channel, File, Json, Message, Person, View
from slack_workspace.state import channel_kind, without_nothing

LOCALE: Final = "en-GB"


def message(core: Core, said: Message, *, metadata: bool = False, channel: bool = False, thread: bool = False) -> Json:
    """A message as the Web API answers it and as payloads carry it. `thread`: with what is said of its thread."""
    identity = core.identity
    picture: Json = {"type": "message", "user": said.user, "text": said.text, "ts": said.ts, "team": identity.team_id}
    if said.bot:
        picture |= {"bot_id": identity.bot_id, "app_id": identity.app_id, "bot_profile": core.bot_profile()}
    if said.blocks:
        picture["blocks"] = list(said.blocks)
    if said.attachments:
        picture["attachments"] = list(said.attachments)
    if said.username or said.icons:
        picture |= {"subtype": "bot_message"} | without_nothing({"username": said.username or None})
        picture |= {"icons": said.icons} if said.icons else {}
    if said.thread_ts:
        picture |= _reply(core, said)
    if thread and (answers := core.state.replies(said)):
        picture |= _head_of_thread(said, answers)
    if said.edited_ts:
        picture["edited"] = {"user": said.user, "ts": said.edited_ts}
    if said.files:
        picture |= {"files": [file(core, core.state.files[f]) for f in said.files], "upload": False}
    if metadata and said.metadata:
        picture["metadata"] = said.metadata
    if channel:
        picture["channel"] = said.channel
    return picture


def _reply(core: Core, said: Message) -> Json:
    """What a reply tells of the message it stands under."""
    head = core.state.find_message(said.channel, str(said.thread_ts))
    picture: Json = {"thread_ts": said.thread_ts}
    if head and head.ts != said.ts:
        picture["parent_user_id"] = head.user
        if said.broadcast:
            picture |= {"subtype": "thread_broadcast", "root": message(core, head, thread=True)}
    return picture


def _head_of_thread(said: Message, answers: list[Message]) -> Json:
    writers = list(dict.fromkeys(answer.user for answer in answers))
    return {
        "thread_ts": said.ts,
        "reply_count": len(answers),
        "reply_users_count": len(writers),
        "latest_reply": answers[-1].ts,
        "reply_users": writers,
        "is_locked": False,
        "subscribed": False,
    }


def view(core: Core, shown: View) -> Json:
    """A view as the Web API answers it and as payloads carry it."""
    spec, identity = shown.spec, core.identity
    return {
        "id": shown.id,
        "team_id": identity.team_id,
        "type": shown.kind,
        "blocks": shown.blocks,
        "private_metadata": shown.private_metadata,
        "callback_id": shown.callback_id,
        "state": {"values": shown.values},
        "hash": shown.hash,
        "title": spec.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(spec.get("clear_on_close")),
        "notify_on_close": bool(spec.get("notify_on_close")),
        "submit_disabled": bool(spec.get("submit_disabled")),
        "close": spec.get("close"),
        "submit": spec.get("submit"),
        "previous_view_id": shown.previous_view_id,
        "root_view_id": shown.root_view_id,
        "app_id": identity.app_id,
        "external_id": shown.external_id,
        "app_installed_team_id": identity.team_id,
        "bot_id": identity.bot_id,
    }


def person(core: Core, who: Person, *, locale: bool = False) -> Json:
    """A user as users.info answers it; the e-mail address only to an app with users:read.email."""
    zone = ZoneInfo(who.tz)
    local = datetime.now(UTC).astimezone(zone)
    offset = local.utcoffset()
    base: Json = {
        "id": who.id,
        "team_id": core.identity.team_id,
        "name": who.handle,
        "deleted": who.deactivated,
        "profile": profile(core, who),
        "is_bot": who.bot,
        "is_app_user": False,
        "updated": who.updated,
    } | ({"locale": LOCALE} if locale else {})
    if who.deactivated:
        return base
    return base | {
        "color": "4bbe2e",
        "real_name": who.name,
        "tz": who.tz,
        "tz_label": local.tzname() or who.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": who.guest,
        "is_ultra_restricted": False,
        "is_email_confirmed": not who.bot,
        "who_can_share_contact_card": "EVERYONE",
    }


def profile(core: Core, who: Person) -> Json:
    first, _, last = who.name.partition(" ")
    picture: Json = {
        "title": who.title,
        "phone": "",
        "skype": "",
        "real_name": who.name,
        "real_name_normalized": who.name,
        "display_name": "" if who.bot else who.name,
        "display_name_normalized": "" if who.bot else who.name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "",
        "first_name": first,
        "last_name": last,
        "team": core.identity.team_id,
    }
    picture |= {f"image_{size}": core.picture(who) for size in (24, 32, 48, 72, 192, 512)}
    if who.bot:
        return picture | {"api_app_id": core.identity.app_id, "bot_id": core.identity.bot_id, "always_active": True}
    if who.pictured:
        picture |= {"is_custom_image": True, "image_original": core.picture(who)}
    if who.email and "users:read.email" in core.scopes:
        picture["email"] = who.email
    return picture


def channel(core: Core, room: Channel, *, locale: bool = False, counted: bool = False) -> Json:
    """A conversation as conversations.info answers it; with its locale and the number of members where asked for."""
    common: Json = {"id": room.id, "created": room.created, "is_archived": room.archived, "is_org_shared": False}
    common |= {"context_team_id": core.identity.team_id, "updated": room.created * 1000}
    common |= ({"locale": LOCALE} if locale else {}) | ({"num_members": len(room.members)} if counted else {})
    if room.kind == "dm":
        return common | {"is_im": True, "user": room.user, "last_read": "0000000000.000000", "is_open": True}
    return common | {
        "name": room.name,
        "name_normalized": room.name,
        "is_channel": not room.private,
        "is_group": room.private,
        "is_im": False,
        "is_mpim": room.kind == "group",
        "is_private": room.private,
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": core.is_member(room),
        "creator": core.identity.bot_user,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def file(core: Core, kept: File) -> Json:
    """A file as files.info answers it."""
    kind = kept.snippet_type or kept.name.rpartition(".")[2].lower()
    rooms = [room for room in map(core.state.channels.get, kept.channels) if room]
    address = f"{core.url}/files/{kept.id}/{kept.name}"
    picture: dict[str, Any] = {
        "id": kept.id,
        "created": kept.created,
        "timestamp": kept.created,
        "name": kept.name,
        "title": kept.title,
        "mimetype": kept.mimetype,
        "filetype": kind,
        "pretty_type": kind.upper(),
        "user": kept.user,
        "user_team": core.identity.team_id,
        "editable": False,
        "size": kept.length,
        "mode": "snippet" if kept.snippet_type else "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": any(not room.private for room in rooms),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": address,
        "url_private_download": f"{address}?download=1",
        "permalink": address,
        "channels": [room.id for room in rooms if channel_kind(room) == "public"],
        "groups": [room.id for room in rooms if channel_kind(room) == "private"],
        "ims": [room.id for room in rooms if room.kind == "dm"],
        "comments_count": 0,
        "alt_txt": kept.alt_txt or None,
    }
    return without_nothing(picture)
