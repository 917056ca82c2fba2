"""The front door: one command, `kizuki`, whose sub-commands live in the rooms."""

import gc
import inspect
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from features.errors import KizukiError

# Set before any room is imported: some libraries read these only once, at their own import.
ENVIRONMENT = {
    "BENTOML_DO_NOT_TRACK": "true",  # only this word stops it, "1" does not
    "DO_NOT_TRACK": "1",
    "GIT_PYTHON_REFRESH": "quiet",
    "MLFLOW_ALLOW_PICKLE_DESERIALIZATION": "false",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "MPLBACKEND": "agg",
    "OMP_WAIT_POLICY": "passive",  # threads that spin while idle made a fit 30 times slower
}


class Later(TyperCommand):
    """A command whose room is imported only when the command is asked for."""

    def __init__(self, name: str, target: str, about: str) -> None:
        super().__init__(name, help=about)
        self.target = target
        self.about = about

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        return self.load().make_context(info_name, args, parent, **extra)

    def load(self) -> Any:
        """The real command, made from the function in its room."""
        module, name = self.target.split(":")
        function = getattr(import_room(module), name)
        details = (inspect.getdoc(function) or "").partition("\n")[2]
        shell = typer.Typer(add_completion=False)
        shell.command(self.name, help=f"{self.about}\n{details}")(function)
        return typer.main.get_command(shell)


def import_room(module: str) -> Any:
    """The module of a command.

    Raises KizukiError where the room's libraries are not installed.
    """
    gc.disable()  # nothing is let go of meanwhile, and looking for it takes a tenth of the time
    try:
        return import_module(module)
    except ModuleNotFoundError as problem:
        library = str(problem.name).partition(".")[0]
        if library in ROOMS:
            raise
        raise KizukiError(
            f"this command needs {library}, which is not installed; pip install "
            f"'kizuki[serve]', 'kizuki[train]', 'kizuki[watch]', 'kizuki[link]' or "
            f"'kizuki[cluster]' brings it"
        ) from None
    finally:
        gc.enable()


ROOMS = ("features", "models", "training", "serving", "notebooks")

IMPORT = TyperGroup(
    name="import",
    help="Read the files of a case system into a case file.",
    no_args_is_help=True,
    commands=[
        Later("cin-census", "features.sources.commands:cin_census", "English CIN census XML."),
        Later("ssda903", "features.sources.commands:ssda903", "English SSDA903 return, CSV."),
        Later("events", "features.sources.commands:events", "Events as lines of JSON, streamed."),
        Later("ncands", "features.sources.commands:ncands", "NCANDS Child File, fixed width."),
        Later("ssd", "features.sources.commands:ssd", "Standard Safeguarding Dataset, CSV."),
        Later("tables", "features.sources.commands:tables", "Any tables, through a mapping file."),
    ],
)

ROWS = TyperGroup(
    name="rows",
    help="Answer every feature of a child's history, for one child or for many.",
    no_args_is_help=True,
    commands=[
        Later("make", "features.rows.commands:make", "Write the rows of a cohort to a file."),
        Later("explain", "features.rows.commands:explain", "Show what made each answer."),
    ],
)

HISTORY = TyperGroup(
    name="history",
    help="Look at what was on record of a child.",
    no_args_is_help=True,
    commands=[
        Later("show", "features.rows.commands:show", "Show the timeline as it was known."),
    ],
)

LINK = TyperGroup(
    name="link",
    help="Find, merge and part the same person in the case files of several agencies.",
    no_args_is_help=True,
    commands=[
        Later("find", "features.linking.commands:find", "Find who may be one person."),
        Later("decide", "features.linking.commands:decide", "Take the answers of a review list."),
        Later("undo", "features.linking.commands:undo", "Take a merge back."),
        Later("apply", "features.linking.commands:apply", "Write one case file of all agencies."),
    ],
)

JOURNAL = TyperGroup(
    name="journal",
    help="Show that what was said is on record, unchanged.",
    no_args_is_help=True,
    commands=[
        Later("verify", "serving.journal_commands:verify", "Find any change, cut or move in it."),
        Later("replay", "serving.journal_commands:replay", "Give an answer again, and compare."),
    ],
)

STORE = TyperGroup(
    name="store",
    help="Keep what case systems tell, and give it the form that this Kizuki needs.",
    no_args_is_help=True,
    commands=[
        Later("migrate", "serving.store.migrating_command:migrate", "Make or change the tables."),
        Later("import", "serving.store.importing_command:import_", "Begin with a case file."),
    ],
)

KEYS = TyperGroup(
    name="keys",
    help="Let systems in, with a key of their own.",
    no_args_is_help=True,
    commands=[
        Later("make", "serving.who.commands:make", "Make an API key, and show it once."),
        Later("withdraw", "serving.who.commands:withdraw", "Take an API key back."),
    ],
)

