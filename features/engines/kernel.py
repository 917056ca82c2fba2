"""The compiled engine: one program, run over the histories of some children.

There is one kernel for every question, since questions are data to it: it is compiled once, kept on
disk, and serves a million children or one. It knows nothing of case files or of pandas.
"""

import numpy as np

from features.engines.compiled import borrowing, compiled, entered
from features.engines.kernel_conditions import judge
from features.engines.kernel_gaps import find_births, take_back
from features.engines.kernel_rows import WORD, select
from features.engines.kernel_values import answer
from features.engines.program import (
    PAIR,
    Block,
    Floats,
    Ints,
    Pairs,
    Program,
    Streams,
    Table,
)

PAIRS_A_BLOCK = 256  # so many that a step is soon found, so few that their bits stay in the cache
APART = 8  # numbers between the answers of two steps: a pair's would else meet in the cache


@entered
def run(program: Program, streams: Streams, asked: Pairs, known_by: int, answers: Floats) -> None:
    """Answer the pairs: `answers` gets those to each question side by side, in a row of their own.

    `known_by` is the day that a label names.
    """
    starts, days, fields, slots = streams
    met, unmet = judge(program.conditions, starts, fields, slots)
    picked = np.empty((len(program.selections), 0), np.int64)
    at_once = min(PAIRS_A_BLOCK, len(asked.child))
    rows, day = np.empty(_most_rows(starts), np.int64), np.empty(at_once, np.int64)
    made = np.empty((len(program.values), at_once + APART))
    for begin in range(0, len(asked.child), PAIRS_A_BLOCK):
        end = min(begin + PAIRS_A_BLOCK, len(asked.child))
        block = _block(starts, asked.child[begin:end], asked.cutoff[begin:end])
        room = (end - begin) * _most(block.words)
        if room > picked.shape[1]:
            picked = np.empty((len(program.selections), room), np.int64)
        select(program.selections, days, fields, slots, block, known_by, met, day, picked)
        find_births(program.births, days, block, picked, day)
        answer(
            program.values, days, fields, slots, program.weights,
            block, met, unmet, picked, rows, made,
        )  # fmt: skip
        take_back(program.gaps, program.asked, days, block, picked, made)
        _put(program.values, made, asked.place[begin:end], answers)


@compiled
def _block(starts: Ints, children: Ints, cutoffs: Ints) -> Block:
    """Some pairs, and where each finds its rows in each stream."""
    pairs = np.empty(len(children), PAIR)
    for pair in range(len(children)):
        pairs[pair].cutoff = cutoffs[pair]
    shape = len(starts), len(children)
    first, place = np.empty(shape, np.int64), np.empty(shape, np.int64)
    length, words = np.empty(shape, np.int64), np.zeros(len(starts), np.int64)
    for stream in range(len(starts)):
        most = 0
        for pair in range(len(children)):
            row, end = starts[stream, children[pair]], starts[stream, children[pair] + 1]
            first[stream, pair], length[stream, pair] = row, end - row
            place[stream, pair] = row - starts[stream, 0]
            most = max(most, end - row)
        words[stream] = (most + WORD - 1) // WORD
    return Block(pairs, first, place, length, words)


@borrowing
def _put(steps: Table, made: Floats, places: Ints, answers: Floats) -> None:
    """Put what the steps made of each pair at its place among the answers to the same question."""
    for number in range(len(steps)):
        into, here = answers[steps[number].column], made[number]
        for pair in range(len(places)):
            into[places[pair]] = here[pair]


@borrowing
def _most(words: Ints) -> int:
    most = 0
    for of_stream in words:
        most = max(most, of_stream)
    return most


@borrowing
def _most_rows(starts: Ints) -> int:
    most = 0
    for stream in range(len(starts)):
        for child in range(starts.shape[1] - 1):
            most = max(most, starts[stream, child + 1] - starts[stream, child])
    return most
