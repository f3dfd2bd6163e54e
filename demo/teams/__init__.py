"""The demo in Microsoft Teams: the bot beside Microsoft's own Agents Playground, which is fetched when it is wanted."""
