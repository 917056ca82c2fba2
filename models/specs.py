"""The models by name: one folder each, with its spec, its lock and its card."""

from importlib import import_module
from pathlib import Path

from features.errors import KizukiError
from models.spec import ModelSpec

HERE = Path(__file__).parent
NAMES = tuple(sorted(path.parent.name for path in HERE.glob("*/spec.py")))


def spec_of(name: str) -> ModelSpec:
    """The spec of a model.

    Raises KizukiError for a name that is none, and for a spec that asks for what does not exist.
    """
    if name not in NAMES:
        raise KizukiError(f"no model is called {name!r}; there are: {', '.join(NAMES)}")
    try:
        spec = import_module(f"models.{name}.spec").SPEC
    except KeyError as problem:
        raise KizukiError(
            f"models/{name}/spec.py: nothing is called {problem}; "
            "features/CATALOGUE.md lists the features"
        ) from problem
    except ValueError as problem:
        raise KizukiError(f"models/{name}/spec.py: {problem}") from problem
    assert isinstance(spec, ModelSpec)
    return spec
