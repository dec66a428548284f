"""The namespaces of DIAN's UBL documents, and the prefixes that places are written with."""

from functools import cache

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
EXT = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
STS = "dian:gov:co:facturaelectronica:Structures-2-1"
STS_OLD = "http://www.dian.gov.co/contratos/facturaelectronica/v1/Structures"
"""In older examples of DIAN; its schema has the newer one."""
DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
MAINDOC = "urn:oasis:names:specification:ubl:schema:xsd:{}-2"

_PREFIXES = {CAC: "cac", CBC: "cbc", EXT: "ext", STS: "sts", STS_OLD: "sts", DS: "ds", XADES: "xades"}


@cache
def prefixed(name: str) -> str:
    """Write a Clark name with its usual prefix: ``cbc:ID``. Root elements have none."""
    namespace, _, local = name[1:].rpartition("}") if name.startswith("{") else ("", "", name)
    prefix = _PREFIXES.get(namespace)
    return f"{prefix}:{local}" if prefix else local
