"""How a report looks where it is shown: in colours or not, and within a width or not."""

from dataclasses import dataclass
from textwrap import wrap

_CUT = "…"
_TOGETHER = "\u00a0"
_NARROWEST = 40
_HANGING = 4


@dataclass(frozen=True, slots=True)
class Screen:
    """A terminal, or a file, which has no width and no colours."""

    colour: bool = False
    width: int | None = None
    """In characters; what is narrower than 40 is taken for 40."""

    def fit(self, line: str) -> list[str]:
        """Break a sentence at its blanks; what follows the first line is indented by four more."""
        if self.width is None or len(line) <= self.width:
            return [line]
        indent = " " * (len(line) - len(line.lstrip()))
        return wrap(
            line.strip(),
            max(self.width, _NARROWEST),
            initial_indent=indent,
            subsequent_indent=indent + " " * _HANGING,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def fit_marked(self, before: str, marked: str, after: str, colour: str) -> list[str]:
        """Break a sentence of which ``marked`` is in a colour and on one line."""
        lines = self.fit(f"{before}{marked.replace(' ', _TOGETHER)}{after}")
        text = "\n".join(lines).replace(marked.replace(" ", _TOGETHER), self.paint(marked, colour), 1)
        return text.split("\n")

    def paint(self, text: str, colour: str) -> str:
        """Write in a colour (SGR), where there are colours."""
        return f"\033[{colour}m{text}\033[0m" if self.colour else text

    def cut(self, before: str, figure: str, after: str, margin: int) -> tuple[str, str, str]:
        """Cut a line of the input so that it fits beside its margin, with the figure in it."""
        room = None if self.width is None else max(self.width, _NARROWEST) - margin
        if room is None or len(before) + len(figure) + len(after) <= room:
            return before, figure, after
        around = max(room - len(figure), 0) // 2
        if len(before) > around:
            before = _CUT + before[len(before) - around + 1 :] if around else ""
        left = max(room - len(before) - len(figure), 0)
        return before, figure, after if len(after) <= left else after[: max(left - 1, 0)] + _CUT
