"""The app for Microsoft Teams: its manifest, its icons, and the package that an administrator uploads."""
