"""The journal of sends: an SQLite file that knows of every document whether it left and what came of it.

What is to be sent is committed before a byte leaves, and every outcome after, each in one transaction,
so a row is there or it is not. SQLite's rollback journal with ``synchronous=EXTRA``, and not WAL: after
each commit everything is in the one file, which may be copied, and which has what it was told both when
the process is killed and when the power fails. A send takes seconds, the commits milliseconds.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from cuadre.engine.errors import CuadreError
from cuadre.senders.delivery.journal_entry import UNRESOLVED, AlreadySentError, Entry, Event, State, Subject
from cuadre.senders.delivery.locking import locked
from cuadre.senders.delivery.receipt import Receipt
from cuadre.senders.delivery.receipt_json import read_receipt, write_receipt

VERSION = 1
"""Of the schema: SQLite's ``user_version``."""
_APPLICATION = 0x43554144
_BUSY_SECONDS = 30.0


class JournalError(CuadreError):
    """A file that is no journal, or one of a later version."""

    code = "journal"


_SCHEMA = """
CREATE TABLE documents (
    idempotency_key TEXT PRIMARY KEY, provider TEXT NOT NULL, kind TEXT NOT NULL,
    document_id TEXT NOT NULL, supplier TEXT NOT NULL, state TEXT NOT NULL, digest TEXT NOT NULL,
    key TEXT, track_id TEXT, sent REAL NOT NULL, changed REAL NOT NULL, receipt TEXT
);
CREATE INDEX documents_by_id ON documents (document_id);
CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    idempotency_key TEXT NOT NULL REFERENCES documents (idempotency_key),
    at REAL NOT NULL, state TEXT NOT NULL, digest TEXT NOT NULL, receipt TEXT
);
CREATE INDEX events_by_document ON events (idempotency_key);
"""
_COLUMNS = "provider, kind, document_id, supplier, state, digest, key, track_id, sent, changed, receipt"


