"""Commands: reads arguments, calls the part that knows how, prints, returns the exit code.

0 done · 1 problems in content, templates or checks · 2 wrong usage or settings · 75 another build
holds the lock · 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from wenzhai import __version__
from wenzhai.console import (
    language_of_user,
    progress_bars,
    put,
    say,
    settle_streams,
    show_json,
    show_report,
)
from wenzhai.engine import build_site
from wenzhai.lock import LOCK_FILE, Locked
from wenzhai.problems import Language, Problem, Span, problem, render_problem
from wenzhai.report import Report
from wenzhai.request import Run, SettingsError
from wenzhai.store import SourceChangedError
from wenzhai.words import HELP, MESSAGES

DONE, PROBLEMS, USAGE, LOCKED, INTERRUPTED = 0, 1, 2, 75, 130
COMMANDS = ("build", "serve", "watch", "import", "new", "explain", "init")


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; never shows a traceback for bad content."""
    settle_streams()
    language = language_of_user(os.environ)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in {"-h", "--help", "--version"}):
        given.insert(0, "build")
    options = make_parser(language).parse_args(given)
    try:
        return int(options.command(options, language))
    except SettingsError as error:
        _refuse(error.problems, language, options)
        return USAGE
    except Locked as error:
        since = time.strftime("%H:%M:%S", time.localtime(error.since))
        held = problem("E613", Span(LOCK_FILE), pid=error.pid or "?", since=since)
        _refuse((held,), language, options)
        return LOCKED
    except SourceChangedError as error:
        say(MESSAGES[language]["changing"].format(path=error))
        return PROBLEMS
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        say(MESSAGES[language]["system"].format(reason=error))
        return PROBLEMS


def main() -> NoReturn:
    """Run the command line and leave with its code.

    The process ends at once: to free each value of a large site would take a tenth of a second.
    """
    code = run()
    with suppress(OSError):
        for stream in filter(None, (sys.stdout, sys.stderr)):  # pythonw has none
            stream.flush()
        os._exit(code)
    raise SystemExit(code)  # the interpreter tells what cannot be written, and ends with 120


def _refuse(problems: tuple[Problem, ...], language: Language, options: argparse.Namespace) -> None:
    """Say why nothing was done, as JSON where a build was asked for that."""
    if options.command is _build and options.json:
        show_json(Report(ok=False, published=False, problems=problems), language)
    else:
        _show_problems(problems, language, options)


def make_parser(language: Language) -> argparse.ArgumentParser:
    """Make the parser of all commands, its help in the reader's language."""
    words = HELP[language]
    parser = argparse.ArgumentParser("wenzhai", description=words["wenzhai"])
    parser.add_argument("--version", action="version", version=f"wenzhai {__version__}")
    commands = parser.add_subparsers(required=True, metavar="|".join(COMMANDS))
    for name, command in (("build", _build), ("watch", _watch)):
        one = commands.add_parser(name, help=words[name], description=words[name])
        _add_build_options(one, words)
        one.set_defaults(command=command)
        if name == "watch":
            one.add_argument("--poll", action="store_true", help=words["--poll"])
    _add_serve(commands.add_parser("serve", help=words["serve"]), words)
    _add_import(commands.add_parser("import", help=words["import"]), words)
    _add_small_commands(commands, words)
    return parser


def _add_build_options(parser: argparse.ArgumentParser, words: dict[str, str]) -> None:
    for flag in ("--clean", "--strict", "--drafts", "--future", "--keep-going", "--json"):
        parser.add_argument(flag, action="store_true", help=words[flag])
    parser.add_argument("-q", "--quiet", action="store_true", help=words["--quiet"])
    parser.add_argument("--base-url", default="", metavar="URL", help=words["--base-url"])
    parser.add_argument("--output", default="", metavar="DIR", help=words["--output"])
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help=words["--jobs"])
    _add_site(parser, words)


def _add_serve(parser: argparse.ArgumentParser, words: dict[str, str]) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="N", help=words["--port"])
    parser.add_argument("--host", default="", metavar="ADDRESS", help=words["--host"])
    hosts = parser.add_argument("--allow-host", action="append", help=words["--allow-host"])
    hosts.default, hosts.metavar = [], "NAME"
    flags = ("--strict-port", "--open", "--poll", "--follow", "--drafts", "--future")
    for flag in flags:
        parser.add_argument(flag, action="store_true", help=words[flag])
    parser.add_argument("--base-url", default="", metavar="URL", help=words["--base-url"])
    _add_site(parser, words)
    parser.set_defaults(command=_serve)


def _add_site(parser: argparse.ArgumentParser, words: dict[str, str]) -> None:
    parser.add_argument("--site", default=".", metavar="DIR", help=words["--site"])


def _add_import(parser: argparse.ArgumentParser, words: dict[str, str]) -> None:
    parser.add_argument("sources", nargs="+", metavar="SRC", help=words["SRC"])
    parser.add_argument("--to", default="", metavar="DIR", help=words["--to"])
    for flag in ("--dry-run", "--json", "--force", "--keep", "--accept", "--images"):
        parser.add_argument(flag, action="store_true", help=words[f"import {flag}"])
    _add_site(parser, words)
    parser.set_defaults(command=_import)


