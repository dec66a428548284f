"""Which layers of a check ran, and why the others did not: nothing passes by not having been looked at."""

from cuadre.engine.authority import Authority
from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.keys import DocumentKeyError, document_key, key_scheme
from cuadre.options import Options
from cuadre.report import Layer
from cuadre.rules.registry import has_rules


def layers(
    document: Document, authority: Authority | None, schema: Layer, options: Options
) -> tuple[Layer, ...]:
    """List the layers in the order in which they ran."""
    judged = has_rules(document.country, document.kind.value)
    no_rules = None if judged else f"there are no rules for the kind {document.kind.value} yet"
    no_date = None if options.today else "no date was given to compare the issue date with"
    no_answer = None if authority else "the file holds no answer of DIAN"
    return (
        Layer("read", ran=True),
        Layer("totals", ran=True),
        Layer("rules", judged, no_rules or options.selection),
        Layer("age", judged and no_date is None, no_rules or no_date),
        Layer("lint", ran=True),
        schema,
        _key(document, options),
        Layer("authority", authority is not None, no_answer),
    )


def _key(document: Document, options: Options) -> Layer:
    secret = key_scheme(document).secret
    if not has_rules(document.country, document.kind.value, "keys"):
        return Layer("key", ran=False, reason="there are no rules for its key yet")
    if not options.secrets.has(secret):
        return Layer("key", ran=False, reason=f"no {secret.replace('_', ' ')} was given")
    try:
        document_key(document, options.secrets)
    except DocumentKeyError as error:
        return Layer("key", ran=False, reason=str(error))
    return Layer("key", ran=True)
