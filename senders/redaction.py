"""Find secrets in a text, however often they were escaped on the way there, and take them out."""

import re
from collections.abc import Mapping
from html.entities import codepoint2name

_ALWAYS_PLAIN = re.compile(r"[A-Za-z0-9_.~-]")
_JSON_LETTERS = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}


class Redaction:
    """Writes ``${NAME}`` for each secret of ``names``, a mapping of secret to name.

    A server that echoes a request may put it into its JSON or XML, which escapes it again, so a sign of
    a secret is found with any number of escapes of JSON, XML and URLs around it.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        # The longest first: a secret may be a part of another.
        ordered = sorted(names.items(), key=lambda item: -len(item[0]))
        self._names = [name for _, name in ordered]
        groups = [f"({''.join(map(_sign, secret))})" for secret, _ in ordered]
        self._pattern = re.compile("|".join(groups)) if groups else None

    def redact(self, text: str, *, identifier: bool = False) -> str:
        """Take the secrets out; in an ``identifier``, those that are digits only stay."""

        def named(found: re.Match[str]) -> str:
            if identifier and found[0].isdigit():
                return found[0]
            return f"${{{self._names[(found.lastindex or 1) - 1]}}}"

        return self._pattern.sub(named, text) if self._pattern else text


def _sign(sign: str) -> str:
    """Write the pattern of one sign: itself, and whatever JSON, XML and URLs make of it, nested."""
    if _ALWAYS_PLAIN.fullmatch(sign):
        return sign if sign not in ".-" else f"\\{sign}"
    if sign == "\\":
        return r"(?:\\+|%(?:25)*5[Cc])"
    code = ord(sign)
    units = sign.encode("utf-16-be")
    forms = [
        r"\\*" + re.escape(sign),
        "".join(rf"\\+u(?i:{units[at : at + 2].hex()})" for at in range(0, len(units), 2)),
        rf"&(?:amp;)*#0*(?:{code}|[xX]0*(?i:{code:x}));",
        "".join(f"%(?:25)*(?i:{byte:02x})" for byte in sign.encode()),
    ]
    if code in codepoint2name:
        forms.insert(0, f"&(?:amp;)*{codepoint2name[code]};")
    if sign == "'":
        forms.insert(0, "&(?:amp;)*apos;")
    if sign == " ":
        forms.append(r"\+")
    if sign in _JSON_LETTERS:
        forms.append(r"\\+" + _JSON_LETTERS[sign])
    return f"(?:{'|'.join(forms)})"
