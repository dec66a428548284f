"""The catalogue of a pack: its codes (``codes.csv``) and what each rule says (``rules.csv``)."""

from collections.abc import Mapping

from cuadre.engine.errors import DefinitionError
from cuadre.engine.findings import Severity
from cuadre.engine.model.document import DocumentKind
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say
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
    text, file = texts.get(row["rule"]), f"{package}/codes.csv"
    if text is None:
        sentence = say("cuadre.rules:no_rule_row", file=file, code=row["code"], rule=row["rule"])
        raise DefinitionError(sentence, rule=row["rule"])
    title = {language: text[f"title_{language}"] for language in LANGUAGES}
    if not all(title.values()):
        sentence = say("cuadre.rules:no_title", file=f"{package}/rules.csv", rule=row["rule"])
        raise DefinitionError(sentence, rule=row["rule"])
    if row["kind"] not in _KINDS:
        sentence = say("cuadre.rules:unknown_kind", file=file, code=row["code"], kind=row["kind"])
        raise DefinitionError(sentence, rule=row["rule"], kind=row["kind"])
    if row["severity"] not in set(Severity) - {Severity.ERROR}:
        severity = row["severity"]
        sentence = say("cuadre.rules:unknown_severity", file=file, code=row["code"], severity=severity)
        raise DefinitionError(sentence, rule=row["rule"], severity=severity)
    if text.get("fix", "") not in _FIXES:
        file = f"{package}/rules.csv"
        sentence = say("cuadre.rules:unknown_fix", file=file, rule=row["rule"], fix=text["fix"])
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
