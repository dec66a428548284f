"""The document's key and the software's code, recomputed where the secret is given (xAD06, xAB27b)."""

from cuadre.engine.model.document import Document
from cuadre.engine.regimes.co.keys import DocumentKeyError, document_key, key_scheme, software_security_code
from cuadre.rules.registration import check
from cuadre.rules.rule import Context, Fault

_UUID = ("uuid",)


@check("AD06", at="document")
def key_is_right(document: Document, context: Context) -> Fault | None:
    """The UUID is the CUFE or CUDE of the document's own figures; without the secret this is not run."""
    if not context.secrets.has(key_scheme(document).secret):
        return None
    try:
        key = document_key(document, context.secrets)
    except DocumentKeyError:
        # What is missing for the key is missed by the rule of that element.
        return None
    if document.uuid == key:
        return None
    return Fault(_UUID, "not_equal" if document.uuid else "missing", document.uuid or None, key)


@check("AD07", at="document")
def key_is_of_the_environment(document: Document, context: Context) -> Fault | None:
    """The environment of the UUID is that of the document."""
    del context
    stated, wanted = document.uuid_scheme_id, document.profile_execution_id
    if not document.uuid or not wanted or stated == wanted:
        return None
    return Fault("uuid_scheme_id", "not_equal" if stated else "missing", stated, wanted)


@check("AD08", at="document")
def key_has_its_name(document: Document, context: Context) -> Fault | None:
    """The UUID says which key it is, as the kind of document asks for."""
    del context
    stated, wanted = document.uuid_scheme_name, key_scheme(document).name
    if not document.uuid or stated == wanted:
        return None
    return Fault("uuid_scheme_name", "not_equal" if stated else "missing", stated, wanted)


@check("AB27b", at="document")
def software_code_is_right(document: Document, context: Context) -> Fault | None:
    """The software's security code is that of its id, its PIN and the document's number."""
    dian, pin = document.dian_extensions, context.secrets.pin
    if not pin or dian is None or not dian.software_id or not document.id or not dian.software_security_code:
        return None
    code = software_security_code(dian.software_id, pin, document.id)
    if dian.software_security_code == code:
        return None
    where = ("dian_extensions", "software_security_code")
    return Fault(where, "not_equal", dian.software_security_code, code)
