"""The ``redress`` command. Each command lives in a module of its own and is loaded only when it is called.

To add one: a line in ``COMMANDS``, name and ``module:function``. The function's parameters are its options, its
docstring is its help.
"""

import sys
from importlib import import_module

import typer

COMMANDS = {
    "up": "standalone.commands.up:up",
    "down": "standalone.commands.down:down",
    "status": "standalone.commands.status:status",
    "logs": "standalone.commands.logs:logs",
    "doctor": "standalone.commands.doctor:doctor",
    "reset": "standalone.commands.reset:reset",
    "seed": "standalone.commands.seed:seed",
    "demo": "standalone.commands.demo:demo",
    "migrate": "standalone.commands.migrate:migrate",
    "rebuild": "standalone.commands.rebuild:rebuild",
    "mend": "standalone.commands.rebuild:mend",
    "reindex": "standalone.commands.rebuild:reindex",
    "reconcile": "standalone.commands.reconcile:reconcile",
    "replay": "standalone.commands.replay:replay",
    "stuck": "standalone.commands.stuck:stuck",
    "resume": "standalone.commands.stuck:resume",
    "end": "standalone.commands.stuck:end",
    "fast-forward": "standalone.commands.fast_forward:fast_forward",
}


def main() -> None:
    """Run the command that was asked for; without one, show them all."""
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    app = typer.Typer(
        name="redress",
        help="An after-sales desk in which every complaint and return is one durable Temporal workflow.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,  # a local variable may hold a key
    )
    for name, place in COMMANDS.items() if asked not in COMMANDS else [(asked, COMMANDS[asked])]:
        module, _, function = place.partition(":")
        app.command(name)(getattr(import_module(module), function))
    app.callback()(_desk)
    app()


def _desk() -> None:
    """The after-sales desk on this machine."""


if __name__ == "__main__":
    main()
