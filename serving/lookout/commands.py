"""`kizuki rescore`: everybody on file is scored anew, as every night."""

import typer

from features.errors import KizukiError
from serving.lookout.looking import rescore as score_anew
from serving.opening import open_desk
from serving.problems import Problem
from serving.settings import read_settings


def rescore() -> None:
    """Score every child on file as of today by the model that answers, and alert of who moved.

    It can be ended at any moment: begun again on the same day, it goes on with the rest. The
    answers are in the journal; alerts are in the work lists and go out by the desk's webhooks.
    """
    desk = open_desk(read_settings())
    assert desk.store
    try:
        scored = sum(score_anew(desk, desk.store, desk.clock().date()))
    except Problem as problem:
        raise KizukiError(f"{problem.kind.title}: {problem.detail}") from None
    finally:
        desk.close()
    typer.echo(f"{scored:,} children are scored anew by {desk.model}")
