"""The local workspace, held to what Slack's documentation says and to samples of what Slack really sends."""
