"""Reports on what cannot be judged: inputs that cannot be read, and answers without a document."""

from cuadre.engine.authority import Authority
from cuadre.engine.errors import CuadreError, DocumentError
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.source import Place, Source
from cuadre.kept_findings import MAX_FINDINGS
from cuadre.messages import text
from cuadre.report import DocumentReport, Layer, Verdict
from cuadre.selection import UNREADABLE

_ACCEPTED, _REJECTED = "02", "04"


def missing_file(error: OSError, name: str) -> DocumentReport:
    """Report a file that could not be opened, beside those that could."""
    sentence = f"cannot be opened: {error.strerror or error}"
    return unreadable(DocumentError(sentence, problems=[]), name, name)


def unknown_country(error: CuadreError, source: Source, name: str) -> DocumentReport:
    """Report a document of a country whose arithmetic is not known."""
    place = source.place(("country",))
    problem = DocumentError(f"country: {error}", problems=[{"place": place}])
    return unreadable(problem, name, place.file)


def unreadable(error: CuadreError, name: str, file: str | None) -> DocumentReport:
    """Turn what stopped the reader into findings, one for each fault."""
    problems = error.detail.get("problems") or [{}]
    problems = problems if isinstance(problems, list) else [{}]
    findings = tuple([_finding(error, one, file) for one in problems[:MAX_FINDINGS]])
    layer = Layer("read", "failed", str(error))
    more = len(problems) - len(findings)
    not_kept = error.detail.get("more", 0)
    more += not_kept if isinstance(not_kept, int) else 0
    return DocumentReport(name, None, None, "unreadable", (layer,), findings, more=more)


def _finding(error: CuadreError, problem: dict[str, object], file: str | None) -> Finding:
    line, pointer = error.detail.get("line"), error.detail.get("pointer")
    place = problem.get("place")
    if not isinstance(place, Place):
        place = Place(
            "",
            file,
            line if isinstance(line, int) else None,
            pointer=pointer if isinstance(pointer, str) else None,
        )
    return Finding(
        code=UNREADABLE,
        rule=UNREADABLE,
        severity=Severity.ERROR,
        place=place,
        element="",
        message_key="unreadable",
        detail=str(problem.get("sentence") or error),
    )


def answer_only(authority: Authority | None, name: str) -> DocumentReport:
    """Report an ApplicationResponse by itself: there is nothing to compute in it."""
    verdict: Verdict = "accepted"
    if authority is not None and authority.response_code == _REJECTED:
        verdict = "rejected"
    elif authority is not None and authority.response_code == _ACCEPTED and authority.messages:
        verdict = "accepted_with_observations"
    reason = text("reason.answer_only", "en")
    layers = (Layer("read"), Layer("totals", "not run", reason), Layer("authority"))
    document_id = authority.document_id if authority else None
    return DocumentReport(name, "application_response", document_id, verdict, layers, (), authority)
