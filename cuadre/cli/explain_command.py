"""``cuadre explain``: what the codes of an authority's answer mean, beside what cuadre finds."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cuadre.cli.files import read_bytes
from cuadre.cli.helps import Helps
from cuadre.engine.errors import CuadreError
from cuadre.engine.texts import say
from cuadre.formats.words import cause_name, plain, sentence
from cuadre.messages import text

if TYPE_CHECKING:
    from cuadre.answers import ExplainedMessage
    from cuadre.catalogue.entries import Entry
    from cuadre.engine.findings import Finding
    from cuadre.report import DocumentReport


def add(parser: argparse.ArgumentParser, helps: Helps) -> None:
    """Add the options of the command."""
    parser.add_argument("answer", metavar="ANSWER", help=helps["explain.answer"])
    parser.add_argument("document", metavar="DOCUMENT", nargs="?", help=helps["explain.document"])


def run(arguments: argparse.Namespace) -> int:
    """Print an explanation of each code; raise CuadreError where the answer names no rule."""
    from cuadre.answers import explain_answer, read_answer  # noqa: PLC0415 - `cuadre --help` needs none of it

    data = read_bytes(arguments.answer)
    messages = read_answer(data)
    if not messages:
        raise CuadreError(say("cuadre:answer_without_rules", file=arguments.answer))
    checked = _checked(data, arguments)
    findings = checked.findings if checked else ()
    explained = list(explain_answer(messages, findings))
    for number, one in enumerate(explained):
        if number:
            print()
        for line in _lines(one, checked is not None, arguments.lang):
            print(line)
    told = {finding.code for one in explained for finding in one.findings}
    others = [finding for finding in findings if finding.code not in told]
    if others:
        print(f"\n{text('explain.others', arguments.lang)}")
        for finding in others:
            print(f"  {_found(finding, arguments.lang)}")
    return 0


def _checked(data: bytes, arguments: argparse.Namespace) -> "DocumentReport | None":
    """Check the document that is given, else the one inside an AttachedDocument."""
    from cuadre.checking import check  # noqa: PLC0415 - as above
    from cuadre.reading import read  # noqa: PLC0415 - as above

    if arguments.document is not None:
        return check(read_bytes(arguments.document), name=arguments.document).documents[0]
    try:
        return check(data, name=arguments.answer).documents[0] if read(data).document else None
    except CuadreError:
        return None


def _lines(one: "ExplainedMessage", checked: bool, language: str) -> Iterator[str]:  # noqa: FBT001 - passed on
    message, rule = one.message, one.rule
    known = rule or one.entry
    severity = message.severity or (known and known.severity.value)
    weight = f" {text(f'severity.{severity}', language)}" if severity else ""
    title = known.title[language] if known else text("explain.unknown", language)
    yield f"{plain(known.code if known else message.code)}{weight}: {title}"
    if message.text:
        yield f"  {text('explain.said', language, text=plain(message.text))}"
    if rule and rule.advice[language]:
        yield f"  {text('explain.advice', language, advice=rule.advice[language])}"
    if one.entry:
        yield from _advice(one.entry, language)
    for finding in one.findings:
        yield f"  {text('explain.found', language, finding=_found(finding, language))}"
    is_judged = rule or (one.entry and one.entry.judged_as)
    if checked and is_judged and not one.findings:
        yield f"  {text('explain.not_found', language)}"


def _advice(entry: "Entry", language: str) -> Iterator[str]:
    """Say who decides a code that no pack has, and what to do."""
    from cuadre.catalogue.pages import to_do  # noqa: PLC0415 - `cuadre --help` needs none of it
    from cuadre.catalogue.titles import decided_meaning  # noqa: PLC0415 - as above

    if not entry.judged_as:
        meaning = decided_meaning(entry.decided, language)
        yield f"  {text('explain.decided', language, meaning=meaning)}"
    yield f"  {text('explain.to_do', language, advice=to_do(entry, language))}"


def _found(finding: "Finding", language: str) -> str:
    where = f"{finding.place.file}:{finding.place.line}: " if finding.place.line else ""
    cause = f" ({cause_name(finding.caused_by, language)})" if finding.caused_by else ""
    return plain(f"{where}{finding.code} {sentence(finding, language)}{cause}")