def _add_small_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], words: dict[str, str]
) -> None:
    new = commands.add_parser("new", help=words["new"])
    new.add_argument("title", help=words["TITLE"])
    _add_site(new, words)
    new.set_defaults(command=_new)
    explain = commands.add_parser("explain", help=words["explain"])
    explain.add_argument("path", help=words["PATH"])
    explain.add_argument("--base-url", default="", metavar="URL", help=words["--base-url"])
    _add_site(explain, words)
    explain.set_defaults(command=_explain)
    init = commands.add_parser("init", help=words["init"])
    init.add_argument("folder", metavar="DIR", help=words["DIR"])
    init.set_defaults(command=_init)


def make_run(options: argparse.Namespace) -> Run:
    """Make the request of one build from the command line and the clock."""
    site = Path(options.site).absolute()
    output = Path(options.output).absolute() if options.output else site / "public"
    return Run(
        site=site,
        output=output,
        now=_now(),
        base_url=options.base_url,
        drafts=options.drafts,
        future=options.future,
        clean=options.clean,
        keep_going=options.keep_going,
        strict=options.strict,
        jobs=options.jobs if options.jobs > 0 else os.cpu_count() or 1,
    )


def _now() -> int:
    """Return the present, or SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdigit() else int(time.time())


def _build(options: argparse.Namespace, language: Language) -> int:
    return DONE if _build_once(make_run(options), options, language).ok else PROBLEMS


def _build_once(request: Run, options: argparse.Namespace, language: Language) -> Report:
    quiet = options.quiet or options.json
    with progress_bars(language, quiet=quiet) as progress:
        report = build_site(request, progress)
    if options.json:
        show_json(report, language)
    show_report(
        report,
        language,
        site=request.site,
        output=request.output,
        command=_command(),
        quiet=quiet,
        problems=not options.json,
    )
    return report


def _watch(options: argparse.Namespace, language: Language) -> int:
    from wenzhai.watching import watch_site  # noqa: PLC0415  # watchdog is slow to import

    def build(request: Run) -> Report:
        return _build_once(request, options, language)

    return watch_site(lambda: make_run(options), build, language, poll=options.poll)


def _serve(options: argparse.Namespace, language: Language) -> int:
    from wenzhai.preview.serve import Wishes, serve_site  # noqa: PLC0415  # builds need none

    site = Path(options.site).absolute()

    def make_run() -> Run:
        return Run(
            site=site,
            output=site / "public",
            now=_now(),
            base_url=options.base_url,
            drafts=options.drafts,
            future=options.future,
            jobs=os.cpu_count() or 1,
        )

    wishes = Wishes(
        port=options.port,
        strict_port=options.strict_port,
        host=options.host,
        hosts=tuple(options.allow_host),
        open=options.open,
        poll=options.poll,
        follow=options.follow,
    )
    return serve_site(make_run, wishes, language)


def _import(options: argparse.Namespace, language: Language) -> int:
    from wenzhai.importing import import_sources  # noqa: PLC0415  # builds need none of it

    with progress_bars(language, quiet=options.json) as progress:
        return import_sources(options, language, progress)


def _new(options: argparse.Namespace, language: Language) -> int:
    from wenzhai.request import read_settings  # noqa: PLC0415  # other commands need none of it
    from wenzhai.scaffold import new_article  # noqa: PLC0415  # the same

    site = Path(options.site).absolute()
    made = new_article(site, options.title, int(time.time()), read_settings(site))
    _show_problems(made.problems, language, options)
    for path in made.files:
        put(path)
    return PROBLEMS if made.problems else DONE


def _explain(options: argparse.Namespace, language: Language) -> int:
    from wenzhai.explaining import explain_path  # noqa: PLC0415  # other commands need none of it

    site = Path(options.site).absolute()
    request = Run(site, site / "public", int(time.time()), base_url=options.base_url)
    lines = explain_path(request, options.path, language)
    put("\n".join(lines))
    return DONE if lines[1:] else PROBLEMS


def _init(options: argparse.Namespace, language: Language) -> int:
    from datetime import date  # noqa: PLC0415  # other commands need none of it

    from wenzhai.scaffold import init_site  # noqa: PLC0415  # the same

    made = init_site(Path(options.folder), date.today().isoformat())  # noqa: DTZ011  # the person's day
    _show_problems(made.problems, language, options)
    if made.problems:
        return USAGE
    say(MESSAGES[language]["made"].format(count=len(made.files), folder=options.folder))
    return DONE


def _show_problems(
    problems: Sequence[Problem], language: Language, options: argparse.Namespace
) -> None:
    site = Path(getattr(options, "site", "."))

    def lines(path: str) -> str | None:
        file = site / path
        return file.read_text("utf-8", "replace") if file.is_file() else None

    for item in problems:
        say(render_problem(item, lines, language))


def _command() -> str:
    """Return how this program was called, for advice."""
    name = Path(sys.argv[0]).name
    if name == "__main__.py":
        return "python -m wenzhai"
    return f"python {name}" if name.endswith(".py") else "wenzhai"
