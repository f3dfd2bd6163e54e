"""The command line. What takes long to load is loaded by the command that needs it."""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from bot.schemes.scheme import Scheme
    from bot.settings import Settings

main = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

_ENV_FILE = Path(".env")
_DEFAULT_PORT = 3000


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"mentorbot {version('mentorbot')}")
        raise typer.Exit


@main.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version, and end.")
    ] = False,
) -> None:
    """Runs a mentoring scheme where its members already talk. Settings come from the environment and from .env."""


@main.command()
def serve(
    host: Annotated[
        str | None, typer.Option(help="Where to listen, if not at MENTORBOT_HOST or 127.0.0.1, right behind a proxy.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="The port, if not MENTORBOT_PORT or 3000.")] = None,
    json_logs: Annotated[bool, typer.Option("--json-logs", help="One JSON object a line, for log collectors.")] = False,
) -> None:
    """Run the bot on every platform that the settings name: Slack by Socket Mode where SLACK_APP_TOKEN is set."""
    gc.disable()  # a start makes no garbage: a fifth of it would go into looking; `once_started` ends this
    from bot import logs
    from bot.settings import unknown

    settings = _settings()
    logs.set_up(json_logs or settings.log_json, settings.log_level)
    for problem in unknown(_ENV_FILE):
        logging.getLogger("bot").warning(problem)
    given = settings.port if port is None else port
    # Where nobody delivers over HTTP only /healthz and /readyz are there: good to have, and no reason not to start.
    needed = given is not None or settings.is_delivered_to
    _run(settings, host or settings.host, _DEFAULT_PORT if given is None else given, needed)


def _run(settings: "Settings", host: str, port: int, needed: bool) -> None:
    from bot.app import build
    from bot.schemes.loading import SchemeError
    from bot.serving import until_told
    from bot.settings import SettingsError

    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(until_told(build(settings), host, port, needed))
    except (SettingsError, SchemeError) as error:
        _stop(str(error))
    except OSError as error:
        reason = f"The bot cannot listen at {host}, port {port} ({error.strerror})"
        _stop(f"{reason}: choose another with --port or MENTORBOT_PORT.")


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return None
    return uvloop.new_event_loop


@main.command()
def check() -> None:
    """Look at everything the bot needs and say what is wrong; ends with 1 if anything is."""
    from bot.checkup import look

    logging.disable(logging.CRITICAL)  # each problem is said once, in words

    async def all_well() -> bool:
        well = True
        async for finding in look(_ENV_FILE):
            typer.echo(f"{'ok   ' if finding.well else 'WRONG'} {finding.says}")
            well = well and finding.well
        return well

    if not asyncio.run(all_well()):
        raise typer.Exit(1)


@main.command()
def migrate() -> None:
    """Bring the database's tables to this version. `serve` does so too; several at once do no harm."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.settings import sentence
    from bot.storage.database import UNFIT, Database

    settings = _settings()
    try:
        with Database(settings.database_url.get_secret_value(), settings.secrets) as database:
            database.migrate()
    except UNFIT as error:
        _stop(str(error))
    except (ValueError, SQLAlchemyError, OSError) as error:
        _stop(sentence("DATABASE_URL", f"names a database that cannot be migrated ({type(error).__name__})"))
    typer.echo("The database is up to date.")


@main.command()
def key() -> None:
    """Print a new key for MENTORBOT_KEYS. Keep it: without it private text cannot be read again."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())


schemes = typer.Typer(no_args_is_help=True, help="Read a scheme's file: what it means, and what is wrong with it.")
main.add_typer(schemes, name="scheme")
_File = Annotated[str, typer.Argument(help="A scheme that comes along, or a file.")]


@schemes.command("show")
def show_scheme(name_or_path: _File) -> None:
    """Say in plain sentences what a scheme means, gate by gate and step by step."""
    from bot.dialogs.wording.schemes import described

    for line in described(_scheme(name_or_path)):
        typer.echo(line)


@schemes.command("check")
def check_scheme(name_or_path: _File) -> None:
    """Name each mistake in a scheme's file by its line and key; ends with 1 if there is one."""
    found = _scheme(name_or_path)
    typer.echo(f"{found.name} ({found.key}) is whole.")


@schemes.command("new")
def new_scheme(
    path: Annotated[Path, typer.Argument(help="Where to write it, such as my_scheme.toml.")],
    name: Annotated[str, typer.Option(help="What people call the scheme.")] = "Mentoring",
) -> None:
    """Write a whole, commented scheme's file to begin with. A file that is there is left alone."""
    from bot.schemes.loading import SchemeError, read, starting_file

    text = starting_file(path.stem, name)
    try:
        read(text, str(path))
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except SchemeError as error:
        _stop(f"{error}\nIts key is the file's name: small letters, digits and “_”, such as my_scheme.toml.")
    except FileExistsError:
        _stop(f"{path} is there already, and is left as it is.")
    except OSError as error:
        _stop(f"{path} cannot be written ({error.strerror}).")
    typer.echo(f"{path} is written. Change it, then: mentorbot scheme check {path}")


def _scheme(name_or_path: str) -> "Scheme":
    from bot.schemes.loading import SchemeError, load

    try:
        return load(name_or_path)
    except SchemeError as error:
        _stop(str(error))


def _settings() -> "Settings":
    from bot.settings import SettingsError, from_environment

    try:
        return from_environment(_ENV_FILE)
    except SettingsError as error:
        _stop(str(error))


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
