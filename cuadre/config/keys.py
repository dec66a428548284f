"""Read each key of a configuration; what is wrong is said with the file and the key."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

from cuadre.config.configuration import Configuration, ConfigurationError, PathIgnores
from cuadre.config.references import secret
from cuadre.engine.errors import CuadreError
from cuadre.engine.findings import Severity
from cuadre.engine.secrets import Secrets
from cuadre.engine.sentences import LANGUAGES
from cuadre.engine.tables import load_table
from cuadre.engine.texts import say
from cuadre.selection import CHOSEN_SEVERITIES


def configuration_of(table: dict[str, Any], file: Path) -> Configuration:
    """Make a configuration of a TOML table; raise ConfigurationError for the first key that is wrong."""
    reader = _Reader(table, file)
    reader.require_known(table, KEYS)
    return Configuration(
        file=file,
        select=reader.texts("select"),
        ignore=reader.texts("ignore"),
        severity=reader.severities("severity"),
        per_file_ignores=reader.path_ignores("per-file-ignores"),
        exclude=reader.texts("exclude"),
        respect_gitignore=reader.flag("respect-gitignore", otherwise=True),
        fail_on=reader.severity("fail-on"),
        lang=reader.one_of("lang", LANGUAGES),
        schemas=reader.path("schemas"),
        rules=tuple([file.parent / path for path in reader.texts("rules")]),
        baseline=reader.path("baseline"),
        numbering=tuple([file.parent / path for path in reader.texts("numbering")]),
        secrets=Secrets(reader.secret("technical-key"), reader.secret("pin")),
    )


KEYS: tuple[str, ...] = tuple([row["key"] for row in load_table("cuadre.config", "keys", ("key",))])
"""Every key that there is; docs/configuration.md lists them from the same table."""


class _Reader:
    """Reads one table, and says where what it does not take is."""

    def __init__(self, table: dict[str, Any], file: Path) -> None:
        self._table = table
        self._file = file

    def require_known(self, table: dict[str, Any], known: tuple[str, ...], around: str = "") -> None:
        for key in table:
            if key not in known:
                near = get_close_matches(key, known)
                sentence = say("cuadre:config_no_key", key=key)
                if near:
                    sentence = say("cuadre:did_you_mean", sentence=sentence, near=tuple(near))
                raise self._error(around + key, sentence, near=near)

    def texts(self, key: str) -> tuple[str, ...]:
        return self._texts(key, self._table.get(key, []))

    def _texts(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self._error(key, say("cuadre:config_texts"))
        return tuple(value)

    def text(self, key: str) -> str | None:
        value = self._table.get(key)
        if value is not None and not (isinstance(value, str) and value):
            raise self._error(key, say("cuadre:must_be_text"))
        return value

    def flag(self, key: str, *, otherwise: bool) -> bool:
        value = self._table.get(key, otherwise)
        if not isinstance(value, bool):
            raise self._error(key, say("cuadre:must_be_bool"))
        return value

    def path(self, key: str) -> Path | None:
        value = self.text(key)
        return None if value is None else self._file.parent / value

    def one_of(self, key: str, known: tuple[str, ...]) -> str | None:
        value = self.text(key)
        if value is not None and value not in known:
            raise self._error(key, say("cuadre:must_be_one_of", known=known))
        return value

    def severity(self, key: str) -> Severity | None:
        value = self.one_of(key, tuple([one.value for one in CHOSEN_SEVERITIES]))
        return None if value is None else Severity(value)

    def severities(self, key: str) -> dict[str, Severity]:
        inner = _Reader(self._inner(key), self._file)
        return {code: severity for code in inner._table if (severity := inner.severity(code))}

    def path_ignores(self, key: str) -> tuple[PathIgnores, ...]:
        return tuple([self._path_ignores(key, *pair) for pair in self._inner(key).items()])

    def _path_ignores(self, key: str, pattern: str, value: object) -> PathIgnores:
        where = f"{key}.{pattern!r}"
        if not isinstance(value, dict):
            return PathIgnores(pattern, self._texts(where, value))
        self.require_known(value, ("codes", "reason"), f"{where}.")
        inner = _Reader(value, self._file)
        return PathIgnores(pattern, inner.texts("codes"), inner.text("reason"))

    def secret(self, key: str) -> str | None:
        """Look up what a key refers to; the secret itself is never in the file."""
        reference = self.text(key)
        try:
            return None if reference is None else secret(reference, self._file.parent)
        except CuadreError as error:
            raise self._error(key, error.args[0]) from None

    def _inner(self, key: str) -> dict[str, Any]:
        value = self._table.get(key, {})
        if not isinstance(value, dict):
            raise self._error(key, say("cuadre:config_table"))
        return value

    def _error(self, key: str, fault: str, near: list[str] | None = None) -> ConfigurationError:
        sentence = say("cuadre:config_at", file=str(self._file), key=key, fault=fault)
        return ConfigurationError(sentence, file=str(self._file), key=key, near=near or [])
