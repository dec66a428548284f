"""Completion: the scripts are those of today's options, and bash completes with its one."""

import shutil
import subprocess

import pytest

from cuadre.cli.completion_command import SHELLS

from .completion_scripts import file_of, script
from .running import run

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize("shell", SHELLS)
def test_script_is_of_todays_options(shell: str) -> None:
    """The script is the one that the options give; ``python -m tests.front.completion_scripts`` writes it."""
    assert file_of(shell).read_text(encoding="utf-8") == script(shell)


@pytest.mark.parametrize("shell", SHELLS)
def test_command_prints_the_script(shell: str, capsys: Capture) -> None:
    """The command prints it as it is."""
    done = run(capsys, "completion", shell)
    assert (done.code, done.out) == (0, file_of(shell).read_text(encoding="utf-8"))


_ASK = """
source {script}
COMP_WORDS=(cuadre {words}); COMP_CWORD={last}
_shtab_cuadre
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("pol", ["policies"]),
        ("check --upd", ["--update-baseline"]),
        ("check --fail-on no", ["notify"]),
    ],
)
def test_bash_completes(words: str, completed: list[str]) -> None:
    """Bash, with the script, completes a command, an option and a value."""
    text = _ASK.format(script=file_of("bash"), words=words, last=len(words.split()))
    done = subprocess.run(["bash", "-c", text], capture_output=True, text=True, check=False)
    assert done.stdout.split() == completed
