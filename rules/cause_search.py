"""Find the likely cause of a wrong total: a bounded search, and only where there is a wrong total."""

from collections.abc import Mapping
from decimal import localcontext

from cuadre.engine.computation import Addend, Sign
from cuadre.engine.decimals import EXACT
from cuadre.engine.figures import Figure
from cuadre.engine.findings import LikelyCause
from cuadre.engine.totals import Totals
from cuadre.rules.cause_groups import Groups
from cuadre.rules.cause_steps import Difference, Found, steps
from cuadre.rules.cause_text import cause_text
from cuadre.rules.likely_causes import usual_mistakes

MAX_FIGURES = 32
"""No more figures of one document are explained."""
_OPPOSITE: Mapping[Sign, Sign] = {"+": "-", "-": "+"}


class CauseSearch:
    """Explains the wrong totals of one document; what it gathers for one it keeps for the others."""

    def __init__(self, totals: Totals) -> None:
        self.totals = totals
        self.groups = Groups(totals)
        self._left = MAX_FIGURES

    def likely_cause(self, figure: Figure) -> LikelyCause | None:
        """Name the usual mistake that makes a figure wrong by just as much; None where none or several do."""
        rows = usual_mistakes(self.totals.document.country).get(figure.name, ())
        if not rows or figure.stated is None or not self._left:
            return None
        if not figure.stated:
            # What lacks all lacks no part.
            rows = [row for row in rows if row.take != "part"]
        self._left -= 1
        with localcontext(EXACT):
            for search, difference in steps(figure, figure.stated, self.totals):
                found = list(search(rows, self.groups, difference))
                names = {one.mistake.name for one in found}
                if names:
                    return _said(found[0], self.groups, difference) if len(names) == 1 else None
        return None


def _said(found: Found, groups: Groups, difference: Difference) -> LikelyCause:
    amounts = []
    for term in found.mistake.terms:
        parts = groups.of(term, difference.figure).parts()
        chosen = range(len(parts)) if found.positions is None else found.positions
        for sign, path, value in [part for index in chosen for part in parts[index]]:
            if value:
                amounts.append(Addend(sign if term.sign == "+" else _OPPOSITE[sign], path, value))
    accepted = tuple([Addend(*part) for part in difference.accepted if part[2]])
    name = found.mistake.name
    text = cause_text(name, amounts, accepted, others=found.others)
    return LikelyCause(name, text, tuple(amounts), accepted)
