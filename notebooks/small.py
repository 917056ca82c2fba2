"""One small town for all notebooks, and one model trained on it: made by whichever comes first."""

from pathlib import Path

from features.case_file import CaseFile
from features.town.town import make_town
from models.specs import spec_of
from training.home import home
from training.record import Training, write_files
from training.registry import BUNDLE
from training.train import train_model

FOLDER = home() / "notebooks"
TOWN, MODEL = FOLDER / "town", FOLDER / "model"
SPEC = spec_of("placement_24m")


def small_town() -> Path:
    """The folder of a synthetic town of 2,000 children."""
    if not TOWN.exists():
        make_town(children=2000, years=8, seed=7, profile="jp").write(TOWN)
    return TOWN


def small_training() -> Training:
    """A model trained on the small town; what is kept of it lies in the folder `MODEL`."""
    training = train_model(SPEC, CaseFile.read(small_town()))
    if not MODEL.exists():
        write_files(training, MODEL)
    return training


def small_bundle() -> Path:
    """The bundle of the model, trained now where that has not been done yet."""
    if not MODEL.exists():
        small_training()
    return MODEL / BUNDLE
