"""views.open, push, update and publish: modals in stacks of three, and each person's Home."""

from dataclasses import replace
from typing import Final

from slack_workspace import serializers
from slack_workspace.arguments import Arguments
from slack_workspace.blocks import checked_view
from slack_workspace.core import Core
from slack_workspace.elements import elements, find, initial_values
from slack_workspace.errors import SlackError
from slack_workspace.model import Json, Values, View
from slack_workspace.state import new_id
from slack_workspace.triggers import Trigger
from slack_workspace.web_api import method

STACK: Final = 3


def _trigger(core: Core, arguments: Arguments) -> tuple[str, Trigger]:
    # An interactivity pointer comes from a workflow's step and serves like a trigger; none is ever issued here.
    trigger_id = arguments.text("interactivity_pointer") or arguments.need("trigger_id")
    return trigger_id, core.triggers.look(trigger_id)


def _spec(core: Core, arguments: Arguments, kind: str | None, current: View | None = None) -> Json:
    view = arguments.data("view", "invalid_arguments")
    if view is None:
        raise SlackError("invalid_arguments", "missing required field: view")
    spec = checked_view(view, kind=kind)
    _fetch_pictures(core, spec)
    holder = core.state.find_external(str(spec.get("external_id") or ""))
    if holder and (current is None or holder.id != current.id):
        raise SlackError("duplicate_external_id")
    return spec


def _fetch_pictures(core: Core, spec: Json) -> None:
    """Slack fetches the pictures of a view before it shows it."""
    for n, block in enumerate(spec["blocks"]):
        for key, part in (("", block), ("/accessory", block.get("accessory") or {})):
            if part.get("image_url") in core.faults.lost_pictures:
                at = f"/view/blocks/{n}{key}/image_url"
                raise SlackError("invalid_arguments", f"downloading image failed [json-pointer:{at}]")


def new_view(core: Core, user: str, spec: Json, under: View | None = None) -> View:
    """A view that nobody has touched yet; `under` is the one it lies on."""
    view_id = new_id("V")
    return View(
        id=view_id,
        user=user,
        spec=spec,
        hash=core.state.new_hash(),
        root_view_id=under.root_view_id if under else view_id,
        previous_view_id=under.id if under else None,
        values=initial_values(spec["blocks"]),
    )


def changed_view(core: Core, view: View, spec: Json) -> View:
    """The view with new content. What was typed under the same block and action ids stays, as in Slack.

    On Home only while the element itself is unchanged, so that a new Home shows what the app now proposes.
    """
    kept = view.values if view.kind == "modal" else _untouched(view, spec)
    values = initial_values(spec["blocks"], kept)
    return replace(view, spec=spec, hash=core.state.new_hash(), values=values, errors={})


def _untouched(view: View, spec: Json) -> Values:
    values: Values = {}
    for block, element in elements(view.blocks):
        ids = block["block_id"], element["action_id"]
        now = find(spec["blocks"], *ids)
        if now and now[1] == element and ids[1] in view.values.get(ids[0], {}):
            values.setdefault(ids[0], {})[ids[1]] = view.values[ids[0]][ids[1]]
    return values


def pushed(core: Core, user: str, spec: Json) -> View:
    """Puts a new view on top of the person's stack. Raises SlackError(push_limit_reached) on a full one."""
    stack = core.state.modals(user)
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    view = new_view(core, user, spec, stack[-1])
    core.state.set_stack(user, [*stack, view])
    return view


@method("views.open")
def views_open(core: Core, arguments: Arguments) -> Json:
    trigger_id, trigger = _trigger(core, arguments)
    spec = _spec(core, arguments, "modal")
    core.triggers.exchange(trigger_id)
    view = new_view(core, trigger.user, spec)
    core.state.set_stack(trigger.user, [view])
    return {"view": serializers.view(core, view)}


@method("views.push")
def views_push(core: Core, arguments: Arguments) -> Json:
    trigger_id, trigger = _trigger(core, arguments)
    spec = _spec(core, arguments, "modal")
    if trigger.view_id is None:
        raise SlackError("invalid_arguments", "invalid `trigger_id`")
    stack = core.state.modals(trigger.user)
    if trigger.view_id not in [view.id for view in stack]:
        raise SlackError("not_found")
    core.triggers.exchange(trigger_id)
    return {"view": serializers.view(core, pushed(core, trigger.user, spec))}


@method("views.update")
def views_update(core: Core, arguments: Arguments) -> Json:
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", "missing required field: view_id or external_id")
    view = core.state.find_view(view_id) if view_id else core.state.find_external(external_id)
    if view is None:
        raise SlackError("not_found")
    spec = _spec(core, arguments, view.kind, view)
    _check_hash(arguments, view)
    changed = changed_view(core, view, spec)
    core.state.put_view(changed)
    return {"view": serializers.view(core, changed)}


@method("views.publish")
def views_publish(core: Core, arguments: Arguments) -> Json:
    user = arguments.need("user_id")
    person = core.state.people.get(user)
    if person is None or person.bot:
        raise SlackError("invalid_arguments", "invalid `user_id`")
    view = core.state.homes.get(user)
    spec = _spec(core, arguments, "home", view)
    if view:
        _check_hash(arguments, view)
    changed = changed_view(core, view, spec) if view else new_view(core, user, spec)
    core.state.put_view(changed)
    return {"view": serializers.view(core, changed)}


def _check_hash(arguments: Arguments, view: View) -> None:
    given = arguments.text("hash")
    if given and given != view.hash:
        raise SlackError("hash_conflict")
