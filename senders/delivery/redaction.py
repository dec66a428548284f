"""Find secrets in a text, however often they were escaped on the way there, and take them out."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.entities import codepoint2name

_LAYERS = 2
"""How many escapes around one another are looked through; three of JSON's backslashes."""
_BACKSLASHES, _ONE = re.compile(r"\\+"), r"\\"
_JSON_LETTERS = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}


class Redaction:
    """Writes ``${NAME}`` for each secret of ``names``, a mapping of secret to name.

    A server that echoes a request may put it into its own JSON or XML, which escapes it again, so a sign
    of a secret is found in whatever form JSON, XML, URLs and forms give it, and in those of that form.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        # The longest first: a secret may be a part of another.
        ordered = sorted(names.items(), key=lambda item: -len(item[0]))
        self._names = [name for _, name in ordered]
        groups = [
            f"({''.join(_sign(sign, _LAYERS) for sign in _BACKSLASHES.sub(_ONE, secret))})"
            for secret, _ in ordered
        ]
        self._pattern = re.compile("|".join(groups)) if groups else None

    def redact(self, text: str, *, identifier: bool = False) -> str:
        """Take the secrets out; in an ``identifier``, those that are digits only stay."""

        def named(found: re.Match[str]) -> str:
            if identifier and found[0].isdigit():
                return found[0]
            return f"${{{self._names[(found.lastindex or 1) - 1]}}}"

        return self._pattern.sub(named, text) if self._pattern else text


@cache
def _sign(sign: str, layers: int) -> str:
    """Write the pattern of one sign under so many layers of escapes."""
    if sign.isascii() and sign.isalnum():
        return sign
    # Bounded and possessive: a server that answers backslashes only must not keep us busy.
    itself = r"\\{1,64}+" if sign == "\\" else r"\\{0,7}" + re.escape(sign)
    if not layers:
        return itself
    forms = [itself, *("".join(_sign(part, layers - 1) for part in form) for form in _forms(sign))]
    return f"(?:{'|'.join(dict.fromkeys(forms))})"


def _forms(sign: str) -> Iterator[str]:
    """List what JSON, XML, HTML, URLs and forms write for a sign that is no letter or digit."""
    code, utf_16, utf_8 = (
        ord(sign),
        sign.encode("utf-16-be", "surrogatepass"),
        sign.encode("utf-8", "surrogatepass"),
    )
    for case in (str.lower, str.upper):
        yield "".join(f"\\u{case(utf_16[at : at + 2].hex())}" for at in range(0, len(utf_16), 2))
        yield "".join(f"%{case(f'{byte:02x}')}" for byte in utf_8)
        yield f"&#x{case(f'{code:x}')};"
    yield f"&#{code};"
    yield f"&#{code:03};"
    names = {code: "apos", **codepoint2name} if sign == "'" else codepoint2name
    if code in names:
        yield f"&{names[code]};"
    if sign == " ":
        yield "+"
    if sign in _JSON_LETTERS:
        yield f"\\{_JSON_LETTERS[sign]}"
    if sign in '"/\\':
        yield f"\\{sign}"
