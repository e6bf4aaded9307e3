"""What the typesetting room refuses, by name."""


class LetterRefusal(ValueError):
    """The base of every refusal to write a letter."""


class FontsMissing(LetterRefusal):
    """The folder lacks a face the letters are set in; the message says how to get it."""


class UnknownLetterKind(LetterRefusal):
    """There is no folder for that kind of letter."""


class UnknownText(LetterRefusal):
    """No fixed text with that key in that language on that day."""


class MissingSlot(LetterRefusal):
    """A fixed text needs a value that was not handed in."""


class UnknownSlot(LetterRefusal):
    """A value was handed in that the fixed text has no place for."""


class BrokenTextFile(LetterRefusal):
    """A text file lacks a language, a key or a slot that its siblings have."""


class UnprintableText(LetterRefusal):
    """A text has a control character that cannot stand in a letter."""


class HeadingTooLong(LetterRefusal):
    """The heading is longer than the sixty characters a result must be said in."""


class IncompleteLetter(LetterRefusal):
    """A block that the law or the kind of letter demands is missing, or stands twice."""


class UnsafeLogo(LetterRefusal):
    """The logo is not a plain SVG drawing, or refers to something outside itself."""


class TypesettingFailed(LetterRefusal):
    """The typesetter refused the letter for a reason of its own."""
