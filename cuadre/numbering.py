"""The technical key of the resolution that a document names, where no other key was given."""

from dataclasses import replace

from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.numbering import named
from cuadre.engine.secrets import Secrets
from cuadre.options import Options


def with_technical_key(options: Options, document: Document) -> Options:
    """Take the key of the resolution that the document names; one that was given by itself weighs more."""
    secrets = options.secrets or Secrets()
    if not options.numbering or secrets.technical_key:
        return options
    one = named(options.numbering, document)
    if one is None or one.technical_key is None:
        return options
    return replace(options, secrets=replace(secrets, technical_key=one.technical_key))
