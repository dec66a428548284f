"""Secrets are found however they were escaped, and nothing else is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cuadre.senders.delivery.escapes import normal_form
from cuadre.senders.delivery.redaction import Redaction

from .escaping import ENCODERS, WRITERS

SECRETS = [
    'p<i&n"75315\\páramo/+= x',
    "tok-1",
    "${B}",
    "a\tb\nc",
    "🐦'",
    "plainword",
    "DOM\\nick%41",
    "]]>&amp;",
]


@pytest.mark.parametrize("first", WRITERS)
@pytest.mark.parametrize("then", WRITERS)
def test_nested(first: str, then: str) -> None:
    """One escape around another does not hide a secret, and the text around it is not changed."""
    before, after = (WRITERS[then](WRITERS[first](part)) for part in ("<secret>", "</secret>"))
    for secret in SECRETS:
        text = WRITERS[then](WRITERS[first](f"<secret>{secret}</secret>"))
        redacted = Redaction({secret: "S"}).redact(text)
        assert redacted.count("${S}") == 1, secret
        assert len(redacted) < len(text) + len("${S}")
        assert redacted.startswith(before[: len(before) // 2])
        assert redacted.endswith(after[-(len(after) // 2) :])


@pytest.mark.parametrize("writer", WRITERS)
def test_three_times(writer: str) -> None:
    """A request that is repeated inside a repeated request is looked through too."""
    write = WRITERS[writer]
    for secret in SECRETS:
        redacted = Redaction({secret: "S"}).redact(write(write(write(f"before {secret} after"))))
        assert redacted.count("${S}") == 1, secret


@pytest.mark.parametrize("secret", ["tok-colibri-1", 'cl<ave>&"vault75315ss"\\páramo'])
@pytest.mark.parametrize("writer", ["plain", "json as it is", "xml", "xml, quotes too", "url"])
@pytest.mark.parametrize("encoder", ENCODERS)
@pytest.mark.parametrize("shift", range(3))
def test_base64(secret: str, writer: str, encoder: str, shift: int) -> None:
    """In the base64 of a whole request a secret is found too, wherever it begins."""
    text = f"{'x' * shift}<a>{WRITERS[writer](secret)}</a>{'tail' * 40}"
    encoded = ENCODERS[encoder](text)
    redacted = Redaction({secret: "S"}).redact(encoded)
    assert redacted.count("${S}") == 1
    assert len(redacted) <= len(encoded) - len(secret) + len("S") + 1


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_misread(wrong: str) -> None:
    """A server that takes UTF-8 for Latin-1, or answers in Latin-1 or UTF-16, hides no secret."""
    redact = Redaction({"clave-páramo-Ñu": "S"}).redact
    assert redact("clave-páramo-Ñu".encode().decode(wrong)) == "${S}"
    assert redact("clave-páramo-Ñu".encode(wrong).decode("utf-8", "replace")) == "${S}"
    assert redact("a clave-páramo-Ñu b".encode("utf-16").decode("utf-8", "replace")).count("${S}") == 1


@settings(deadline=None)
@given(st.text(min_size=4).filter(lambda text: text.isprintable()), st.text())
def test_any_secret_in_any_text(secret: str, around: str) -> None:
    """No secret is left as it is, whatever it is made of."""
    redacted = Redaction({secret: "S"}).redact(f"{around}{secret}{around}")
    assert "${S}" in redacted


@given(st.text(alphabet=st.sampled_from("%&;#x0123abAB\\u<![CDATA]+ ñ🐦\ud800"), max_size=60))
def test_normal_form_keeps_its_places(text: str) -> None:
    """Each character of a normal form has its place in the text, in the same order."""
    form = normal_form(text)
    assert len(form.text) == len(form.begins) == len(form.ends)
    assert list(form.begins) == sorted(form.begins)
    assert all(0 <= begin < end <= len(text) for begin, end in zip(form.begins, form.ends, strict=True))


def test_nothing_else() -> None:
    """A text without secrets, and a redaction without secrets, change nothing."""
    assert Redaction({"tok.1": "S"}).redact("tok-1 tokx1") == "tok-1 tokx1"
    assert Redaction({}).redact("text") == "text"


def test_secrets_that_overlap() -> None:
    """Of secrets that overlap nothing is left."""
    redaction = Redaction({"abcdef": "LONG", "efgh": "SHORT", "cd": "INNER"})
    assert redaction.redact("-abcdefgh-cd-") == "-${LONG}-${INNER}-"


def test_cut_inside_a_secret() -> None:
    """A text that is cut where a secret is has the secret's name, and no half of it."""
    redaction = Redaction({"tok-colibri-1": "TOKEN"})
    for keep in range(30):
        redacted = redaction.redact("before tok-colibri-1 after", keep=keep)
        assert "tok" not in redacted
        assert redacted.startswith("before ${TOKEN}") == (keep > 7)


HOSTILE = {
    "escapes": "&#60;" * 50_000,
    "percents": "%25" * 80_000,
    "one deep escape": "%" + "25" * 120_000,
    "backslashes": "\\" * 250_000,
    "ampersands": "&" * 250_000,
    "zeros": "&#x" + "0" * 250_000,
    "letters": "&" + "a" * 250_000,
    "birds": "🐦" * 250_000,
    "the secret": 'cl<ave>&"vault75315ss"\\páramo' * 9_000,
    "a part of the secret": "cl<ave>" * 36_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """Whatever a server answers, a quarter of a million characters are looked through in a moment."""
    names = {'cl<ave>&"vault75315ss"\\páramo': "S", "tok-colibri-1": "T", "75315": "PIN"}
    start = time.perf_counter()
    Redaction(names).redact(HOSTILE[name])
    assert time.perf_counter() - start < 10