class Journal:
    """A journal in a file, which is made where there is none; only its owner can read it.

    It opens the file for each operation, so threads, forks and processes may share it. Locks of the
    documents that are being sent are files in ``<file>.locks``; keep both on a local disk.
    """

    def __init__(self, file: str | Path, now: Callable[[], float] = time.time) -> None:
        self.file = Path(file)
        self._now = now
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(self.file, os.O_RDWR | os.O_CREAT, 0o600))
        with self._writing() as connection:
            self._prepare(connection)

    def holding(self, subject: Subject) -> AbstractContextManager[None]:
        """Hold the lock of a document; raise BusyError where another process or thread has it."""
        return locked(self.file.with_name(f"{self.file.name}.locks"), subject.idempotency_key)

    def find(self, subject: Subject) -> Entry | None:
        """Return what is known of a document."""
        found = self._entries("idempotency_key = ?", subject.idempotency_key)
        return found[0] if found else None

    def begin(self, subject: Subject, digest: str, key: str | None = None) -> None:
        """Note that a document is about to leave; when this returns, the note survives whatever happens.

        Raises AlreadySentError where it is accepted or unresolved. One that was rejected, or surely did
        not arrive, may leave again, with the same number and with other content.
        """
        with self._writing() as connection:
            row = _find(connection, subject)
            if row is not None and row.state not in {State.UNSENT, State.REJECTED}:
                raise AlreadySentError(row)
            now = self._now()
            values = (subject.idempotency_key, *subject, State.SENDING, digest, key, None, now, now, None)
            connection.execute(
                f"INSERT OR REPLACE INTO documents (idempotency_key, {_COLUMNS}) "  # noqa: S608 - constants
                f"VALUES ({', '.join('?' * len(values))})",
                values,
            )
            _note(connection, subject.idempotency_key, now, State.SENDING, digest, None)

    def record(self, subject: Subject, state: State, receipt: Receipt) -> None:
        """Note what came of a document; a key or track id that was known stays where there is no new one.

        A duplicate's key is that of whoever has the number, so it never replaces a known one.
        """
        with self._writing() as connection:
            row = _find(connection, subject)
            if row is None:
                sentence = f"{subject.document_id} was never noted in {self.file}"
                raise JournalError(sentence, document_id=subject.document_id)
            now, text = self._now(), write_receipt(receipt)
            key = (row.key or receipt.key) if receipt.duplicate else (receipt.key or row.key)
            connection.execute(
                "UPDATE documents SET state = ?, key = ?, track_id = coalesce(?, track_id), "
                "changed = ?, receipt = ? WHERE idempotency_key = ?",
                (state, key, receipt.track_id, now, text, subject.idempotency_key),
            )
            _note(connection, subject.idempotency_key, now, state, row.digest, text)

    def unresolved(self) -> tuple[Entry, ...]:
        """List the documents of which it is not known what came: the oldest first."""
        marks = ", ".join("?" * len(UNRESOLVED))
        return self._entries(f"state IN ({marks}) ORDER BY sent", *UNRESOLVED)

    def named(self, document_id: str) -> tuple[Entry, ...]:
        """List the documents with a number: of several kinds, suppliers or providers."""
        return self._entries("document_id = ? ORDER BY sent", document_id)

    def numbers(self, provider: str) -> tuple[str, ...]:
        """List the numbers that are known of a provider, in their order."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT document_id FROM documents WHERE provider = ? ORDER BY document_id",
                (provider,),
            ).fetchall()
        return tuple([number for (number,) in rows])

    def history(self, document_id: str) -> tuple[Event, ...]:
        """List all that was noted of the documents with a number, the oldest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT at, events.state, events.digest, events.receipt FROM events "
                "JOIN documents USING (idempotency_key) WHERE document_id = ? ORDER BY number",
                (document_id,),
            ).fetchall()
        return tuple([Event(at, State(state), digest, _receipt(text)) for at, state, digest, text in rows])

    def _entries(self, where: str, *values: str) -> tuple[Entry, ...]:
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM documents WHERE {where}",  # noqa: S608 - constants of this file
                values,
            ).fetchall()
        return tuple([_entry(row) for row in rows])

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.file, timeout=_BUSY_SECONDS, isolation_level=None)
            with closing(connection):
                connection.execute("PRAGMA synchronous = EXTRA")
                yield connection
        except UnicodeEncodeError as error:
            sentence = f"{self.file}: half of a surrogate pair cannot be stored: {error.object!r}"
            raise JournalError(sentence, file=str(self.file)) from None
        except sqlite3.DatabaseError as error:
            sentence = f"{self.file}: {error}"
            raise JournalError(sentence, file=str(self.file)) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            # Whatever is raised before this line closes the connection, which takes all of it back.
            connection.execute("COMMIT")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        elif application != _APPLICATION:
            sentence = f"{self.file}: a database of another program, not a journal"
            raise JournalError(sentence, file=str(self.file))
        elif version != VERSION:
            sentence = f"{self.file}: a journal of version {version}; this cuadre knows version {VERSION}"
            raise JournalError(sentence, file=str(self.file), version=version)


def _find(connection: sqlite3.Connection, subject: Subject) -> Entry | None:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM documents WHERE idempotency_key = ?",  # noqa: S608 - constants of this file
        (subject.idempotency_key,),
    ).fetchone()
    return None if row is None else _entry(row)


def _note(connection: sqlite3.Connection, *event: str | float | None) -> None:
    connection.execute(
        "INSERT INTO events (idempotency_key, at, state, digest, receipt) VALUES (?, ?, ?, ?, ?)", event
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    digest, key, track_id, sent, changed, receipt = row[5:]
    subject, state = Subject(*row[:4]), State(row[4])
    return Entry(subject, state, digest, key, track_id, sent, changed, _receipt(receipt))


def _receipt(text: str | None) -> Receipt | None:
    return None if text is None else read_receipt(text)
