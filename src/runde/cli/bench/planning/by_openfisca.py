"""The part OpenFisca-core can do too: who is eligible, and for how much. Only for comparison, never shipped.

Twice: with codes as the text the register gives (its own Enum, encoded as each simulation is built, as its
documentation shows), and with codes made into numbers beforehand, which is the fastest it can be had.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .columns import LETTERS, Columns
from .scheme import FORMS, SECTIONS

PERIOD = "2026-11"
UNKNOWN = "UNKNOWN"
_WHOLE = ("municipality", "division", "employees", "registered")
_YES_OR_NO = ("bankrupt", "under_liquidation", "forced_dissolution", "vat_registered", "in_business_register")
_DECIMAL = {"drop": 10_000, "revenue": 100, "costs": 100}
_CODES: Mapping[str, tuple[str, ...]] = {
    "section": (UNKNOWN, *(chr(64 + number) for number in range(1, LETTERS))),
    "form": (UNKNOWN, *FORMS),
}
_ACCEPTED = {"section": SECTIONS, "form": FORMS}


class ByOpenFisca:
    """The scheme as variables with formulas. Inputs are in place beforehand; the simulation is built each time."""

    def __init__(self, columns: Columns, *, text: bool) -> None:
        from openfisca_core.entities import Entity
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem

        company: Any = Entity("company", "companies", "A company", "")
        company.is_person = True
        self._system = TaxBenefitSystem([company])
        for variable in _variables(company, text):
            self._system.add_variable(variable)
        self._inputs = {name: getattr(columns, name) for name in (*_WHOLE, *_YES_OR_NO)}
        self._inputs |= {name: getattr(columns, name) / units for name, units in _DECIMAL.items()}
        self._inputs |= {name: _given(getattr(columns, name), name, text) for name in _CODES}
        self._companies = len(columns.section)

    def judge(self) -> tuple[int, float]:
        """Eligible companies and their amounts in kroner, in the single precision it counts with."""
        from openfisca_core.simulations import SimulationBuilder

        simulation = SimulationBuilder().build_default_simulation(self._system, self._companies)
        for name, values in self._inputs.items():
            simulation.set_input(name, PERIOD, values)
        eligible = simulation.calculate("eligible", PERIOD)
        amount = simulation.calculate("amount", PERIOD)
        return int(eligible.sum()), float(amount[eligible].sum(dtype="float64"))


def _given(numbers: Any, name: str, text: bool) -> Any:
    import numpy as np

    return np.array(_CODES[name])[numbers] if text else numbers


def _variables(company: Any, text: bool) -> list[type[Any]]:
    kinds: dict[str, type[Any]] = dict.fromkeys(_WHOLE, int) | dict.fromkeys(_YES_OR_NO, bool)
    kinds |= dict.fromkeys(_DECIMAL, float)
    made = [_variable(company, name, kind) for name, kind in kinds.items()]
    made += [_coded(company, name) if text else _variable(company, name, int) for name in _CODES]
    accept = _among_members if text else _among_numbers
    return [
        *made,
        _variable(company, "eligible", bool, _eligible(accept)),
        _variable(company, "amount", float, _amount),
    ]


def _variable(
    company: Any, name: str, kind: type[Any], formula: Callable[..., Any] | None = None, **more: Any
) -> type[Any]:
    from openfisca_core.periods import DateUnit
    from openfisca_core.variables import Variable

    fields = {"value_type": kind, "entity": company, "definition_period": DateUnit.MONTH, "label": name}
    return type(name, (Variable,), fields | more | ({"formula": formula} if formula else {}))


def _coded(company: Any, name: str) -> type[Any]:
    from openfisca_core.indexed_enums import Enum

    members = Enum(name, {code: code for code in _CODES[name]})
    return _variable(company, name, Enum, possible_values=members, default_value=members[UNKNOWN])


def _among_members(codes: Any, name: str) -> Any:
    """Whether the code is one of those accepted, member by member, as its documentation compares."""
    import numpy as np

    members = codes.possible_values
    return np.logical_or.reduce([codes == members[code] for code in _ACCEPTED[name]])


def _among_numbers(codes: Any, name: str) -> Any:
    import numpy as np

    accepted = np.zeros(LETTERS, dtype=bool)
    accepted[[_CODES[name].index(code) for code in _ACCEPTED[name]]] = True
    return accepted[codes]


def _eligible(among: Callable[[Any, str], Any]) -> Callable[[Any, Any], Any]:
    def formula(company: Any, period: Any) -> Any:
        industry = among(company("section", period), "section") | (company("division", period) == 79)
        municipality = company("municipality", period)
        return (
            industry
            & (municipality != 301)
            & (municipality != 0)
            & ~company("bankrupt", period)
            & ~company("under_liquidation", period)
            & ~company("forced_dissolution", period)
            & among(company("form", period), "form")
            & (company("registered", period) < 20_513)
            & (company("employees", period) <= 249)
            & company("vat_registered", period)
            & company("in_business_register", period)
            & (company("drop", period) >= 0.30)
            & (company("revenue", period) >= 300_000)
        )

    return formula


def _amount(company: Any, period: Any) -> Any:
    import numpy as np

    net = np.maximum(company("costs", period) * company("drop", period) * 0.85 - 5_000, 0)
    return np.floor(np.minimum(net, 500_000) / 100) * 100
