"""Which rule codes are reported, and as what: what ``select``, ``ignore`` and ``severity`` choose."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from cuadre.engine.errors import UnknownNameError
from cuadre.engine.findings import Severity
from cuadre.engine.texts import Text, say
from cuadre.rule_packs import all_rules, pack_rules

UNREADABLE = "CUA001"
"""The code of a finding that says why a document cannot be read."""
SCHEMA = "XSD"
"""The code of a finding of the schema layer."""
OWN_CODES = (UNREADABLE, SCHEMA)
"""The codes that are no rule's."""
CHOSEN_SEVERITIES = (Severity.REJECT, Severity.NOTIFY, Severity.LINT)
"""What a rule may be made; an error is no rule's."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Beginnings of codes, in capitals: those to report, to leave out, and to weigh otherwise."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    """The longest beginning first, since it says more than a shorter one."""
    ignore_reason: str | None = None

    @property
    def reason(self) -> Text | None:
        """Say what was chosen, left out and weighed otherwise; None where nothing was."""
        parts = tuple(self._parts())
        return say("cuadre:selection", parts=parts) if parts else None

    def _parts(self) -> Iterator[Text]:
        if self.select:
            yield say("cuadre:chosen", chosen=" ".join(self.select))
        if self.ignore:
            left_out, reason = " ".join(self.ignore), self.ignore_reason
            if reason is None:
                yield say("cuadre:left_out", left_out=left_out)
            else:
                yield say("cuadre:left_out_because", left_out=left_out, reason=reason)
        for code, severity in self.severities:
            yield say(f"cuadre:weighed.{severity.value}", code=code)

    def wants(self, code: str) -> bool:
        """Tell whether findings of a code are to be reported."""
        code = code.upper()
        return (not self.select or code.startswith(self.select)) and not (
            self.ignore and code.startswith(self.ignore)
        )

    def severity(self, code: str) -> Severity | None:
        """Return the severity that was chosen for a code; None where the rule's own holds."""
        code = code.upper()
        return next((chosen for start, chosen in self.severities if code.startswith(start)), None)


def codes_in(text: str) -> tuple[str, ...]:
    """Read codes as people write them in an option: ``FAU, fav06``."""
    return tuple([code.strip().upper() for code in text.split(",") if code.strip()])


def choose(
    select: str | Collection[str] = (),
    ignore: str | Collection[str] = (),
    severities: Mapping[str, Severity | str] | None = None,
    ignore_reason: str | None = None,
) -> Selection:
    """Make a selection; raise UnknownNameError for a beginning that no code has, or for no severity."""
    weighed = {_known(code): _severity(severity) for code, severity in (severities or {}).items()}
    longest_first = sorted(weighed.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return Selection(_known_codes(select), _known_codes(ignore), tuple(longest_first), ignore_reason)


def _severity(name: str) -> Severity:
    if name not in CHOSEN_SEVERITIES:
        sentence = say("cuadre:no_severity", name=name, known=tuple(CHOSEN_SEVERITIES))
        raise UnknownNameError(sentence, near=get_close_matches(name, CHOSEN_SEVERITIES))
    return Severity(name)


def _known_codes(beginnings: str | Collection[str]) -> tuple[str, ...]:
    wanted = (beginnings,) if isinstance(beginnings, str) else beginnings
    return tuple([_known(beginning) for beginning in wanted])


@cache
def _known(beginning: str) -> str:
    capitals = beginning.upper()
    # The packs of all countries are loaded only for a code of theirs, and providers for one that no pack has.
    for codes in (lambda: OWN_CODES, _pack_codes, _all_codes):
        known = codes()
        if any(code.upper().startswith(capitals) for code in known):
            return capitals
    near = get_close_matches(capitals, sorted({code.upper()[: len(capitals)] for code in known}))
    sentence = say("cuadre:no_code", beginning=beginning)
    if near:
        sentence = say("cuadre:did_you_mean", sentence=sentence, near=tuple(near))
    raise UnknownNameError(sentence, near=near)


def _pack_codes() -> list[str]:
    return [rule.code for rule in pack_rules()]


def _all_codes() -> list[str]:
    return [*OWN_CODES, *(rule.code for rule in all_rules())]
