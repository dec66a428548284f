"""Which layers of a check ran, and why the others did not: a layer that was left out is in the report."""

from collections.abc import Mapping

from cuadre.engine.authority import Authority
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.keys import DocumentKeyError, document_key, key_scheme
from cuadre.engine.secrets import Secrets
from cuadre.messages import text
from cuadre.options import Options
from cuadre.report import Layer
from cuadre.rules.registry import has_rules


def layers(
    document: Document,
    authority: Authority | None,
    schema: Layer,
    options: Options,
    failures: Mapping[str, str],
) -> tuple[Layer, ...]:
    """List the layers in the order in which they ran; ``failures`` has the reasons of those that failed."""
    found = (
        Layer("read"),
        Layer("totals"),
        _rules(document, options),
        _age(document, options),
        Layer("lint"),
        schema,
        _key(document, options),
        Layer("authority") if authority else Layer("authority", "not run", text("reason.no_answer", "en")),
    )
    return tuple(
        [Layer(one.name, "failed", failures[one.name]) if one.name in failures else one for one in found]
    )


def _rules(document: Document, options: Options) -> Layer:
    if not has_rules(document.country, document.kind.value):
        return Layer("rules", "not run", text("reason.no_rules", "en"))
    chosen = options.selection.reason
    return Layer("rules") if chosen is None else Layer("rules", "in part", chosen)


def _age(document: Document, options: Options) -> Layer:
    if not has_rules(document.country, document.kind.value):
        return Layer("age", "not run", text("reason.no_rules", "en"))
    if options.today is None:
        return Layer("age", "not run", text("reason.no_date", "en"))
    return Layer("age")


def _key(document: Document, options: Options) -> Layer:
    secret, secrets = key_scheme(document).secret, options.secrets or Secrets()
    if not has_rules(document.country, document.kind.value, "keys"):
        return Layer("key", "not run", text("reason.no_key_rules", "en"))
    if not secrets.has(secret):
        return Layer("key", "not run", text(f"reason.no_{secret}", "en"))
    try:
        document_key(document, secrets)
    except DocumentKeyError as error:
        return Layer("key", "not run", str(error))
    return Layer("key")
