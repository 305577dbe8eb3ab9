"""The command ``secondvoice``: reads its arguments and calls the one that is meant."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from secondvoice.cli_hosting import add_hosting
from secondvoice.cli_keeping import add_keeping
from secondvoice.site.config import SettingError
from secondvoice.site.datafolder import CannotStart

if TYPE_CHECKING:
    from collections.abc import Sequence

SETTINGS = "secondvoice.site.settings"
PORT_MOST = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; None for those it was started with.

    Returns:
        The exit status: 0 well, 1 could not, 2 not understood.
    """
    chosen = _parser().parse_args(arguments)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    # Whatever is written from here on, SQLite's own files too, is its owner's alone.
    os.umask(0o077)
    if chosen.data is not None:
        os.environ["SECONDVOICE_DATA"] = chosen.data
    try:
        return _call(chosen)
    except (CannotStart, SettingError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has what they wanted (``secondvoice read | head``).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:  # noqa: BLE001 (its own words may hold a person's; they stay inside)
        from secondvoice.site.logs import describe

        print(f"A fault in Second Voice stopped this: {describe(error)}.", file=sys.stderr)
        return 1


def _call(chosen: argparse.Namespace) -> int:
    if chosen.command is None:
        from secondvoice.site import serve

        return serve.run(port=chosen.port, browser=chosen.browser, demo=chosen.demo)
    # Each command is imported alone: reading a text must not wait for a web framework.
    # "import" cannot be the name of a module that others import.
    name = {"import": "importing"}.get(chosen.command, chosen.command)
    command = import_module(f"secondvoice.commands.{name}")
    return int(command.run(chosen))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="secondvoice",
        description="The voice you would use with a friend, for yourself. "
        "Without a command: opens Second Voice in the browser, on this computer only.",
        epilog="'secondvoice COMMAND --help' tells more about a command.",
    )
    _add_data(parser, default=None)
    parser.add_argument(
        "--port", type=_port, help="the port to listen on (else that of last time, or a free one)"
    )
    parser.add_argument(
        "--no-browser",
        dest="browser",
        action="store_false",
        help="print the address and do not open the browser",
    )
    parser.add_argument(
        "--demo",
        action="store_true",
        help="look around in a made-up person's year; gone when it stops",
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _add_read(commands)
    _add_export(commands)
    add_keeping(commands, _add_data)
    _add_doctor(commands)
    _add_measures(commands)
    _add_score(commands)
    _add_group(commands)
    add_hosting(commands)
    manage = commands.add_parser(
        "manage",
        help="run one of the web framework's own commands",
        add_help=False,
        # Every argument, --help too, belongs to the framework's command.
        prefix_chars="\0",
    )
    manage.add_argument("rest", nargs="*")
    return parser


def _add_data(parser: argparse.ArgumentParser, *, default: str | None = argparse.SUPPRESS) -> None:
    # Suppressed for the commands, so that --data may stand before or after their name.
    parser.add_argument(
        "--data",
        metavar="DIR",
        default=default,
        help="the data folder (else SECONDVOICE_DATA, else the system's place for it)",
    )


def _add_read(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    read = commands.add_parser(
        "read",
        help="show which voice is in a text",
        description="Show which voice is in a text, and where. Nothing is kept. Text given as an "
        "argument can be seen by other users of the machine while the command runs, and stays in "
        "the shell's history; '-' reads it from standard input.",
    )
    read.add_argument(
        "text", nargs="?", default="-", metavar="TEXT", help="the text, or - (default)"
    )
    read.add_argument("--json", action="store_true", help="print the reading as one JSON object")
    several = read.add_mutually_exclusive_group()
    several.add_argument(
        "--files",
        nargs="+",
        metavar="PATH",
        help="read these files, and the text and Markdown files of these folders, one by one",
    )
    several.add_argument(
        "--lines", action="store_true", help="take every line of the input as a text of its own"
    )
    read.add_argument(
        "--voice", choices=("critic", "answer"), help="whose words these are, if that is known"
    )
    read.add_argument(
        "--friend", default="Sam", metavar="NAME", help="whom the words are turned to (Sam)"
    )


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser(
        "export",
        help="write everything you keep into one file, in an open format",
        description="Write everything you keep into one file. It asks for your passphrase. "
        "Without --seal whoever has the file can read it.",
    )
    _add_data(export)
    export.add_argument(
        "--format",
        choices=("jsonl", "json", "markdown", "csv"),
        required=True,
        help="jsonl to bring in again, json as one object, markdown to read, csv for the numbers",
    )
    export.add_argument(
        "--seal", action="store_true", help="ask for a passphrase that the file is sealed with"
    )
    export.add_argument(
        "--seal-passphrase-file",
        metavar="FILE",
        help="seal it with the passphrase in the first line of FILE",
    )
    export.add_argument("--out", required=True, metavar="FILE", help="the file to write; a new one")
    export.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read the passphrase from the first line of FILE ('-' for standard input)",
    )


def _add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    doctor = commands.add_parser(
        "doctor",
        help="tell what is where, whether it is whole, whether it opens",
        description="Tell what is where and whether it is whole. It changes no record.",
    )
    _add_data(doctor)
    doctor.add_argument(
        "--open", action="store_true", help="ask for the passphrase and try to open every record"
    )
    doctor.add_argument(
        "--mend",
        action="store_true",
        help="make the list of what is there anew from the records themselves",
    )
    doctor.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read the passphrase from the first line of FILE ('-' for standard input)",
    )


