"""The Web API's methods, one module per family. Importing this package registers them all."""

from slack_workspace.methods import apps, chat, conversations, files, users, views

__all__ = ["apps", "chat", "conversations", "files", "users", "views"]
