"""The catalogue of a pack: its codes (``codes.csv``) and what each rule says (``rules.csv``)."""

from collections.abc import Mapping

from cuadre.engine.errors import DefinitionError
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import DocumentKind
from cuadre.engine.tables import load_table
from cuadre.rules.rule import Rule

LANGUAGES = ("en", "es")
_CODES = ("rule", "severity", "element", "basis", "source")
_TEXTS = (
    "group",
    "figure",
    "condition",
    *(f"{text}_{one}" for text in ("title", "advice") for one in LANGUAGES),
)
_FIXES = {"", "safe", "unsafe"}
_KINDS = {"any", *(kind.value for kind in DocumentKind)}


def load_catalogue(package: str, pack: str) -> tuple[dict[str, dict[str, str]], tuple[Rule, ...]]:
    """Load ``rules.csv``, by rule, and ``codes.csv``; raise DefinitionError where they do not fit."""
    texts = {row["rule"]: row for row in load_table(package, "rules", ("rule",), _TEXTS)}
    codes = load_table(package, "codes", ("code", "kind"), _CODES)
    return texts, tuple([_rule(package, pack, row, texts) for row in codes])


def _rule(package: str, pack: str, row: dict[str, str], texts: Mapping[str, dict[str, str]]) -> Rule:
    text = texts.get(row["rule"])
    if text is None:
        sentence = f"{package}/codes.csv: {row['code']} belongs to rule {row['rule']}, which rules.csv lacks"
        raise DefinitionError(sentence, rule=row["rule"])
    title = {language: text[f"title_{language}"] for language in LANGUAGES}
    if not all(title.values()):
        sentence = f"{package}/rules.csv: rule {row['rule']} has no title in every language"
        raise DefinitionError(sentence, rule=row["rule"])
    if row["kind"] not in _KINDS or row["severity"] not in set(Severity):
        sentence = (
            f"{package}/codes.csv: {row['code']} has kind {row['kind']!r} and severity {row['severity']!r}"
        )
        raise DefinitionError(sentence, rule=row["rule"], kind=row["kind"], severity=row["severity"])
    if text.get("fix", "") not in _FIXES:
        sentence = f"{package}/rules.csv: rule {row['rule']} has the fix {text['fix']!r}: not safe or unsafe"
        raise DefinitionError(sentence, rule=row["rule"], fix=text["fix"])
    return Rule(
        code=row["code"],
        rule=row["rule"],
        severity=Severity(row["severity"]),
        element=row["element"],
        group=text["group"],
        title=title,
        advice={language: text[f"advice_{language}"] for language in LANGUAGES},
        condition=text["condition"],
        figure=text["figure"],
        fix=text.get("fix", ""),
        basis=row["basis"],
        source=row["source"],
        kind=row["kind"],
        pack=pack,
    )
