"""``cuadre sign``: the file it writes, its warning, its refusals, and that the password stays unseen."""

import datetime as dt
import io
import re
from getpass import GetPassWarning
from pathlib import Path
from warnings import warn

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from cuadre.cli import main, sign_command
from cuadre.ubl.signing.sign import BOGOTA, verify

EXAMPLE = Path(__file__).parents[2] / "examples" / "invoice.xml"
PASSWORD = "colibri-de-páramo"  # noqa: S105 - of a key made for one run
VARIABLE = "CUADRE_CERTIFICATE_PASSWORD"


@pytest.fixture(scope="module")
def packed() -> bytes:
    """Make a certificate file, valid today, of a company that does not exist."""
    key = generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ferretería Colibrí Inventada S.A.S.")])
    today = dt.datetime.now(tz=dt.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(today - dt.timedelta(days=2))
    certificate = builder.not_valid_after(today + dt.timedelta(days=2)).sign(key, SHA256())
    encryption = BestAvailableEncryption(PASSWORD.encode())
    return pkcs12.serialize_key_and_certificates(b"colibri", key, certificate, None, encryption)


class Desk:
    """A folder with an invoice and a certificate, and the command to run in it."""

    def __init__(self, folder: Path, packed: bytes, issued: dt.date) -> None:
        self.invoice = folder / "invoice.xml"
        self.signed = folder / "signed.xml"
        self.certificate = folder / "firma.p12"
        dated = f"<cbc:IssueDate>{issued}<".encode()
        self.invoice.write_bytes(re.sub(rb"<cbc:IssueDate>[^<]*<", dated, EXAMPLE.read_bytes()))
        self.certificate.write_bytes(packed)

    def sign(self, *options: str, given: str | None = None, out: Path | None = None) -> int:
        """Run ``cuadre sign`` and return its exit code."""
        name = given or str(self.invoice)
        output = str(out or self.signed)
        return main(["sign", name, "--certificate", str(self.certificate), "-o", output, *options])


@pytest.fixture
def desk(tmp_path: Path, packed: bytes, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Prepare an invoice of today, with the password in its usual variable."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv(VARIABLE, PASSWORD)
    return Desk(tmp_path, packed, dt.datetime.now(tz=BOGOTA).date())


def test_signs_now(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """The file that comes out verifies, with the clock's time in Bogotá, and nothing is warned of."""
    assert desk.sign() == 0
    time = verify(desk.signed.read_bytes()).signing_time
    assert abs(dt.datetime.now(tz=dt.UTC) - time) < dt.timedelta(minutes=1)
    assert time.utcoffset() == dt.timedelta(hours=-5)
    assert capfd.readouterr() == (f"{desk.signed}: signed at {time.isoformat()}\n", "")


def test_warns_of_another_issue_date(
    tmp_path: Path, packed: bytes, desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    """A document issued on another day is signed, and the command says that AD09e will reject it."""
    desk = Desk(tmp_path, packed, dt.date(2026, 1, 31))
    assert desk.sign() == 0
    assert verify(desk.signed.read_bytes())
    warning = capfd.readouterr().err
    assert warning.startswith("cuadre: warning: FAD09e ")
    assert "2026-01-31" in warning


@pytest.mark.parametrize("variable", [VARIABLE, "COLIBRI_KEY"])
@pytest.mark.parametrize("right", [True, False])
def test_password_is_never_shown(
    desk: Desk,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    right: bool,  # noqa: FBT001 - a case of the test
) -> None:
    """The password is in no output and not in the file, whether it opens the certificate or not."""
    password = PASSWORD if right else "gorrion-de-páramo"
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv(variable, password)
    assert desk.sign("--password-env", variable) == (0 if right else 2)
    assert desk.signed.exists() is right
    shown = "".join(capfd.readouterr()) + (desk.signed.read_text("utf-8") if right else "")
    assert shown
    assert "páramo" not in shown
    assert "p&#225;ramo" not in shown


@pytest.mark.parametrize("options", [("--password", PASSWORD), (f"--password={PASSWORD}",)])
def test_password_is_no_option(
    desk: Desk, capfd: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    """No option takes a password, and the one that looks so does not repeat it."""
    with pytest.raises(SystemExit) as left:
        desk.sign(*options)
    assert left.value.code == 2
    assert not desk.signed.exists()
    shown = capfd.readouterr().err
    assert VARIABLE in shown
    assert PASSWORD not in shown


def test_asks_for_the_password(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable, the password is asked for, by the name of the certificate file."""
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(sign_command, "getpass", answer)
    assert desk.sign() == 0
    assert asked == [f"Password of {desk.certificate}: "]


def test_does_not_ask_where_it_would_be_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal it cannot ask; a password put for the name of a variable is not repeated."""

    def echo(prompt: str) -> str:
        warn(prompt, GetPassWarning, stacklevel=1)
        return PASSWORD

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(sign_command, "getpass", echo)
    assert desk.sign("--password-env", PASSWORD) == 2
    shown = capfd.readouterr().err
    assert VARIABLE in shown
    assert PASSWORD not in shown
    assert not desk.signed.exists()


def test_overwrites_the_input_when_told(desk: Desk) -> None:
    """The input is replaced only where -o names it."""
    assert desk.sign(out=desk.invoice) == 0
    assert verify(desk.invoice.read_bytes())


def test_output_must_be_named(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """Without -o nothing is written."""
    before = desk.invoice.read_bytes()
    with pytest.raises(SystemExit) as left:
        main(["sign", str(desk.invoice), "--certificate", str(desk.certificate)])
    assert left.value.code == 2
    assert desk.invoice.read_bytes() == before
    capfd.readouterr()


def test_reads_standard_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash stands for standard input."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(desk.invoice.read_bytes())))
    assert desk.sign(given="-") == 0
    assert verify(desk.signed.read_bytes())


@pytest.mark.parametrize("missing", ["invoice", "certificate"])
def test_missing_file(desk: Desk, capfd: pytest.CaptureFixture[str], missing: str) -> None:
    """A file that is not there is named, and the exit code is 2."""
    file: Path = getattr(desk, missing)
    file.unlink()
    assert desk.sign() == 2
    assert str(file) in capfd.readouterr().err
    assert not desk.signed.exists()


def test_signed_twice(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    """What is signed already is left alone."""
    assert desk.sign() == 0
    first = desk.signed.read_bytes()
    assert desk.sign(given=str(desk.signed)) == 2
    assert desk.signed.read_bytes() == first
    assert "signed already" in capfd.readouterr().err
