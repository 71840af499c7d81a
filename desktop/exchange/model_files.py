"""The quantification models and scoring profiles that ship, as a platform publishes them.

What each file is and how it is edited: resources/library/README.md.
"""

from collections import defaultdict
from collections.abc import Iterable

from desktop.domain.quant_model import OtherUnit, QuantInput, QuantModel
from desktop.domain.scoring import Band, GradeBand, ScoringProfile
from desktop.exchange.library_files import FOLDER, Record, record_of, sheet

_MODELS = (FOLDER, "models")
_BANDS = ("satisfaction", "execution")


def model_datasets() -> dict[str, list[Record]]:
    """Read what ships: ``quant_model`` and ``scoring_profile``, new at each call."""
    return {"quant_model": _models(), "scoring_profile": _profiles()}


def _models() -> list[Record]:
    units: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in sheet(*_MODELS, "units.csv"):
        units[row["model"], row["input"]].append(record_of(OtherUnit, row))
    inputs: dict[str, list[Record]] = defaultdict(list)
    for row in sheet(*_MODELS, "inputs.csv"):
        others = units.get((row["model"], row["name"]), [])
        record = record_of(QuantInput, row, ("other_units",))
        inputs[row["model"]].append({**record, "other_units": others} if others else record)
    rows = sheet(*_MODELS, "models.csv")
    return [{**record_of(QuantModel, row, ("inputs",)), "inputs": inputs[row["code"]]} for row in rows]


def _profiles() -> list[Record]:
    bands = list(sheet(*_MODELS, "scoring_bands.csv"))
    grades = list(sheet(*_MODELS, "grades.csv"))
    found = []
    for row in sheet(*_MODELS, "scoring_profiles.csv"):
        record = record_of(ScoringProfile, row, (*_BANDS, "grades"))
        for kind in _BANDS:
            mine = (one for one in bands if (one["profile"], one["kind"]) == (row["code"], kind))
            record |= _listed(kind, Band, mine)
        record |= _listed("grades", GradeBand, (one for one in grades if one["profile"] == row["code"]))
        found.append(record)
    return found


def _listed(name: str, record_class: type, rows: Iterable[dict[str, str]]) -> Record:
    records = [record_of(record_class, row) for row in rows]
    return {name: records} if records else {}
