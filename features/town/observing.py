"""What is seen of a child when it is reported: red flags, and how grave injuries are.

They are signs of the true harm, not the harm itself: some harm shows nothing, and some signs come
without it. The office decides on what it sees.
"""

import numpy as np

from features.town.arrays import YEAR, Chance, Column, Columns, likely, words
from features.town.profiles import NEGLECT, PHYSICAL, PSYCHOLOGICAL, SEXUAL
from features.town.records import delays
from features.town.world import World

# Each red flag, and how much it adds to the log odds of custody.
FLAGS = {
    "disclosure": 1.4,
    "asks_protection": 2.1,
    "injury": 0.3,
    "weapon": 0.9,
    "threat": 1.2,
    "confined": 1.0,
    "unfed": 1.0,
    "alone": 0.6,
    "sexual_harm": 1.0,
    "carer_unwell": 0.9,
    "carer_intoxicated": 0.9,
    "violence_at_home": 0.0,
    "hygiene": 0.4,
}
INJURY = list(FLAGS).index("injury")
SITES = ("head", "face", "neck", "trunk", "limbs", "genitals", "mouth")
SITE_SHARES = (0.16, 0.24, 0.04, 0.2, 0.29, 0.02, 0.05)


def observed(world: World, rows: Columns, chance: Chance) -> Columns:
    """The rows with what was `seen` (rows x FLAGS), and `extent` and `site` of an injury seen."""
    chances = _chances(world, rows)
    count = len(chances)
    seen = chance.random(chances.shape) < chances
    extent = np.clip(rows["harm"] + chance.choice((-1, 0, 0, 0, 1), count), 1, 4)
    site = chance.choice(len(SITES), count, p=SITE_SHARES)
    infant = rows["day"] - world.families.children["born"][rows["child"]] < YEAR
    site = np.where(infant & (chance.random(count) < 0.3), SITES.index("head"), site)
    injured = seen[:, INJURY]
    extent, site = np.where(injured, extent, 0), np.where(injured, site, -1)
    return rows | {"seen": seen, "extent": extent, "site": site}


def gravity(rows: Columns) -> Column:
    """How much what was seen adds to the log odds of custody."""
    grave: Column = rows["seen"] @ np.array(list(FLAGS.values())) + 0.85 * rows["extent"]
    return grave


def observations(reports: Columns, chance: Chance) -> Columns:
    """A row for each red flag of each of the reports; `row` is that of the report."""
    row, flag = np.nonzero(reports["seen"])
    count = len(row)
    injury = flag == INJURY
    happened = reports["day"][row] + delays(chance, count, 0.85, 5)
    known = np.maximum(reports["known"][row], happened) + delays(chance, count, 0.85, 5)
    return {
        "row": row,
        "happened": happened,
        "known": known,
        "kind": words(tuple(FLAGS), flag),
        "site": words(SITES, np.where(injury, reports["site"][row], -1)),
        "extent": np.where(injury, reports["extent"][row], np.nan),
    }


def _chances(world: World, rows: Columns) -> Column:
    """The chance of each red flag for each child reported, in the order of FLAGS."""
    harm, kind = rows["harm"], rows["kind"]
    age = (rows["day"] - world.families.children["born"][rows["child"]]) / YEAR
    ill = world.risk.ill[rows["family"], world.month(rows["day"])]
    strain = world.strain(rows["family"], rows["day"])
    physical, sexual = kind == PHYSICAL, kind == SEXUAL
    psychological, neglect = kind == PSYCHOLOGICAL, kind == NEGLECT
    chances: Column = np.column_stack([
        (0.03 + 0.07 * harm * (1 + physical + sexual)) * (age >= 4),
        (0.01 + 0.03 * harm) * (age >= 8),
        (0.12 + 0.25 * harm) * physical + 0.04 * harm * ~physical,
        (0.01 + 0.03 * harm) * (physical | psychological),
        (0.02 + 0.04 * harm) * (physical | psychological),
        0.01 + 0.03 * harm,
        (0.06 + 0.12 * harm) * neglect,
        (0.12 + 0.06 * harm) * neglect * (age < 8),
        (0.25 + 0.15 * harm) * sexual,
        np.where(ill, 0.35, 0.04),
        0.35 * likely(1.2 * strain - 1.2),
        0.35 * psychological + 0.05,
        (0.2 + 0.1 * harm) * neglect + 0.02,
    ])  # fmt: skip
    most: Column = np.minimum(chances, 0.95)
    return most
