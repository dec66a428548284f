"""Every error that cuadre raises on purpose: data for a program, one sentence for a person."""


class CuadreError(Exception):
    """The root of all errors of cuadre.

    ``code`` names the fault for a program, ``detail`` holds the facts that the sentence was made of.
    """

    code = "error"

    def __init__(self, sentence: str, **detail: object) -> None:
        super().__init__(sentence)
        self.detail = detail


class UsageError(CuadreError, ValueError):
    """An argument that a function of cuadre cannot take; ``detail["given"]`` says what it was."""

    code = "usage"


class AmountError(CuadreError, ValueError):
    """A text or a number that is not an amount within the limits (18 integer digits, 12 decimals)."""

    code = "amount"


class RoundingError(CuadreError, ValueError):
    """A rounding that cannot be done: unknown mode, places out of range, weights without a sum."""

    code = "rounding"


class DocumentError(CuadreError, ValueError):
    """A document that cannot be understood; ``detail["problems"]`` lists each fault with its place."""

    code = "document"


class DefinitionError(CuadreError):
    """A rule, table or plugin that is wrongly defined; raised when it is registered or loaded."""

    code = "definition"


class UnknownNameError(CuadreError, LookupError):
    """A rule code, figure, kind or policy that does not exist; ``detail["near"]`` has the closest names."""

    code = "unknown"
