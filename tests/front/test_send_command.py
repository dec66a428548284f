"""``cuadre send``, ``status`` and ``convert``, with a provider that is installed for the test."""

import http.server
import json
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cuadre import sending
from cuadre.cli import main
from cuadre.engine.plugins import plugins
from cuadre.senders import contract
from cuadre.senders.delivery.journal import Journal

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "invoice.xml"
BROKEN = ROOT / "examples" / "broken.xml"
NUMBER = "SETP990000101"
TOKEN = "tok-gorrion-4711"  # noqa: S105 - invented

PLUGIN = """
import json
from cuadre.senders.contract import Request
from cuadre.senders.delivery.receipt import Receipt, Status, parse_rule

class Gorrion:
    name, title, credentials, settings, sends = "gorrion", "Gorrión", ("TOKEN",), ("test_set_id",), True

    def recognises(self, data): return False
    def read(self, data, file=None): raise NotImplementedError
    def write(self, document): return json.dumps({"id": document.id}).encode()

    def send_request(self, document, settings):
        values = {"id": document.id, "set": settings.values.get("test_set_id"), "token": "${TOKEN}"}
        head = {"content-type": "application/json", "authorization": "Bearer ${TOKEN}"}
        return Request("POST", settings.url + "/send", head, json.dumps(values).encode())

    def read_send(self, response):
        if response.status != 200:
            return Receipt(Status.UNKNOWN, "provider")
        said = json.loads(response.body)
        rules = tuple(map(parse_rule, said.get("rules", ())))
        return Receipt(Status(said["status"]), key=said.get("key"), track_id="t1", messages=rules)

    def query_request(self, reference, settings):
        name = reference.key or reference.track_id or reference.document_id
        return Request("GET", f"{settings.url}/{reference.kind}/{name}", {"authorization": "${TOKEN}"})

    read_query = read_send

provider = Gorrion()
"""


class Server(http.server.ThreadingHTTPServer):
    """Answers with what it is told to, and keeps what it got."""

    daemon_threads = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.says: dict[str, Any] = {"status": "accepted", "key": "k1"}
        self.got: list[tuple[str, bytes]] = []
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    """Keeps the request and answers."""

    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer as told."""
        length = int(self.headers.get("content-length") or 0)
        self.server.got.append((f"{self.command} {self.path}", self.rfile.read(length)))
        body = json.dumps(self.server.says).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Answer as told, too."""
        self.do_GET()


