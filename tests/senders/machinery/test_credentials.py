"""Secrets: found in the environment or in a private file, put in, taken out, and never shown."""

import base64
import copy
import json
import pickle
from pathlib import Path

import pytest

from cuadre.senders.contract import Request
from cuadre.senders.delivery.credentials import Credentials, CredentialsError, find_credentials, variable

from .conftest import SECRETS

PIN = SECRETS["PIN"]
PLACED = "${PIN}"


def filled(content_type: str, body: str) -> str:
    """Fill a body of a type."""
    request = Request("POST", "https://colibri.invalid", {"Content-Type": content_type}, body.encode())
    return Credentials("colibri", SECRETS).fill(request).body.decode()


def test_variable() -> None:
    """A provider's name becomes a part of a variable's name."""
    assert variable("ss-integral", "token") == "CUADRE_SS_INTEGRAL_TOKEN"


def test_environment_and_file(tmp_path: Path) -> None:
    """The environment comes before the file; the file's names may have the whole variable's name."""
    file = tmp_path / "secrets"
    file.write_text("# of Colibrí\n\nTOKEN = from-file \nCUADRE_COLIBRI_PIN=a=b\n", encoding="utf-8")
    file.chmod(0o600)
    environ = {"CUADRE_COLIBRI_TOKEN": "from-environment"}
    found = find_credentials("colibri", ("TOKEN", "PIN", "OTHER"), file, environ)
    request = Request("GET", "x:${TOKEN}", {"a": "${PIN}"})
    assert found.fill(request) == Request("GET", "x:from-environment", {"a": "a=b"})
    assert found.missing(Request("GET", "${OTHER}", {})) == ("OTHER",)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o601])
def test_file_of_others(tmp_path: Path, mode: int) -> None:
    """A file that others than its owner may touch is not read."""
    file = tmp_path / "secrets"
    file.write_text("TOKEN=x")
    file.chmod(mode)
    with pytest.raises(CredentialsError) as failed:
        find_credentials("colibri", ("TOKEN",), file, {})
    assert failed.value.detail == {"file": str(file), "mode": oct(mode)}


@pytest.mark.parametrize("content", [b"secret-without-name", b"TOKEN=\xff\xfesecret"])
def test_broken_file_is_not_shown(tmp_path: Path, content: bytes) -> None:
    """What is wrong in the file is said without its content."""
    file = tmp_path / "names"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(CredentialsError) as failed:
        find_credentials("colibri", ("TOKEN",), file, {})
    assert "secret" not in str(failed.value)
    assert failed.value.__context__ is None


def test_json_body() -> None:
    """In JSON a secret is escaped as JSON asks."""
    assert json.loads(filled("application/json; charset=utf-8", '{"a": "${PIN}"}')) == {"a": PIN}
    assert json.loads(filled("application/vnd.x+json", '{"a": "${PIN}"}')) == {"a": PIN}


def test_xml_body() -> None:
    """In XML a secret is escaped as XML asks."""
    expected = PIN.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    assert filled("text/xml", "<a>${PIN}</a>") == f"<a>{expected}</a>"
    assert filled("application/soap+xml", "${PIN}") == expected


def test_other_bodies() -> None:
    """A form is encoded, plain text is not, and bytes around are not touched."""
    assert filled("application/x-www-form-urlencoded", "a=${TOKEN}&b=${PIN}").startswith(
        "a=tok-colibri-1&b=p%3C"
    )
    assert filled("text/plain", "ñ ${PIN} €") == f"ñ {PIN} €"


def test_url() -> None:
    """In an address a secret is percent-encoded."""
    request = Request("GET", "https://colibri.invalid/${PIN}", {})
    assert Credentials("colibri", {"PIN": "a/b?c"}).fill(request).url == "https://colibri.invalid/a%2Fb%3Fc"


def test_basic() -> None:
    """HTTP's basic scheme has two secrets in one, or one and nothing."""
    credentials = Credentials("colibri", {"USER": "u", "PASSWORD": "pw"})
    request = Request("GET", "", {"authorization": "Basic ${basic:USER:PASSWORD}", "x": "${basic:USER}"})
    headers = credentials.fill(request).headers
    assert base64.b64decode(headers["authorization"].removeprefix("Basic ")) == b"u:pw"
    assert base64.b64decode(headers["x"]) == b"u:"


def test_missing_names_the_variable() -> None:
    """A secret that is missing is named as the variable to set."""
    credentials = Credentials("colibri", {}, ("TOKEN", "PIN"))
    request = Request("POST", "", {"authorization": "${TOKEN}"}, b"${PIN} ${other}")
    with pytest.raises(CredentialsError) as failed:
        credentials.fill(request)
    assert failed.value.detail["missing"] == ("TOKEN", "PIN")
    assert "CUADRE_COLIBRI_TOKEN" in str(failed.value)


@pytest.mark.parametrize("value", ["two\r\nlines", "páramo", "\x00"])
def test_no_header_is_smuggled_in(value: str) -> None:
    """A secret that would break a header is refused, and not shown."""
    with pytest.raises(CredentialsError) as failed:
        Credentials("colibri", {"TOKEN": value}).fill(Request("GET", "", {"a": "${TOKEN}"}))
    assert value not in str(failed.value)


def test_what_is_put_in_is_not_filled_again() -> None:
    """A secret that looks like a placeholder stays as it is."""
    credentials = Credentials("colibri", {"A": "${B}", "B": "b"})
    assert credentials.fill(Request("GET", "", {"a": "${A}"})).headers == {"a": "${B}"}


def test_never_shown() -> None:
    """Neither repr nor str nor a pickle holds a secret."""
    credentials = Credentials("colibri", SECRETS)
    assert repr(credentials) == str(credentials) == "Credentials('colibri', given=['PIN', 'TOKEN'])"
    with pytest.raises(TypeError):
        pickle.dumps(credentials)
    with pytest.raises(TypeError):
        copy.deepcopy(credentials)


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/xml", "text/plain", "application/x-www-form-urlencoded"]
)
def test_redacts_whatever_was_put_in(content_type: str) -> None:
    """Each form in which a secret leaves is found and taken out."""
    credentials = Credentials("colibri", SECRETS)
    assert credentials.redact(filled(content_type, "a ${PIN} b ${TOKEN}")) == "a ${PIN} b ${TOKEN}"


def test_redacts_the_longest_first() -> None:
    """A secret that is a part of another does not leave the rest of it."""
    credentials = Credentials("colibri", {"A": "abc", "B": "abcdef"})
    assert credentials.redact("x abcdef abc") == "x ${B} ${A}"
    basic = base64.b64encode(b"abc:abcdef").decode()
    assert "${" in credentials.redact(basic)
    assert basic not in credentials.redact(basic)


def test_identifiers_keep_numbers() -> None:
    """A tax number that is a user name stays in a document's key."""
    credentials = Credentials("colibri", {"USER": "900999111", "TOKEN": "tok"})
    assert credentials.redact("0190099911101-tok", identifier=True) == "0190099911101-${TOKEN}"
    assert credentials.redact("900999111") == "${USER}"
