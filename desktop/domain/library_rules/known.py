"""What a library is checked against: the tables that it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.library import CoreSet, GoalCase, Indicator, ReferenceValue, WeightProfile
from desktop.domain.library_rules.finding import Placed


@dataclass(frozen=True, slots=True)
class Known:
    """Tables and reviewed lists; an empty one switches off the rules that need it.

    Attributes:
        units: Units of measure (绩效计量单位).
        functions: Function codes of any length.
        profiles: Weight profiles by code.
        models: Quantification models: code to the unit of their result.
        apart: Pairs of names that a person has read and found to be truly different.
    """

    units: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    profiles: Mapping[str, WeightProfile] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Material:
    """A library with the places of everything in it.

    Attributes:
        parents: Code to parent code, where the sheets have such a column, with the place.
        values: Reference values by the code of their indicator.
    """

    indicators: tuple[Placed[Indicator], ...] = ()
    cases: tuple[Placed[GoalCase], ...] = ()
    core_sets: tuple[Placed[CoreSet], ...] = ()
    values: tuple[Placed[tuple[str, ReferenceValue]], ...] = ()
    parents: tuple[Placed[tuple[str, str]], ...] = ()
