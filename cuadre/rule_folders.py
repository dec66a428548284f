"""Rules of a folder: a pack that is installed nowhere, loaded because somebody named its folder."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from os import PathLike
from pathlib import Path
from threading import RLock
from traceback import extract_tb
from types import ModuleType

from cuadre.engine import sentences
from cuadre.engine.errors import CuadreError, DefinitionError, UsageError
from cuadre.engine.tables import load_table
from cuadre.engine.texts import Text, say, text_of
from cuadre.rules import registration
from cuadre.rules.pack import Pack, read_pack
from cuadre.rules.registry import add, packs

_LOCK = RLock()
_LOADED: dict[Path, str] = {}
_SHOWN = 200


def load_rules(folder: str | PathLike[str]) -> str:
    """Load the rule pack in a folder, and return its name; every check of this process then runs it too.

    The Python files of the folder are run, so name only folders that you trust. A folder that is loaded
    already is left as it is. Raises UsageError where it is no folder with a ``codes.csv``, and
    DefinitionError, naming the file and the rule, where what is in it cannot be used; then no rule of it
    is run.
    """
    shown = str(folder)
    with _LOCK:
        path = _require_pack(shown)
        if path not in _LOADED:
            _LOADED[path] = _load(path, shown)
        return _LOADED[path]


def _require_pack(folder: str) -> Path:
    try:
        path = Path(folder).resolve(strict=True)
    except (OSError, ValueError):
        path = None
    if path is None or not path.is_dir():
        raise UsageError(say("cuadre:no_rule_folder", folder=folder), given=folder)
    if not (path / "codes.csv").is_file():
        raise UsageError(say("cuadre:no_rule_pack", folder=folder), given=folder)
    return path


def _load(path: Path, shown: str) -> str:
    package, name = _package(path), _name(path)
    with _named(package, path, shown):
        _import(package, path)
        pack = read_pack(package, name)
        _require_new(pack)
        add(replace(pack, sources=_sources(pack, package)))
    return name


def _package(path: Path) -> str:
    """Make the name to import a folder by: the same in each process, so that reports can be pickled."""
    return f"cuadre_rules_{sha256(bytes(path)).hexdigest()[:12]}"


def _name(path: Path) -> str:
    """Take the name of the folder, with as many of those around it as tell the pack from others."""
    taken = {pack.name for pack in packs()}
    names = ["/".join(path.parts[-depth:]) for depth in range(1, len(path.parts) + 1)]
    return next(name for name in names if name not in taken)


def _require_new(pack: Pack) -> None:
    """Refuse a code that is no pack's and yet taken: that of an unreadable document, or of a provider."""
    from cuadre.rule_packs import provider_rules  # noqa: PLC0415 - only who loads a folder needs providers
    from cuadre.selection import OWN_CODES  # noqa: PLC0415 - as above

    taken = {rule.code: rule.pack for rule in provider_rules()} | dict.fromkeys(OWN_CODES, "cuadre")
    for rule in pack.rules:
        if rule.code in taken:
            sentence = say("cuadre.rules:code_twice", code=rule.code, one=taken[rule.code], other=pack.name)
            raise DefinitionError(sentence, rule=rule.rule)


def _sources(pack: Pack, package: str) -> dict[str, list[str]]:
    return {rule: [one.replace(package, pack.name) for one in some] for rule, some in pack.sources.items()}


class _FolderLoader(SourceFileLoader):
    """Loads a folder as a package, with or without ``__init__.py``."""

    def exec_module(self, module: ModuleType) -> None:
        if Path(self.path).is_file():
            super().exec_module(module)


def _import(package: str, path: Path) -> None:
    """Import a folder under a name that is nobody's; ``sys.path`` stays as it is."""
    init = str(path / "__init__.py")
    spec = spec_from_file_location(
        package, init, loader=_FolderLoader(package, init), submodule_search_locations=[str(path)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(package)
    module = module_from_spec(spec)
    sys.modules[package] = module
    spec.loader.exec_module(module)


@contextmanager
def _named(package: str, path: Path, shown: str) -> Iterator[None]:
    """Name the folder and the file in whatever stops a load, and leave nothing of it behind."""
    try:
        yield
    except CuadreError as error:
        _forget(package)
        fault = _renamed(text_of(error), package, path.name)
        sentence = say("cuadre:bad_rule_pack", folder=shown, fault=fault)
        raise DefinitionError(sentence, **{**error.detail, "folder": shown}) from error
    except (Exception, SystemExit) as error:
        _forget(package)
        sentence = say("cuadre:bad_rule_pack", folder=shown, fault=_culprit(error, path))
        raise DefinitionError(sentence, folder=shown) from error


def _renamed(said: object, package: str, name: str) -> object:
    """Say a sentence with the name of the folder, where it has the name to import it by."""
    if isinstance(said, Text):
        return Text(said.key, {key: _renamed(fact, package, name) for key, fact in said.facts.items()})
    return said.replace(package, name) if isinstance(said, str) else said


def _forget(package: str) -> None:
    for module in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        del sys.modules[module]
    registration.forget(package)
    sentences.forget(package)
    sentences.load_sentences.cache_clear()
    load_table.cache_clear()


def _culprit(error: BaseException, path: Path) -> str:
    """Say where in the folder Python stopped, and at what."""
    what = f"{type(error).__name__}: {error.msg if isinstance(error, SyntaxError) else error}"[:_SHOWN]
    frames = [(Path(one.filename), one.lineno) for one in extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((Path(error.filename), error.lineno))
    mine = [(file, line) for file, line in frames if file.is_relative_to(path)]
    if not mine:
        return what
    file, line = mine[-1]
    name = f"{path.name}/{file.relative_to(path).as_posix()}"
    return say("cuadre:at_line", file=name, line=line, fault=what)
