"""The arguments of the commands for a host: serve, migrate."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 (it has no other name)


def add_hosting(commands: Commands) -> None:
    """Add the commands."""
    commands.add_parser(
        "serve",
        help="serve from a PostgreSQL, as one of any number of replicas behind a proxy",
        description="Serve from the PostgreSQL of DATABASE_URL, as one of any number of replicas "
        "behind a proxy that ends TLS. What else it needs is set by the environment "
        "(docs/hosting.md).",
    )
    migrate = commands.add_parser(
        "migrate",
        help="bring the PostgreSQL of DATABASE_URL to where this version needs it",
        description="Bring the PostgreSQL of DATABASE_URL to where this version needs it, while "
        "replicas serve. Started twice at once, the second waits for the first.",
    )
    migrate.add_argument(
        "--check",
        action="store_true",
        help="change nothing; status 1 where something is left to do",
    )
