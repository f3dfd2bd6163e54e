"""Finding a scheme's file and reading it, with every mistake named by its line and key, all in one round."""

import json
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.schemes.mistakes import told
from bot.schemes.parts import readable
from bot.schemes.scheme import Scheme
from bot.schemes.validation import misfits


class SchemeError(Exception):
    """A scheme's file that cannot be used; `mistakes` has one line each, headed by its line and key."""

    def __init__(self, where: str, mistakes: tuple[str, ...]) -> None:
        self.where = where
        self.mistakes = mistakes
        super().__init__(f"The scheme {where} cannot be used:\n" + "\n".join(f"  {line}" for line in mistakes))


def names() -> tuple[str, ...]:
    """The schemes that come with the bot."""
    folder = resources.files("bot.schemes")
    return tuple(sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".toml")))


def load(name_or_path: str) -> Scheme:
    """The scheme of that name (one that comes with the bot) or at that path; SchemeError where it is broken."""
    if name_or_path in names():
        return _ours(name_or_path)
    path = Path(name_or_path)
    if not path.is_file():
        known = ", ".join(names())
        raise SchemeError(name_or_path, (f"there is no such file, nor a scheme of that name (there are: {known})",))
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise SchemeError(name_or_path, (f"cannot be read as UTF-8 text: {problem}",)) from problem
    return read(text, name_or_path)


def starting_file(key: str, name: str) -> str:
    """A whole, commented scheme of that key and name, to be changed."""
    text = resources.files("bot.schemes").joinpath("starting/scheme.toml").read_text("utf-8")
    return text.replace('"KEY"', f'"{key}"').replace('"NAME"', json.dumps(name, ensure_ascii=False))


@cache
def _ours(name: str) -> Scheme:
    """Read once: it is part of the program."""
    return read(resources.files("bot.schemes").joinpath(f"{name}.toml").read_text("utf-8"), name)


def read(text: str, where: str) -> Scheme:
    """Read a scheme from TOML; SchemeError names every mistake by its line and key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise SchemeError(where, (f"not TOML: {problem}",)) from problem
    errors: list[ErrorDetails] = []
    try:
        scheme = Scheme.model_validate(data)
    except ValidationError as problem:
        errors = problem.errors()
        scheme = readable(Scheme, data)
    found = misfits(scheme)
    if errors or found:
        raise SchemeError(where, told(data, text, errors, found))
    return scheme
