"""The files of a folder that may be documents, without those that a project excludes or git ignores."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathspec import GitIgnoreSpec

from cuadre.engine.tables import load_table

EXCLUDED, IGNORED = "excluded", "ignored by git"
_ENDINGS = {".xml", ".json"}
_GITIGNORE = ".gitignore"
_USUAL = GitIgnoreSpec.from_lines([row["pattern"] for row in load_table("cuadre", "excluded", ("pattern",))])


class Folder:
    """A folder to look through; what is passed by is counted, but for the usual folders of tools."""

    def __init__(
        self, path: str, *, exclude: Sequence[str] = (), root: Path | None = None, gitignore: bool = True
    ) -> None:
        self._path = path
        self._exclude = _Patterns(root or Path(path), GitIgnoreSpec.from_lines(exclude))
        self._gitignore = gitignore
        self.passed_by: Counter[str] = Counter()
        """How many files and folders are not looked at: ``excluded``, ``ignored by git``."""

    def files(self) -> Iterator[str]:
        """Yield the .xml and .json files below the folder, by name; links to folders are not followed.

        Raises OSError where a folder below cannot be read.
        """
        left: list[tuple[Path, list[_Patterns]]] = [(Path(self._path), self._above())]
        while left:
            path, ignores = left.pop()
            if not path.is_dir():
                yield str(path)
                continue
            ignores = [*ignores, *self._here(path)]
            below = [one for one in path.iterdir() if self._takes(one, ignores)]
            # The last in is the first out.
            left += [(one, ignores) for one in sorted(below, reverse=True)]

    def _takes(self, path: Path, ignores: Sequence["_Patterns"]) -> bool:
        folder = path.is_dir()
        if folder and (path.is_symlink() or _USUAL.match_file(f"{path.name}/")):
            return False
        if not folder and not (path.suffix.lower() in _ENDINGS and path.is_file()):
            return False
        if self._exclude.decides(path, folder=folder):
            self.passed_by[EXCLUDED] += 1
            return False
        # The nearest .gitignore that says anything of a path decides.
        decisions = (one.decides(path, folder=folder) for one in reversed(ignores))
        if next((decision for decision in decisions if decision is not None), False):
            self.passed_by[IGNORED] += 1
            return False
        return True

    def _here(self, place: Path) -> list["_Patterns"]:
        if not self._gitignore:
            return []
        try:
            text = (place / _GITIGNORE).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return []
        return [_Patterns(place, GitIgnoreSpec.from_lines(text.splitlines()))]

    def _above(self) -> list["_Patterns"]:
        """Read the files above the folder, up to the root of its repository.

        One that ignores the folder itself is left out: somebody named the folder.
        """
        start = Path(self._path).absolute()
        above = list(start.parents)
        roots = [index for index, place in enumerate((start, *above)) if (place / ".git").exists()]
        found = [one for place in above[: roots[0] if roots else 0] for one in self._here(place)]
        return [one for one in reversed(found) if not one.decides(start, folder=True)]


class Exclusion:
    """What a project leaves out among files that are named: its patterns, and the folders of tools."""

    def __init__(self, exclude: Sequence[str], root: Path) -> None:
        self._root = root
        self._patterns = _Patterns(root, GitIgnoreSpec.from_lines(exclude))

    def leaves_out(self, path: Path) -> bool:
        """Tell whether a file is left out; patterns are relative to the root."""
        parts = Path(os.path.relpath(path, self._root)).parts[:-1]
        if any(_USUAL.match_file(f"{part}/") for part in parts):
            return True
        return bool(self._patterns.decides(path, folder=False))


class _Patterns:
    """Patterns as in .gitignore, relative to a folder."""

    def __init__(self, folder: Path, spec: GitIgnoreSpec) -> None:
        self._folder = folder
        self._spec = spec

    def decides(self, path: Path, *, folder: bool) -> bool | None:
        """Tell whether the path is left out; None where no pattern is about it."""
        if not len(self._spec):
            return None
        relative = os.path.relpath(path, self._folder)
        if relative.startswith(os.pardir):
            return None
        return self._spec.check_file(f"{relative}/" if folder else relative).include
