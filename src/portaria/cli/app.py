"""The application: one module a command group, one place that turns errors into exit codes."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import typer

from portaria.cli.words import Command, Group, _, choose_language, language, translated
from portaria.core.errors import Cancelled, InputError, PortariaError, UsageError
from portaria.core.messages import Message, declare, render

DEBUG = "PORTARIA_DEBUG"

INTERNAL = declare(
    "internal-fault",
    "The program failed ({error}). Nothing was half-written. Set {debug}=1 to see where, and tell "
    "its developers.",
)
STOPPED = declare("stopped", "Stopped. Nothing was written.")


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code: 0, 1 input, 2 usage, 3 fault, 130 stopped."""
    signal.signal(signal.SIGTERM, _stop)
    try:
        choose_language(arguments)
        answer = build().main(args=arguments, prog_name="portaria", standalone_mode=False)
        sys.stdout.flush()
        if answer == Cancelled.exit_code:
            raise Cancelled(Message(STOPPED))
        return answer if isinstance(answer, int) else 0
    except (KeyboardInterrupt, Cancelled, typer.Abort):
        _say(render(Message(STOPPED), language()))
        return Cancelled.exit_code
    except PortariaError as error:
        return _report(error)
    except (BrokenPipeError, SystemExit):
        # The reader has gone away (Typer turns that into SystemExit, and uses it for nothing else).
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115
        return 0
    except Exception as error:
        if _was_stopped(error):
            _say(render(Message(STOPPED), language()))
            return Cancelled.exit_code
        if shown := _usage(error):
            return shown
        if os.environ.get(DEBUG):
            raise
        fault = f"{type(error).__name__}: {error}"
        _say(render(Message(INTERNAL, {"error": fault, "debug": DEBUG}), language()))
        return 3


def build() -> Any:
    """The whole command tree, its help in the chosen language."""
    from portaria.cli import (
        access,
        cef,
        clauses,
        credit,
        days,
        duties,
        qualifica,
        recruitment,
        scae,
        serve,
        social,
    )

    app = typer.Typer(
        name="portaria",
        cls=Group,
        help=_("Runs published education regulations and says which clause made each decision."),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root())
    app.add_typer(access.build(), name="access")
    app.add_typer(credit.build(), name="credit")
    app.add_typer(cef.build(), name="cef")
    app.add_typer(scae.build(), name="scae")
    app.add_typer(social.build(), name="social")
    app.add_typer(qualifica.build(), name="qualifica")
    app.add_typer(recruitment.build(), name="recruitment")
    app.add_typer(duties.build(), name="duties")
    app.add_typer(days.build(), name="days")
    words = _("Show every clause of a text, its state, rule and function.")
    app.command("clauses", cls=Command, help=words)(clauses.clauses)
    words = _("Serve the web application on this machine.")
    app.command("serve", cls=Command, help=words)(serve.serve)
    words = _("Write every record and file of the web application to one archive.")
    app.command("backup", cls=Command, help=words)(serve.backup)
    words = _("Put an archive into an empty installation.")
    app.command("restore", cls=Command, help=words)(serve.restore)
    words = _("Make an account of the web application, or give one a role.")
    app.command("account", cls=Command, help=words)(serve.account)
    words = _("Erase what the web application need not keep any longer.")
    app.command("retention", cls=Command, help=words)(serve.retention)
    return typer.main.get_command(app)


def _show_version(asked: bool) -> None:
    if asked:
        from portaria import __version__

        typer.echo(f"portaria {__version__}")
        raise typer.Exit


def _root() -> Callable[..., None]:
    """What stands before a command; made once the language of its help is chosen."""

    def root(
        version: bool = typer.Option(
            False, "--version", help=_("Print the version."), is_eager=True, callback=_show_version
        ),
        lang: str = typer.Option("pt-PT", "--lang", help=_("Language: pt-PT, pt-BR or en.")),
    ) -> None:
        pass

    return root


def _stop(number: int, frame: FrameType | None) -> None:
    raise Cancelled(Message(STOPPED))


def _report(error: PortariaError) -> int:
    if isinstance(error, InputError) and error.problems:
        from portaria.cli.show import show_problems

        show_problems(error.problems, language())
    message = error.message
    _say(render(message, language()) if isinstance(message, Message) else message)
    return error.exit_code


def _was_stopped(error: BaseException | None) -> bool:
    """A stop that arrives inside a compiled kernel comes out wrapped in a SystemError."""
    while isinstance(error, SystemError):
        error = error.__cause__ or error.__context__
        if isinstance(error, KeyboardInterrupt | Cancelled):
            return True
    return False


def _usage(error: Exception) -> int:
    """Faults of the command line itself, as Typer words them; 0 where it is not one."""
    show = getattr(error, "show", None)
    if show is None:
        return 0
    text = io.StringIO()
    show(file=text)
    _say(translated(text.getvalue().rstrip()))
    return UsageError.exit_code


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)
