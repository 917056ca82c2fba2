"""Eight numbers at once: a vector of doubles for compiled functions, and what can be done with it.

Numba leaves short loops over several arrays to chance; here eight lanes are one instruction, or two
or four where the processor has narrower ones. All operations round as their scalar kind does, in an
order that is fixed, so that every machine gets the same bits.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel import models
from numba.core.datamodel.registry import register_default
from numba.extending import intrinsic

LANES = 8
_VECTOR = ir.VectorType(ir.DoubleType(), LANES)
_INDEX = ir.IntType(32)


class Lanes(types.Type):
    """The type of eight doubles, as numba knows it."""

    def __init__(self) -> None:
        super().__init__("Lanes")


@register_default(Lanes)
class _LanesModel(models.PrimitiveModel):  # type: ignore[misc]  # numba has no types
    def __init__(self, manager: Any, front: Any) -> None:
        super().__init__(manager, front, _VECTOR)


_lanes = Lanes()


@intrinsic  # type: ignore[untyped-decorator]
def load(typing: Any, array: Any, first: Any) -> Any:
    """Eight elements of a flat array, from a place on."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        loaded = builder.load(_address(context, builder, signature, arguments))
        loaded.align = 8
        return loaded

    return _lanes(array, types.int64), generate


@intrinsic  # type: ignore[untyped-decorator]
def store(typing: Any, array: Any, first: Any, lanes: Any) -> Any:
    """Put eight elements into a flat array, from a place on."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        address = _address(context, builder, signature, arguments)
        builder.store(arguments[2], address).align = 8
        return context.get_dummy_value()

    return types.void(array, types.int64, _lanes), generate


@intrinsic  # type: ignore[untyped-decorator]
def splat(typing: Any, number: Any) -> Any:
    """The same number in every lane."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        empty = ir.Constant(_VECTOR, ir.Undefined)
        one = builder.insert_element(empty, arguments[0], _INDEX(0))
        return builder.shuffle_vector(one, empty, _mask([0] * LANES))

    return _lanes(types.float64), generate


@intrinsic  # type: ignore[untyped-decorator]
def multiply_add(typing: Any, left: Any, right: Any, more: Any) -> Any:
    """One number times another and a third added, rounded once."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.FunctionType(_VECTOR, [_VECTOR] * 3)
        name = f"llvm.fma.v{LANES}f64"
        found = cgutils.get_or_insert_function(builder.module, kind, name)
        return builder.call(found, arguments)

    return _lanes(_lanes, _lanes, _lanes), generate


@intrinsic  # type: ignore[untyped-decorator]
def total(typing: Any, lanes: Any) -> Any:
    """The sum of all lanes: halves are added until one number is left."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (summed,), width = arguments, LANES
        while width > 1:
            width //= 2
            low, high = (
                builder.shuffle_vector(summed, summed, _mask(range(start, start + width)))
                for start in (0, width)
            )
            summed = builder.fadd(low, high)
        return builder.extract_element(summed, _INDEX(0))

    return types.float64(_lanes), generate


def _of_two(instruction: str) -> Callable[..., Any]:
    @intrinsic  # type: ignore[untyped-decorator]
    def operation(typing: Any, left: Any, right: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            return getattr(builder, instruction)(*arguments)

        return _lanes(_lanes, _lanes), generate

    chosen: Callable[..., Any] = operation
    return chosen


add, subtract = _of_two("fadd"), _of_two("fsub")
multiply, divide = _of_two("fmul"), _of_two("fdiv")


def _choice(compare: Callable[[Any, Any, Any], Any]) -> Callable[..., Any]:
    @intrinsic  # type: ignore[untyped-decorator]
    def operation(typing: Any, left: Any, right: Any, yes: Any, no: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            left, right, yes, no = arguments
            return builder.select(compare(builder, left, right), yes, no)

        return _lanes(_lanes, _lanes, _lanes, _lanes), generate

    chosen: Callable[..., Any] = operation
    return chosen


# Of each lane, the third or the fourth: by whether the first is at most the second, or either NaN.
if_at_most = _choice(lambda builder, left, right: builder.fcmp_ordered("<=", left, right))
if_any_nan = _choice(lambda builder, left, right: builder.fcmp_unordered("uno", left, right))


def _address(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    return builder.bitcast(builder.gep(array.data, [arguments[1]]), _VECTOR.as_pointer())


def _mask(lanes: Any) -> Any:
    places = list(lanes)
    return ir.Constant(ir.VectorType(_INDEX, len(places)), places)
