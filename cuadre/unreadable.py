"""Reports on what cannot be judged: files that cannot be read, and answers without a document."""

from cuadre.engine.authority import Authority
from cuadre.engine.errors import CuadreError, DocumentError
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.source import Place
from cuadre.options import UNREADABLE
from cuadre.report import DocumentReport, Layer, Verdict

_ACCEPTED, _REJECTED = "02", "04"


def missing_file(error: OSError, name: str) -> DocumentReport:
    """Report a file that could not be opened, beside those that could."""
    sentence = f"cannot be opened: {error.strerror or error}"
    return unreadable(DocumentError(sentence, problems=[]), name, name)


def unreadable(error: CuadreError, name: str, file: str | None) -> DocumentReport:
    """Turn what stopped the reader into findings, one for each fault."""
    problems = error.detail.get("problems") or [{}]
    findings = [_finding(error, one, file) for one in (problems if isinstance(problems, list) else [{}])]
    layer = Layer("read", ran=False, reason=str(error))
    return DocumentReport(name, None, None, "unreadable", (layer,), tuple(findings))


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
    reason = "an ApplicationResponse has no figures"
    layers = (
        Layer("read", ran=True),
        Layer("totals", ran=False, reason=reason),
        Layer("authority", ran=True),
    )
    document_id = authority.document_id if authority else None
    return DocumentReport(name, "application_response", document_id, verdict, layers, (), authority)
