"""Count the findings of a report by their code."""

from collections import Counter

from cuadre.messages import text
from cuadre.report import Report


def statistics(report: Report, language: str) -> str:
    """Write a line for each code: how often it was found, its severity, and what its rule asks for."""
    from cuadre.rule_packs import rules_by_code  # noqa: PLC0415 - only who counts needs the catalogues

    titles = {code: rule.title[language] for code, rule in rules_by_code().items()}
    counts = Counter([(one.code, one.severity) for one in report.findings])
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    width = max([len(str(count)) for count in counts.values()], default=0)
    lines = [
        f"{count:>{width}} {code} {text(f'severity.{severity}', language)} {titles.get(code, '')}"
        for (code, severity), count in ordered
    ]
    return "\n".join([line.rstrip() for line in lines])
