"""The rules of a SARIF report: title, page and level of each code that was found."""

from collections.abc import Sequence

from cuadre.engine.findings import Severity

LEVELS = {
    Severity.ERROR: "error",
    Severity.REJECT: "error",
    Severity.NOTIFY: "warning",
    Severity.LINT: "note",
}


def describe(codes: Sequence[str], language: str) -> list[dict[str, object]]:
    """Describe the rules of the codes; one that no catalogue has, such as XSD, has its code only."""
    from cuadre.rule_packs import all_rules  # noqa: PLC0415 - only who writes SARIF needs the catalogues
    from cuadre.rule_pages import page  # noqa: PLC0415 - as above

    known = {rule.code: rule for rule in all_rules()}
    described: list[dict[str, object]] = []
    for code in codes:
        rule = known.get(code)
        if rule is None:
            described.append(_descriptor(code, code, code))
            continue
        written = page([one for one in known.values() if one.rule == rule.rule], language)
        more = {
            "defaultConfiguration": {"level": LEVELS[rule.severity]},
            "properties": {"pack": rule.pack, "source": rule.source},
        }
        described.append(_descriptor(code, rule.title[language], written) | more)
    return described


def _descriptor(code: str, title: str, written: str) -> dict[str, object]:
    """Describe a rule with what GitHub's code scanning asks for."""
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": written, "markdown": written},
    }
