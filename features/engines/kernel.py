"""The compiled engine: one program, run over the histories of some children.

There is one kernel for every question, since questions are data to it: it is compiled once, kept on
disk, and serves a million children or one. It knows nothing of case files or of pandas.
"""

import numpy as np

from features.engines.compiled import compiled, entered
from features.engines.kernel_conditions import judge
from features.engines.kernel_gaps import find_births, take_back
from features.engines.kernel_rows import WORD, select
from features.engines.kernel_values import answer
from features.engines.program import PAIR, SPOT, Floats, Ints, Pairs, Program, Streams, Table

PAIRS_A_BLOCK = 256  # so many that a step is soon found, so few that their bits stay in the cache
APART = 8  # numbers between the answers of two steps: a pair's would else meet in the cache


@entered
def run(program: Program, streams: Streams, asked: Pairs, known_by: int, answers: Floats) -> None:
    """Answer the pairs, each in its row of `answers`; `known_by` is the day that a label names."""
    starts, days, fields, slots = streams
    met, unmet = judge(program.conditions, starts, fields, slots)
    picked = np.empty((len(program.selections), 0), np.int64)
    rows = np.empty(_most_rows(starts), np.int64)
    made = np.empty((len(program.values), PAIRS_A_BLOCK + APART))
    for begin in range(0, len(asked.child), PAIRS_A_BLOCK):
        end = min(begin + PAIRS_A_BLOCK, len(asked.child))
        pairs = _pairs(asked.cutoff[begin:end])
        spots = _spots(starts, asked.child[begin:end])
        room = _most_words(spots)
        if room > picked.shape[1]:
            picked = np.empty((len(program.selections), room), np.int64)
        select(program.selections, days, fields, slots, pairs, spots, known_by, met, picked)
        find_births(program.births, days, spots, picked, pairs)
        answer(
            program.values, days, fields, slots, program.weights,
            pairs, spots, met, unmet, picked, rows, made,
        )  # fmt: skip
        take_back(program.gaps, program.asked, days, pairs, spots, picked, made)
        _put(program.values, made, asked.place[begin:end], answers)


@compiled
def _pairs(cutoffs: Ints) -> Table:
    pairs = np.empty(len(cutoffs), PAIR)
    for pair in range(len(pairs)):
        pairs[pair].cutoff = cutoffs[pair]
    return pairs


@compiled
def _spots(starts: Ints, children: Ints) -> Table:
    """Where each pair finds its rows and words in each stream, and one more where words end."""
    spots = np.empty((len(starts), len(children) + 1), SPOT)
    for stream in range(len(starts)):
        here, word = spots[stream], 0
        for pair in range(len(children)):
            child = children[pair]
            here[pair].row, here[pair].end = starts[stream, child], starts[stream, child + 1]
            here[pair].word, here[pair].place = word, here[pair].row - starts[stream, 0]
            word += (here[pair].end - here[pair].row + WORD - 1) // WORD
        here[len(children)].word = word
    return spots


@compiled
def _put(steps: Table, made: Floats, places: Ints, answers: Floats) -> None:
    """Put what the steps made of each pair in its row of the answers, pair by pair."""
    for pair in range(len(places)):
        into = answers[places[pair]]
        for number in range(len(steps)):
            into[steps[number].column] = made[number, pair]


@compiled
def _most_words(spots: Table) -> int:
    most = 0
    for stream in range(len(spots)):
        most = max(most, spots[stream, -1].word)
    return most


@compiled
def _most_rows(starts: Ints) -> int:
    most = 0
    for stream in range(len(starts)):
        for child in range(starts.shape[1] - 1):
            most = max(most, starts[stream, child + 1] - starts[stream, child])
    return most
