"""What a town came to be: its tables, and the shares that are published of real offices."""

import pandas as pd

from features.case_file import CaseFile


def summary_of(case_file: CaseFile) -> str:
    """Rows by table, and shares of sources, kinds of abuse and ages among all notifications."""
    sizes = (f"  {name:14} {len(frame):>9,} rows" for name, frame in case_file.tables.items())
    shares = (f"  {title:14} {_listed(share)}" for title, share in marginals(case_file).items())
    return "\n".join(["The town has", *sizes, "Of its notifications", *shares])


def marginals(case_file: CaseFile) -> dict[str, "pd.Series[float]"]:
    """Shares among notifications as they now stand: by source, first alleged kind, and age."""
    now = {name: frame[frame["withdrawn"].isna()] for name, frame in case_file.tables.items()}
    notified = now["notifications"]
    first = now["allegations"].sort_values("id").drop_duplicates("notification")
    born = now["children"].set_index("child")["happened"]
    age = (notified["happened"] - notified["child"].map(born)).dt.days / 365.25
    bands = pd.cut(age, [0, 3, 7, 13, 16, 19], right=False,
                   labels=["0-2", "3-6", "7-12", "13-15", "16-17"])  # fmt: skip
    return {
        "by source": notified["source"].value_counts(normalize=True),
        "by kind": first["kind"].value_counts(normalize=True),
        "by age": bands.value_counts(normalize=True, sort=False),
    }


def _listed(share: "pd.Series[float]") -> str:
    return ", ".join(f"{name} {part:.1%}" for name, part in share.items())
