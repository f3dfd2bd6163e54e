"""The package that an administrator uploads to Teams: the manifest with the bot's own app id, and the icons.

    python -m manifest.teams.package [APP ID]

Without an id, that of TEAMS_APP_ID counts, in the environment or in .env. A package is the same, byte for byte,
whenever it is made.
"""

import json
import os
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from dotenv import dotenv_values

FOLDER: Final = Path(__file__).parent
PACKAGE: Final = Path("mentorbot-teams.zip")
PLACEHOLDER: Final = "${{TEAMS_APP_ID}}"
ICONS: Final = ("color.png", "outline.png")
_MEND: Final = "copy the Microsoft App ID of your Azure Bot"
_SINCE: Final = (1980, 1, 1, 0, 0, 0)
"""The only moment that every zip can name."""


class Unfit(Exception):  # noqa: N818 – one sentence for whoever asked
    """No package can be made of what was given."""


def app_id(given: str | None) -> str:
    """The id as Microsoft writes it. Raises Unfit for none, and for what is none."""
    if not given or not given.strip():
        raise Unfit(f"TEAMS_APP_ID is missing: {_MEND}, as in make teams-package TEAMS_APP_ID=….")
    try:
        found = UUID(given.strip())
    except ValueError:
        found = UUID(int=0)
    if not found.int:
        raise Unfit(f"TEAMS_APP_ID is no app id: {_MEND}, 32 digits and letters in five groups.")
    return str(found)


def manifest(id_: str) -> str:
    """The manifest of the app with this id, as JSON."""
    text = (FOLDER / "manifest.json").read_text("utf-8").replace(PLACEHOLDER, id_)
    json.loads(text)  # what was changed by hand and is no JSON any more is noticed here, and not in Teams
    return text


def pack(id_: str, into: Path) -> None:
    """Write the package: manifest and icons at its root, as Teams wants them."""
    held = {"manifest.json": manifest(id_).encode(), **{name: (FOLDER / name).read_bytes() for name in ICONS}}
    with zipfile.ZipFile(into, "w") as package:
        for name, content in held.items():
            package.writestr(zipfile.ZipInfo(name, _SINCE), content, zipfile.ZIP_DEFLATED)


def main(arguments: Sequence[str]) -> int:
    """Write the package beside where this is called."""
    known = os.environ.get("TEAMS_APP_ID") or dotenv_values(".env").get("TEAMS_APP_ID")
    try:
        pack(app_id(arguments[0] if arguments else known), PACKAGE)
    except Unfit as error:
        print(error, file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"manifest/teams/manifest.json is no JSON: {error}.", file=sys.stderr)
        return 1
    print(f"{PACKAGE} is written: upload it in the Teams admin centre, under Teams apps, Manage apps.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
