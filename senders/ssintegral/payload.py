"""An envelope of SS Integral read into a Document; the account's secrets stay out of it."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from pydantic import ValidationError

from cuadre.engine.decimals import EXACT
from cuadre.engine.model.document import Document, DocumentKind
from cuadre.engine.model.element import Element
from cuadre.senders.payloads.leftovers import find_leftovers
from cuadre.senders.payloads.payload import Json, PayloadReading, no_document
from cuadre.senders.payloads.xml_text import read_xml
from cuadre.senders.ssintegral.envelope import NAMESPACE, ROWS, SOAP, at, plain
from cuadre.senders.ssintegral.line_mapping import (
    ALLOWANCES,
    LINES,
    TAXES,
    WITHHOLDINGS,
    LineMapping,
    read_array,
)
from cuadre.senders.ssintegral.paths import nest
from cuadre.senders.ssintegral.source import Elements, EnvelopeSource
from cuadre.senders.ssintegral.values import TYPES
from cuadre.senders.ssintegral.writing import DOCUMENT, OPERATIONS, refuse, write_body

NAME = "ssintegral"
_KINDS = {operation: kind for kind, operation in OPERATIONS.items()}
_VERSIONS = {soap.namespace: version for version, soap in SOAP.items()}
_TOTAL = "legal_monetary_total"
_WITHHELD = {"TotalReteIva": "05", "TotalReteICA": "07", "TotalReteFuente": "06"}


class Call(NamedTuple):
    """What an envelope holds."""

    kind: DocumentKind
    version: str
    body: dict[str, Json]


def read_call(data: bytes) -> Call:
    """Read the call in an envelope; raise DocumentError for what is no XML, PayloadError for no such call."""
    root = read_xml(data)
    namespace = root.name[1:].partition("}")[0]
    content = root.find("Body")
    operation = content.children[0] if content is not None and content.children else Element("")
    if root.local_name != "Envelope" or namespace not in _VERSIONS or operation.local_name not in _KINDS:
        refuse((), "no call of EnviarDocumentoSoporteElectronico or EnviarDocumentoAjusteElectronico")
    if not operation.name.startswith(f"{{{NAMESPACE}}}"):
        refuse((), f"the call is in another namespace than {NAMESPACE}")
    body = plain(operation)
    return Call(_KINDS[operation.local_name], _VERSIONS[namespace], body if isinstance(body, dict) else {})


def read_payload(data: bytes, file: str | None, mapping: LineMapping | None) -> PayloadReading:
    """Read an envelope; lines without a mapping stay as they are in ``provider_options``."""
    call = read_call(data)
    masked = _masked(call.body)
    reader = _Reader(masked, mapping)
    try:
        document = Document.model_validate({"kind": call.kind, **reader.document()})
    except ValidationError as error:
        raise no_document(error) from None
    leftovers: dict[str, Any] = find_leftovers(masked, write_body(document, mapping)) or {}
    if call.version != "1.1":
        leftovers["soap"] = call.version
    if leftovers:
        document = document.model_copy(update={"provider_options": {NAME: leftovers}})
    return PayloadReading(document, EnvelopeSource(data, reader.elements, file))


def _masked(body: dict[str, Json]) -> dict[str, Json]:
    """Put a placeholder for each secret of the account, so that none gets into the Document."""
    copied = deepcopy(body)
    for row in ROWS:
        if row.value[:1] in {"$", "!"}:
            holder = at(copied, row.steps[:-1])
            if isinstance(holder, dict) and row.steps[-1] in holder:
                holder[row.steps[-1]] = row.value if row.value.startswith("$") else ""
    return copied


class _Reader:
    """One pass over a call."""

    def __init__(self, body: dict[str, Json], mapping: LineMapping | None) -> None:
        self.body = body
        self.mapping: LineMapping = mapping or {}
        self.elements: Elements = {}

    def document(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for row in ROWS:
            text = at(self.body, row.steps)
            if row.value[:1] in {"", "=", "$", "!", "@"} or not isinstance(text, str) or not text.strip():
                continue
            try:
                value = TYPES[row.type].read(text.strip())
            except ValueError as error:
                refuse(row.steps, str(error))
            if value is not None:
                values[row.value] = value
                self._place(row.value, row.steps)
        return {**nest(values), **self._numbered(), **self._totals(nest(values))}

    def _place(self, path: str, steps: tuple[str, ...]) -> None:
        self.elements[tuple([int(step) if step.isdigit() else step for step in path.split(".")])] = steps

    def _header(self, name: str) -> str:
        text = at(self.body, (*DOCUMENT, name))
        return text.strip() if isinstance(text, str) else ""

    def _numbered(self) -> dict[str, Any]:
        """Read the number, which is in two elements, and the two notes."""
        found: dict[str, Any] = {}
        if self._header("NumeroDocumento"):
            found["id"] = self._header("Prefijo") + self._header("NumeroDocumento")
            self._place("id", (*DOCUMENT, "NumeroDocumento"))
        notes = [name for name in ("Notas", "Observaciones") if self._header(name)]
        for index, name in enumerate(notes):
            self._place(f"note.{index}", (*DOCUMENT, name))
        return {**found, "note": tuple(map(self._header, notes))}

    def _amount(self, name: str) -> Any:  # noqa: ANN401 - Decimal or None, for model_validate
        text = self._header(name)
        try:
            return TYPES["decimal"].read(text) if text else None
        except ValueError as error:
            refuse((*DOCUMENT, name), str(error))

    def _totals(self, read: Mapping[str, Any]) -> dict[str, Any]:
        """Read taxes and totals. That with taxes has no element: it is SubTotalDocumento and TotalIva."""
        total = dict(read.get(_TOTAL, {}))
        for name, element in (
            ("allowance_total_amount", "TotalDescuento"),
            ("charge_total_amount", "TotalRecargo"),
        ):
            amount = self._amount(element)
            if amount is not None:
                total[name] = amount
                self._place(f"{_TOTAL}.{name}", (*DOCUMENT, element))
        iva, gross = self._amount("TotalIva"), total.get("line_extension_amount")
        if gross is not None and iva is not None:
            total["tax_inclusive_amount"] = EXACT.add(gross, iva)
            self._place(f"{_TOTAL}.tax_inclusive_amount", (*DOCUMENT, "SubTotalDocumento"))
        withheld = {element: code for element, code in _WITHHELD.items() if self._amount(element)}
        found = {
            "tax_totals": self._taxes(TAXES, "tax_totals", {} if iva is None else {"TotalIva": "01"}),
            "withholding_tax_totals": self._taxes(WITHHOLDINGS, "withholding_tax_totals", withheld),
            "allowance_charges": self._members(ALLOWANCES, "allowance_charges"),
            "lines": self._members(LINES, "lines"),
        }
        return {**found, _TOTAL: total or None}

    def _members(self, array: str, name: str) -> list[dict[str, Any]]:
        array_mapping = self.mapping.get(array)
        given = at(self.body, (*DOCUMENT, array))
        if array_mapping is None or not array_mapping.member:
            return []
        members = read_array(array_mapping, given)
        for index in range(len(members)):
            self._place(f"{name}.{index}", (*DOCUMENT, array, array_mapping.member, str(index + 1)))
        return members

    def _taxes(self, array: str, name: str, header: Mapping[str, str]) -> list[dict[str, Any]]:
        """Read taxes: their amounts from the header, their rates from the array where it is mapped."""
        rates: dict[str, list[dict[str, Any]]] = {}
        for member in self._members(array, "_"):
            rates.setdefault(member.get("tax_scheme_id") or "01", []).append(member)
        amounts = {code: element for element, code in header.items()}
        totals = []
        for index, code in enumerate(dict.fromkeys([*amounts, *rates])):
            element = amounts.get(code)
            amount = self._amount(element) if element else None
            parts = rates.get(code) or [{"tax_amount": amount}]
            subtotals = [{**part, "tax_scheme_id": code} for part in parts]
            totals.append({"tax_amount": amount, "tax_subtotals": subtotals})
            if element:
                self._place(f"{name}.{index}", (*DOCUMENT, element))
        return totals
