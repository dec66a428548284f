"""Which layers of a check ran, and why the others did not: a layer that was left out is in the report."""

from collections.abc import Mapping
from functools import cache

from cuadre.engine.authority import Authority
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.keys import DocumentKeyError, document_key, key_scheme
from cuadre.engine.regimes.co.numbering import of_issuer
from cuadre.engine.secrets import Secrets
from cuadre.engine.texts import say
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
        _ran("read"),
        _ran("totals"),
        _rules(document, options),
        _age(document, options),
        _ran("lint"),
        schema,
        _key(document, options),
        *_numbering(document, options),
        _ran("authority") if authority else Layer("authority", "not run", say("cuadre:no_answer")),
    )
    return tuple(
        [Layer(one.name, "failed", failures[one.name]) if one.name in failures else one for one in found]
    )


@cache
def _ran(name: str) -> Layer:
    return Layer(name)


def _rules(document: Document, options: Options) -> Layer:
    if not has_rules(document.country, document.kind.value):
        return Layer("rules", "not run", say("cuadre:no_rules"))
    chosen = options.selection.reason
    return _ran("rules") if chosen is None else Layer("rules", "in part", chosen)


def _age(document: Document, options: Options) -> Layer:
    if not has_rules(document.country, document.kind.value):
        return Layer("age", "not run", say("cuadre:no_rules"))
    if options.today is None:
        return Layer("age", "not run", say("cuadre:no_date"))
    return _ran("age")


def _numbering(document: Document, options: Options) -> tuple[Layer, ...]:
    """Say whether the resolutions were compared; nothing of it where none was given, as is usual."""
    if not options.numbering:
        return ()
    if not has_rules(document.country, document.kind.value, "numbering"):
        reason = say("cuadre:no_numbering_rules")
    elif document.invoice_control is None:
        reason = say("cuadre:no_invoice_control")
    elif not of_issuer(options.numbering, document):
        reason = say("cuadre:no_resolution_of_issuer")
    else:
        return (_ran("numbering"),)
    return (Layer("numbering", "not run", reason),)


def _key(document: Document, options: Options) -> Layer:
    secret, secrets = key_scheme(document).secret, options.secrets or Secrets()
    if not has_rules(document.country, document.kind.value, "keys"):
        return Layer("key", "not run", say("cuadre:no_key_rules"))
    if not secrets.has(secret):
        return Layer("key", "not run", say(f"cuadre:no_{secret}"))
    try:
        document_key(document, secrets)
    except DocumentKeyError as error:
        return Layer("key", "not run", error.args[0])
    return _ran("key")