WEBHOOKS = TyperGroup(
    name="webhooks",
    help="Tell other systems what happens in an office, by ids alone.",
    no_args_is_help=True,
    commands=[
        Later("add", "serving.webhooks.commands:add", "Send the events of an office to a URL."),
        Later("list", "serving.webhooks.commands:list_", "Tell where they are sent."),
        Later("remove", "serving.webhooks.commands:remove", "Send nothing more there."),
    ],
)

REGISTRY = TyperGroup(
    name="registry",
    help="Look up who answers and who has answered, and change it.",
    no_args_is_help=True,
    commands=[
        Later("history", "training.champions.history:history", "Tell who answered, and when."),
        Later("rollback", "training.champions.commands:rollback", "Go back to the one before."),
        Later("challenge", "training.champions.commands:challenge", "Let a version answer beside."),
        Later("stand-down", "training.champions.commands:stand_down", "End the challenge."),
        Later("delete", "training.champions.commands:delete", "Delete what never answered."),
    ],
)

BLIND = TyperGroup(
    name="blind-test",
    help="Compare a model with specialists who judge histories without its score.",
    no_args_is_help=True,
    commands=[
        Later("draw", "training.blind.commands:draw", "Draw cases to judge, and a form."),
        Later("enter", "training.blind.commands:enter", "Take what a specialist judged."),
        Later("report", "training.blind.commands:report", "Tell how far they agree."),
    ],
)

app = TyperGroup(
    name="kizuki",
    help="Kizuki 気づき: scores the risk of harm to a reported child, and says why.",
    no_args_is_help=True,
    commands=[
        IMPORT,
        Later("town", "features.town.commands:town", "Make a synthetic town to try things on."),
        Later("child", "features.commands:child", "Write the request for one child's score."),
        Later("check", "features.checks.commands:check", "Look for what is wrong in a case file."),
        ROWS,
        HISTORY,
        LINK,
        Later("catalogue", "features.catalogue:write", "Write the pages that list every feature."),
        Later("cards", "models.commands:cards", "Write every model's lock and card."),
        Later("train", "training.commands:train", "Fit a model and measure it."),
        Later("stability", "training.commands:stability", "Refit at past days; judge each after."),
        Later("divergence", "training.divergence.commands:divergence", "Compare outcomes."),
        Later("selective", "training.selective.commands:selective", "Judge by whose labels exist."),
        Later("search", "training.search.commands:search", "Try settings, and choose by a rule."),
        Later("reproduce", "training.commands:reproduce", "Fit a version again, bit for bit."),
        Later("promote", "training.champions.commands:promote", "Propose or approve a version."),
        REGISTRY,
        Later("learning-curve", "training.curve.commands:curve", "Tell if the history suffices."),
        BLIND,
        Later("plan", "training.planning.commands:plan", "Tell what the hours there are reach."),
        Later("serve", "serving.commands:serve", "Answer over HTTP."),
        KEYS,
        WEBHOOKS,
        Later("rescore", "serving.lookout.commands:rescore", "Score all children on file anew."),
        Later("score", "serving.commands:score", "Score one child's case file, without a server."),
        Later("score-rows", "models.rescoring_commands:score_rows", "Score the rows of many."),
        Later("report", "serving.commands:report", "Explain one child's score on a page."),
        JOURNAL,
        Later("openapi", "serving.openapi.commands:openapi", "Write the API's published file."),
        STORE,
        Later("erase", "serving.erasing.commands:erase", "Leave nothing of a child readable."),
        Later("hold", "serving.erasing.commands:hold", "Put a child's records under legal hold."),
        Later("release", "serving.erasing.commands:release", "Take them out of legal hold."),
        Later("retain", "serving.erasing.commands:retain", "Erase what was kept long enough."),
        Later("extract", "serving.extracting:extract", "Draw a case file that names nobody."),
        Later("backup", "serving.backups.commands:backup", "Copy all that a desk keeps."),
        Later("restore", "serving.backups.commands:restore", "Put a backup in its place."),
        Later("watch", "serving.watch.commands:watch", "Look for drift and unfairness in answers."),
        Later("parity", "serving.watch.parity_command:parity", "Compare rows with the workshop's."),
        Later("demo", "notebooks.demo:demo", "Go the whole way on a synthetic town."),
        Later("demo-real", "notebooks.demo_real:demo_real", "Go the whole way on real input."),
    ],
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line, and end with exit code 2 and one clear line on a known problem."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        app.main(arguments, prog_name="kizuki")
    except KizukiError as problem:
        _end(str(problem))
    except OSError as problem:
        if problem.filename is None:  # no file that was named: a fault of our own
            raise
        _end(f"{problem.filename2 or problem.filename}: {problem.strerror}")


def _end(problem: str) -> None:
    typer.echo(f"kizuki: {problem}", err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