@pytest.fixture
def server() -> Iterator[Server]:
    """Run a server."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def forget_plugins() -> None:
    """Forget which plugins were found."""
    plugins.cache_clear()
    contract.providers.cache_clear()


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Install the provider, give its secret and a journal, and make the commands known."""
    folder = tmp_path / "site-packages"
    info = folder / "gorrion_sender-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "gorrion_sender.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: gorrion-sender\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[cuadre.senders]\ngorrion = gorrion_sender:provider\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("CUADRE_GORRION_TOKEN", TOKEN)
    monkeypatch.setenv("CUADRE_JOURNAL", str(tmp_path / "journal"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("LC_ALL", "C")
    forget_plugins()
    yield tmp_path
    forget_plugins()
    sys.modules.pop("gorrion_sender", None)


def send(server: Server, *options: str, path: Path | None = EXAMPLE) -> int:
    """Run ``cuadre send``; the example is of another day than today, which --force does not mind."""
    given = [] if path is None else [str(path)]
    return main(["send", *given, "--via", "gorrion", "--url", server.url, *options])


def test_accepted(server: Server, shop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An accepted document is told with its key, and is in the journal."""
    assert send(server, "--force", "--set", "test_set_id=abc") == 0
    assert capfd.readouterr().out == f"{NUMBER}: accepted\n  key: k1\n  track id: t1\n"
    assert json.loads(server.got[0][1]) == {"id": NUMBER, "set": "abc", "token": TOKEN}
    assert [event.state for event in Journal(shop / "journal").history(NUMBER)] == ["sending", "accepted"]


def test_json(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    """As JSON, a receipt is one object."""
    server.says = {"status": "rejected", "rules": ["Regla: FAU04, Rechazo: no"]}
    assert send(server, "--force", "--format", "json") == 1
    said = json.loads(capfd.readouterr().out)
    assert (said["document_id"], said["status"]) == (NUMBER, "rejected")
    assert said["messages"] == [{"code": "FAU04", "severity": "reject", "text": "no"}]


def test_refused(server: Server, shop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A document that check would reject does not leave, and its findings are printed."""
    assert send(server, path=BROKEN) == 1
    printed = capfd.readouterr().err
    assert re.search(r"^  FA\w+ ", printed, re.MULTILINE)
    assert server.got == []
    assert Journal(shop / "journal").history(NUMBER) == ()


def test_already_sent(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    """Other content with an accepted number is refused."""
    assert send(server, "--force") == 0
    assert send(server, "--force", "--set", "test_set_id=other") == 1
    assert "nothing was sent" in capfd.readouterr().err
    assert len(server.got) == 1


def test_dry_run(server: Server, shop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The request is printed with placeholders; nothing leaves and no journal is made."""
    assert send(server, "--force", "--dry-run") == 0
    printed = capfd.readouterr().out
    assert printed.startswith(f"POST {server.url}/send\n")
    assert "authorization: Bearer ${TOKEN}" in printed
    assert send(server, "--force", "--dry-run", "--format", "json") == 0
    shown = capfd.readouterr().out
    assert json.loads(json.loads(shown)["body"])["token"] == "${TOKEN}"  # noqa: S105 - a placeholder
    assert TOKEN not in printed + shown
    assert (server.got, (shop / "journal").exists()) == ([], False)


def test_pending_and_resumed(
    server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is pending leaves with 2; --resume asks about it and tells what came of it."""
    monkeypatch.setattr(sending.Desk, "__new__", impatient(sending.Desk.__new__))
    server.says = {"status": "pending"}
    assert send(server, "--force") == 2
    server.says = {"status": "accepted", "key": "k1"}
    capfd.readouterr()
    assert send(server, "--resume", path=None) == 0
    assert capfd.readouterr().out.startswith(f"{NUMBER}: accepted\n")
    assert [got for got, _ in server.got][-1].startswith("GET /invoice/")
    assert send(server, "--resume", path=None) == 0
    assert capfd.readouterr().out == ""


def impatient(make: Any) -> Any:  # noqa: ANN401 - a constructor
    """Make desks that do not wait."""

    def new(kind: type[sending.Desk], *parts: Any) -> sending.Desk:  # noqa: ANN401 - as above
        desk: sending.Desk = make(kind, *parts)
        return desk if len(parts) > 5 else make(kind, *parts, desk.pace._replace(deadline=0.0))

    return new


def test_status(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    """A document is asked about with what the journal knows of it."""
    send(server, "--force")
    server.says = {"status": "accepted_with_observations"}
    capfd.readouterr()
    assert main(["status", NUMBER, "--via", "gorrion", "--url", server.url]) == 0
    assert capfd.readouterr().out.startswith(f"{NUMBER}: accepted_with_observations")
    assert server.got[-1][0] == "GET /invoice/k1"


@pytest.mark.parametrize(("option", "value"), [("--key", "k9"), ("--track-id", "t9")])
def test_status_without_number(server: Server, option: str, value: str) -> None:
    """A key or a track id is enough, and the kind may be said."""
    server.says = {"status": "rejected"}
    options = [option, value, "--kind", "credit_note", "--url", server.url]
    assert main(["status", "--via", "gorrion", *options]) == 1
    assert server.got[-1][0] == f"GET /credit_note/{value}"


def test_unreachable(
    server: Server, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody listens, the outcome is unknown, and the secret is not in what is printed."""
    monkeypatch.setattr(sending.Desk, "__new__", impatient(sending.Desk.__new__))
    server.shutdown()
    server.server_close()
    assert send(server, "--force") == 2
    printed = "".join(capfd.readouterr())
    assert printed.startswith(f"{NUMBER}: unknown\n  said by: transport\n  reason: never arrived")
    assert TOKEN not in printed


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["send", str(EXAMPLE), "--via", "nobody"], "no sender 'nobody'"),
        (["send", str(EXAMPLE), "--via", "gorrion"], "CUADRE_GORRION_URL"),
        (["send", "--via", "gorrion", "--url", "http://x"], "give PATH"),
        (["send", "--resume", "--dry-run", "--via", "gorrion", "--url", "http://x"], "needs PATH"),
        (["send", str(EXAMPLE), "--via", "gorrion", "--url", "http://x", "--set", "a=b"], "test_set_id"),
        (["send", str(EXAMPLE), "--via", "gorrion", "--url", "http://x", "--set", "a"], "not name=value"),
        (["status", "--via", "gorrion", "--url", "http://x"], "which document"),
        (["convert", str(EXAMPLE), "--to", "nobody"], "no sender 'nobody'"),
    ],
)
def test_wrong_options(options: list[str], said: str, capfd: pytest.CaptureFixture[str]) -> None:
    """What cannot be done is said in one sentence, with exit code 2."""
    assert main(options) == 2
    assert said in capfd.readouterr().err


def test_secret_from_a_file(
    server: Server, shop: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A secret that is missing is named by its variable; a file that only its owner can read may hold it."""
    monkeypatch.delenv("CUADRE_GORRION_TOKEN")
    assert send(server, "--force") == 2
    assert "CUADRE_GORRION_TOKEN" in capfd.readouterr().err
    file = shop / "secrets"
    file.write_text(f"TOKEN={TOKEN}")
    file.chmod(0o644)
    assert send(server, "--force", "--credentials", str(file)) == 2
    assert "chmod 600" in capfd.readouterr().err
    file.chmod(0o600)
    assert send(server, "--force", "--credentials", str(file)) == 0
    assert json.loads(server.got[0][1])["token"] == TOKEN


def test_convert(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """A document goes from XML to the model's JSON and back, and to a provider's payload."""
    model, again = tmp_path / "model.json", tmp_path / "again.xml"
    assert main(["convert", str(EXAMPLE), "--to", "json", "-o", str(model)]) == 0
    assert main(["convert", str(model), "--to", "ubl", "-o", str(again)]) == 0
    assert main(["convert", str(again), "--to", "json"]) == 0
    assert capfdbinary.readouterr().out == model.read_bytes()
    assert main(["convert", str(model), "--to", "gorrion"]) == 0
    assert json.loads(capfdbinary.readouterr().out) == {"id": NUMBER}