def _add_measures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    measures = commands.add_parser(
        "measures",
        help="list, show, validate or exchange the questionnaires that are here",
        description="The questionnaires that are here: their questions, keys, figures, sources "
        "and licences, and what of it is unverified.",
    )
    what = measures.add_subparsers(dest="what", metavar="WHAT", title="what to do", required=True)
    what.add_parser("list", help="one line for each")
    show = what.add_parser("show", help="everything about one, as Markdown")
    show.add_argument("id", metavar="ID", help="as in the list: scs-sf")
    validate = what.add_parser("validate", help="check that keys, ranges and sources hold")
    validate.add_argument(
        "folders",
        nargs="*",
        metavar="FOLDER",
        help="an instrument, or a folder of them (else those of this installation)",
    )
    _add_measures_formats(what)


def _add_measures_formats(what: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = what.add_parser("export", help="write one in another format")
    export.add_argument("id", metavar="ID", help="as in the list: scs-sf; or a folder of your own")
    _add_format(export, "--as", "kind", ("fhir", "reproschema", "redcap", "csv"))
    export.add_argument(
        "--out", required=True, metavar="PATH", help="a new file (fhir, redcap), else a new folder"
    )
    read = what.add_parser("import", help="make a draft in our own form of one in another")
    read.add_argument("file", metavar="FILE", help="the file; for reproschema the folder, too")
    _add_format(read, "--as", "kind", ("fhir", "reproschema", "redcap"))
    read.add_argument(
        "--out", required=True, metavar="FOLDER", help="a new folder; its name becomes the id"
    )
    convert = what.add_parser("convert", help="write answers in another format")
    convert.add_argument("file", metavar="FILE", help="the answers")
    convert.add_argument(
        "--of", required=True, metavar="ID", help="whose answers they are; or a folder of your own"
    )
    _add_format(convert, "--from", "source", ("csv", "fhir", "redcap"))
    _add_format(convert, "--to", "target", ("csv", "fhir", "redcap"))
    convert.add_argument(
        "--out", required=True, metavar="FILE", help="the file to write; a new one"
    )


def _add_format(
    parser: argparse.ArgumentParser, option: str, into: str, formats: tuple[str, ...]
) -> None:
    parser.add_argument(option, dest=into, choices=formats, required=True, help="the format")


def _add_score(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    score = commands.add_parser(
        "score",
        help="score a file of answers to a questionnaire",
        description="Score a file of answers, a row for each taking: CSV or Parquet in, CSV or "
        "Parquet out. Rows that cannot be scored are told and stay in their place.",
    )
    score.add_argument("id", metavar="ID", help="as in 'secondvoice measures list': scs-sf")
    score.add_argument(
        "file", metavar="FILE", help="the answers: Parquet, or text with , ; or tabs"
    )
    score.add_argument(
        "--out", required=True, metavar="FILE", help="the scores: a new .csv or .parquet"
    )
    score.add_argument(
        "--map",
        metavar="FILE",
        help="which column holds which item: a .csv 'item,column', or a .toml with scs_1 = \"Q1\"",
    )
    score.add_argument(
        "--missing",
        metavar="CODE",
        action="append",
        default=[],
        help="what stands for no answer beside empty cells, NA and the like; may be said again",
    )
    score.add_argument("--answers", action="store_true", help="write the answers, too")
    score.add_argument(
        "--person", metavar="COLUMN", help="a column in which nobody may be there twice"
    )
    score.add_argument(
        "--report", metavar="FILE", help="write every slip to a CSV: place, column, what is wrong"
    )
    score.add_argument("--force", action="store_true", help="replace files that are there already")


def _add_group(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser(
        "group",
        help="tell how a questionnaire works in a group: reliability, items, factors",
        description="Statistics of a questionnaire in a group, from a table with a row for each "
        "person and a column for each item, called like it (scs_1). Needs secondvoice[research].",
    )
    group.add_argument("id", metavar="ID", help="as in 'secondvoice measures list': scs-sf")
    group.add_argument("table", metavar="TABLE", help="the answers, a .parquet or .csv file")
    group.add_argument(
        "--retest", metavar="TABLE", help="answers of the same people on a later occasion"
    )
    group.add_argument(
        "--person", metavar="COLUMN", default="person",
        help="the column that tells people apart, for --retest (person)",
    )  # fmt: skip
    group.add_argument("--json", action="store_true", help="print one JSON object, loadings too")


class _Version(argparse.Action):
    """Print the version; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib.metadata import version

        print(f"secondvoice {version('secondvoice')}")
        parser.exit()


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= PORT_MOST):
        raise argparse.ArgumentTypeError(f"{text!r} is no port; write a number from 1 to 65535")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
