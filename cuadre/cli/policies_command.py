"""``cuadre policies``: a document under each rounding policy, and which the authority would accept."""

import argparse
import json
from typing import TYPE_CHECKING

from cuadre.cli.columns import columns, signed
from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.engine.model.scalars import format_amount
from cuadre.messages import amount_writer, text

if TYPE_CHECKING:
    from decimal import Decimal

    from cuadre.policy_results import PolicyFigures


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("path", metavar="PATH", help=helps["document"])
    parser.add_argument("--format", choices=("text", "json"), default="text", help=helps["table_format"])


def run(arguments: argparse.Namespace) -> int:
    """Print the table; the exit code is 0, since no policy is wrong by itself."""
    from cuadre.engine.regimes.registry import find_regime  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.policy_results import policy_figures  # noqa: PLC0415 - as above
    from cuadre.reading import read_figures  # noqa: PLC0415 - as above

    document = read_figures(read_bytes(arguments.path), arguments.path)
    found = list(policy_figures(document))
    if arguments.format == "json":
        print(json.dumps([_data(one) for one in found], indent=2))
    else:
        print(_table(found, find_regime(document.country).authority, arguments.lang))
    return 0


def _table(found: "list[PolicyFigures]", authority: str, language: str) -> str:
    write = amount_writer(language)
    stated = found[0].payable_amount

    def shown(value: "Decimal | None") -> str:
        return "–" if value is None else write(value)

    rows = [
        [
            text("column.policy", language),
            authority,
            "LineExtensionAmount",
            "TaxAmount",
            "PayableAmount",
            text("column.difference", language),
        ]
    ]
    for one in found:
        payable = one.payable_amount
        changed = None if payable is None or stated is None else payable - stated
        rows.append(
            [
                _name(one, language),
                ", ".join(one.codes) or text("verdict.accepted", language),
                shown(one.line_extension_amount),
                shown(one.tax_amount),
                shown(payable),
                signed(write(changed)) if changed else "",
            ]
        )
    return columns(rows, left=2)


def _name(one: "PolicyFigures", language: str) -> str:
    if one.policy is None:
        return text("policy.stated", language)
    return text(f"policy.per_{one.policy.per}", language, mode=one.policy.rounding.mode)


def _data(one: "PolicyFigures") -> dict[str, object]:
    figures = {
        name: None if value is None else format_amount(value)
        for name, value in (
            ("line_extension_amount", one.line_extension_amount),
            ("tax_amount", one.tax_amount),
            ("payable_amount", one.payable_amount),
        )
    }
    return {"policy": one.policy and one.policy.name, **figures, "rejected_by": list(one.codes)}
