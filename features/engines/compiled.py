"""The one door to numba: how a function is compiled, and some instructions of the processor.

What is compiled is plain Python that reads and writes arrays. `fastmath` stays off: it assumes that
there is no NaN, and here NaN is what "missing" looks like.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from llvmlite import ir
from numba.core import config, types
from numba.extending import intrinsic

from features.engines.kept_code import PLACES, KeptFile

AT_ONCE = 16  # days that are compared by one instruction

_Function = TypeVar("_Function", bound=Callable[..., Any])


def compiled(function: _Function) -> _Function:
    """Compile a function for use inside other compiled ones.

    Its type stays what it was, since numba says nothing of types.
    """
    return cast("_Function", numba.njit(error_model="numpy")(function))


def borrowing(function: _Function) -> _Function:
    """Compile a function that makes no array and keeps none, for use inside other compiled ones.

    Nobody counts who holds the arrays that it looks at, or parts of them: where a function does
    little with many of them, the counting would take longer than what it does.
    """
    return cast("_Function", numba.njit(error_model="numpy", _nrt=False)(function))


def inlined(function: _Function) -> _Function:
    """Compile a function into each place that calls it, so that calling it costs nothing."""
    return cast(
        "_Function", numba.njit(error_model="numpy", _nrt=False, forceinline=True)(function)
    )


def entered(function: _Function) -> _Function:
    """Compile a function that Python calls: kept on disk, and run without holding up other threads.

    It is kept where NUMBA_CACHE_DIR says, beside its source, or in the user's cache folder, until a
    source of its room changes (see `features.engines.kept_code`); where no folder can be written,
    each process compiles it anew.
    """
    others = config.CACHE_LOCATOR_CLASSES
    config.CACHE_LOCATOR_CLASSES = PLACES
    try:
        made = numba.njit(error_model="numpy", nogil=True, cache=True)(function)
        made._cache._cache_file = KeptFile.like(made._cache._cache_file)
    except RuntimeError:  # no folder can be written
        made = numba.njit(error_model="numpy", nogil=True)(function)
    finally:
        config.CACHE_LOCATOR_CLASSES = others
    return cast("_Function", made)


def threads() -> int:
    """How many threads may work at once: as many as there are cores, or NUMBA_NUM_THREADS."""
    return int(config.NUMBA_NUM_THREADS)


def _instruction(build: Callable[..., Any]) -> Callable[..., int]:
    """A function that is an instruction of the processor, built in the language of the compiler."""
    return cast("Callable[..., int]", intrinsic(build))


@_instruction
def ones(typing: Any, word: Any) -> Any:
    """How many bits of a word are set."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.ctpop(given[0])

    return types.int64(types.int64), build


@_instruction
def lowest(typing: Any, word: Any) -> Any:
    """The place of the lowest bit of a word that is set; the word is not 0."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.cttz(given[0], context.get_constant(types.boolean, True))

    return types.int64(types.int64), build


@_instruction
def leading_zeros(typing: Any, word: Any) -> Any:
    """How many bits lie above the highest one that is set; the word is not 0."""

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        return builder.ctlz(given[0], context.get_constant(types.boolean, True))

    return types.int64(types.int64), build


@_instruction
def not_after(typing: Any, days: Any, first: Any, day: Any) -> Any:
    """Sixteen bits: which of the days from place `first` on are not after a day.

    One instruction: a loop over the few rows of a child, another number for each, would cost the
    processor more in wrong guesses of where the loop ends.
    """
    number, sixteen = ir.IntType(32), ir.VectorType(ir.IntType(32), AT_ONCE)

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, given[0])
        place = builder.bitcast(builder.gep(array.data, [given[1]]), sixteen.as_pointer())
        one = builder.insert_element(
            ir.Constant(sixteen, ir.Undefined),
            builder.trunc(given[2], number),
            ir.Constant(number, 0),
        )
        all_ = builder.shuffle_vector(one, one, ir.Constant(sixteen, [0] * AT_ONCE))
        bits = builder.icmp_signed("<=", builder.load(place, align=4), all_)
        return builder.zext(builder.bitcast(bits, ir.IntType(AT_ONCE)), ir.IntType(64))

    return types.int64(types.Array(types.int32, 1, "C"), types.int64, types.int64), build


@_instruction
def eight_bytes(typing: Any, data: Any, first: Any) -> Any:
    """The eight bytes from place `first` on, as one number."""
    number = ir.IntType(64)

    def build(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, given[0])
        place = builder.bitcast(builder.gep(array.data, [given[1]]), number.as_pointer())
        return builder.load(place, align=1)

    return types.int64(data, types.int64), build
