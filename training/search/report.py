"""What an audition says: the candidates, the rules, the choice, and whether trees are needed."""

from collections.abc import Iterator, Sequence

import numpy as np

from features.reading import calendar_day
from models.spec import ModelSpec
from training.search.audition import Audition, Tried, board_of
from training.search.rules import DEFAULT, RULES, regret_of_chance, regrets
from training.summary import aligned

SHOWN = 12  # candidates; the others did worse


def chosen(tried: Sequence[Tried], rule: str = DEFAULT) -> Tried:
    """The candidate that a rule chooses after all origins."""
    return tried[RULES[rule](board_of(tried))]


def audition_report(spec: ModelSpec, audition: Audition) -> str:
    """The report in words, from the candidates to the settings for the spec."""
    return "\n".join([
        *aligned(_candidates(audition)),
        f"{audition.given_up} trials were given up early, {len(audition.trees) - 1} run to the end",
        "",
        *aligned(_rules(audition)),
        "",
        *_choice(audition),
        "",
        *_baselines(audition),
        "",
        *_settings(spec, audition),
    ])  # fmt: skip


def audition_numbers(audition: Audition) -> dict[str, float]:
    """The mean AUROC of each candidate and the mean regret of each rule, as MLflow takes them."""
    board = board_of(audition.tried)
    means = {f"mean_auroc.{t.name}": float(np.mean(t.values)) for t in audition.tried}
    lost = {name: float(np.mean(regrets(rule, board))) for name, rule in RULES.items()}
    return {**means, **{f"regret.{name.replace(',', '')}": mean for name, mean in lost.items()}}


def _candidates(audition: Audition) -> list[list[str]]:
    days = [calendar_day(day).isoformat() for day in audition.days]
    heading = ["candidate", "size", *(f"AUROC {day}" for day in days), "mean"]
    best = sorted(audition.tried, key=lambda tried: -np.mean(tried.values))
    shown = [t for t in best if t in best[:SHOWN] or t in audition.simple]
    return [heading, *(_candidate(tried) for tried in shown)]


def _candidate(tried: Tried) -> list[str]:
    values = [f"{value:.3f}" for value in (*tried.values, np.mean(tried.values))]
    return [tried.name, f"{tried.size:.0f}", *values]


def _rules(audition: Audition) -> list[list[str]]:
    tried, board = audition.tried, board_of(audition.tried)
    rows = []
    for name, rule in RULES.items():
        lost = regrets(rule, board)
        rows.append([name, f"{np.mean(lost):.4f}", f"{lost[-1]:.4f}", tried[rule(board)].name])
    heading = ["rule", "mean regret", "at the last origin", "chooses now"]
    return [heading, *rows, ["any at random", f"{regret_of_chance(board):.4f}", "", ""]]


def _choice(audition: Audition) -> Iterator[str]:
    everybody, of_trees = chosen(audition.tried), chosen(audition.trees)
    yield f"by default the choice is {DEFAULT}: {everybody.name}"
    if everybody in audition.simple:
        yield (
            f"trees do not beat the {everybody.name} by more than one standard error: prefer it, "
            f"or say why not; of the trees, {of_trees.name} would be chosen"
        )
    board = board_of(audition.tried)
    least = min(RULES, key=lambda name: np.mean(regrets(RULES[name], board)))
    yield (
        f"the rule that lost least at the origins is {least}, which chooses "
        f"{chosen(audition.tried, least).name}"
    )
    yield (
        "the last origin was seen by no search of settings: chosen before it, "
        f"{_before_last(audition).name} reached {_before_last(audition).values[-1]:.3f} there"
    )


def _before_last(audition: Audition) -> Tried:
    board = board_of(audition.trees)
    return audition.trees[RULES[DEFAULT](board.before(len(audition.days) - 1))]


def _baselines(audition: Audition) -> Iterator[str]:
    best = np.array(chosen(audition.trees).values)
    for simple in audition.simple:
        gained = best - np.array(simple.values)
        error = gained.std(ddof=1) / np.sqrt(len(gained))
        verdict = "beaten" if gained.mean() > error else "not beaten"
        yield (
            f"baseline {verdict}: {simple.name}, by {gained.mean():+.3f} on average "
            f"(standard error {error:.3f}), at {(gained > 0).sum()} of {len(gained)} origins"
        )


def _settings(spec: ModelSpec, audition: Audition) -> Iterator[str]:
    of_trees = chosen(audition.trees)
    if of_trees.settings == spec.settings:
        yield f"the settings of {spec.name} stay as they are"
        return
    yield f"for the spec of {spec.name}, settings={{"
    yield from (f'    "{name}": {value},' for name, value in of_trees.settings.items())
    yield "}"
