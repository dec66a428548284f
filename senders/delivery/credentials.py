"""A provider's secrets: where they come from, how they get into a request and out of every text."""

import base64
import json
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

from cuadre.engine.errors import CuadreError
from cuadre.senders.contract import Request
from cuadre.senders.delivery.redaction import Redaction

_PLACEHOLDER = re.compile(r"\$\{(?:(?P<basic>basic):)?(?P<name>\w+)(?::(?P<other>\w+))?\}")
_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


class CredentialsError(CuadreError):
    """A secret that is missing, or in a file that others can read; it names the secret and never shows it."""

    code = "credentials"


class Credentials:
    """The secrets of one provider, by name. No text that this object gives out holds any of them.

    A request names a secret as ``${NAME}``, or as ``${basic:USER:PASSWORD}`` for HTTP's basic scheme.
    ``names`` are those that the provider declares, given or not.
    """

    def __init__(
        self, provider: str, values: Mapping[str, str] | None = None, names: Sequence[str] = ()
    ) -> None:
        self.provider = provider
        self._names = frozenset(name.upper() for name in names)
        self._values: dict[str, str] = {}
        self._seen: Redaction | None = None
        self.renew(values or {})

    def __repr__(self) -> str:
        return f"Credentials({self.provider!r}, given={sorted(self._values)})"

    def __reduce__(self) -> tuple[object, ...]:
        sentence = "credentials are not pickled: a pickle would show them"
        raise TypeError(sentence)

    def renew(self, values: Mapping[str, str]) -> None:
        """Take new secrets, such as the token that a provider has just given."""
        self._values.update({name.upper(): value for name, value in values.items() if value})
        self._seen = None

    def _forms(self) -> dict[str, str]:
        forms = {
            _basic(value, other): name
            for name, value in self._values.items()
            for other in ("", *self._values.values())
        }
        return forms | {value: name for name, value in self._values.items()}

    def missing(self, request: Request) -> tuple[str, ...]:
        """Name the secrets that a request asks for and that are not given.

        In a body only declared names count: a document may say ``${x}`` and mean just that.
        """
        wanted = [name for text in (request.url, *request.headers.values()) for name in _names(text)]
        wanted += [name for name in _names(request.body.decode("latin-1")) if name in self._names]
        return tuple([name for name in dict.fromkeys(wanted) if name not in self._values])

    def fill(self, request: Request) -> Request:
        """Put the secrets in; raise CredentialsError where one is missing or cannot be in a header."""
        missing = self.missing(request)
        if missing:
            variables = ", ".join(variable(self.provider, name) for name in missing)
            sentence = f"{self.provider} needs {variables}"
            raise CredentialsError(sentence, provider=self.provider, missing=missing)
        content_type = next((v for k, v in request.headers.items() if k.lower() == "content-type"), "")
        headers = {name: self._replace(value, _header) for name, value in request.headers.items()}
        return request._replace(
            url=self._replace(request.url, lambda value: quote(value, safe="")),
            headers=headers,
            body=self._body(request.body, _escape_for(content_type)),
        )

    def _body(self, body: bytes, escaped: Callable[[str], str]) -> bytes:
        if b"${" not in body:
            return body
        # Latin-1 gives every byte back; names are ASCII, and what is put in is encoded by itself.
        return self._replace(
            body.decode("latin-1"), lambda value: escaped(value).encode().decode("latin-1")
        ).encode("latin-1")

    def _replace(self, text: str, escaped: Callable[[str], str]) -> str:
        def value(found: re.Match[str]) -> str:
            names = [found[name].upper() for name in ("name", "other") if found[name]]
            if not all(name in self._values for name in names):
                return found[0]
            values = [self._values[name] for name in names]
            return escaped(_basic(*values) if found["basic"] else values[0])

        return _PLACEHOLDER.sub(value, text)

    def named_in(self, text: str) -> str | None:
        """Return the first name of a secret that is a placeholder in a text, or None."""
        known = self._names.union(self._values)
        return next((name for name in _names(text) if name in known), None)

    def redact(self, text: str, *, identifier: bool = False, keep: int | None = None) -> str:
        """Write ``${NAME}`` where a text holds a secret, however it is escaped there.

        In an ``identifier``, such as a document's key, a secret of digits only stays: the issuer's tax
        number is a part of many keys, and is somebody's user name.
        """
        if self._seen is None:
            self._seen = Redaction(self._forms())
        return self._seen.redact(text, identifier=identifier, keep=keep)


def find_credentials(
    provider: str,
    names: Sequence[str],
    file: str | Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Credentials:
    """Take the secrets ``names`` from the environment, ``CUADRE_<PROVIDER>_<NAME>``, else from a file.

    The file has lines ``NAME=value``; blank lines and lines that start with ``#`` say nothing. Raises
    CredentialsError where others than its owner may read it. What is missing is not asked for here:
    not every request needs every secret.
    """
    environ = os.environ if environ is None else environ
    values = _read(Path(file), provider) if file else {}
    for name in names:
        given = environ.get(variable(provider, name))
        if given:
            values[name.upper()] = _text(given, variable(provider, name))
    return Credentials(provider, values, names)


def _text(value: str, name: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        # Python reads bytes that are no UTF-8 into halves of surrogate pairs.
        sentence = f"{name}: not a text in UTF-8"
    else:
        return value
    raise CredentialsError(sentence, variable=name)


def variable(provider: str, name: str) -> str:
    """Name the environment variable of a secret: ``CUADRE_SS_INTEGRAL_TOKEN``."""
    return re.sub(r"\W", "_", f"CUADRE_{provider}_{name}").upper()


def _read(file: Path, provider: str) -> dict[str, str]:
    prefix = variable(provider, "")
    values = {}
    for number, line in enumerate(_private_text(file).splitlines(), start=1):
        name, equals, value = line.partition("=")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not equals:
            sentence = f"{file}:{number}: not a line NAME=value"
            raise CredentialsError(sentence, file=str(file), line=number)
        values[name.strip().upper().removeprefix(prefix)] = value.strip()
    return values


def _private_text(file: Path) -> str:
    with file.open("rb") as stream:
        mode = os.fstat(stream.fileno()).st_mode
        if os.name == "posix" and mode & _OTHERS_MAY:
            sentence = f"{file}: others than its owner may use this file of secrets; chmod 600 {file}"
            raise CredentialsError(sentence, file=str(file), mode=oct(stat.S_IMODE(mode)))
        data = stream.read()
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    # Raised out here, since a UnicodeDecodeError carries the bytes that it could not read.
    sentence = f"{file}: not a text in UTF-8"
    raise CredentialsError(sentence, file=str(file))


def _names(text: str) -> Iterator[str]:
    for found in _PLACEHOLDER.finditer(text):
        yield from (found[name].upper() for name in ("name", "other") if found[name])


def _escape_for(content_type: str) -> Callable[[str], str]:
    kind = content_type.partition(";")[0].strip().lower()
    if kind.endswith("json"):
        return _json
    if kind.endswith("xml"):
        return _xml
    return quote_plus if kind == "application/x-www-form-urlencoded" else str


def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _xml(value: str) -> str:
    return escape(value, {'"': "&quot;", "'": "&apos;"})


def _basic(user: str, password: str = "") -> str:
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def _header(value: str) -> str:
    if not value.isascii() or not value.isprintable():
        sentence = "a secret has a character that cannot be in an HTTP header"
        raise CredentialsError(sentence)
    return value
