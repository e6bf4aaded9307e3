"""Exact arithmetic for one case: decimals that never round unless a rule says how."""

from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow

EXACT = Context(prec=90, traps=[InvalidOperation, DivisionByZero, Overflow, Inexact])
"""Wider than any two 38-digit factors; raises rather than rounds."""


def half_away(numerator: int, denominator: int) -> int:
    """The whole number nearest numerator/denominator; halves go away from zero."""
    size = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return size if (numerator < 0) == (denominator < 0) else -size


def divide(above: Decimal, below: Decimal, decimals: int, largest: int) -> Decimal | None:
    """above / below with `decimals` decimals, half away from zero.

    None when below is zero, or the quotient beyond `largest` (in units of the last decimal).
    """
    if not below:
        return None
    top, bottom = above.as_integer_ratio(), below.as_integer_ratio()
    units = half_away(top[0] * bottom[1] * 10**decimals, top[1] * bottom[0])
    return Decimal(units).scaleb(-decimals, EXACT) if abs(units) <= largest else None


def to_decimals(value: Decimal, decimals: int) -> Decimal:
    """The value with at most `decimals` decimals, half away from zero."""
    top, bottom = value.as_integer_ratio()
    return Decimal(half_away(top * 10**decimals, bottom)).scaleb(-decimals, EXACT)


def down_to_step(value: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of step that is not above value (−250 by 100 gives −300)."""
    (top, bottom), (step_top, step_bottom) = value.as_integer_ratio(), step.as_integer_ratio()
    return EXACT.multiply(Decimal(top * step_bottom // (bottom * step_top)), step)


def up_to_step(value: Decimal, step: Decimal) -> Decimal:
    """The smallest multiple of step that is not below value."""
    return EXACT.minus(down_to_step(EXACT.minus(value), step))


def nearest_step(value: Decimal, step: Decimal) -> Decimal:
    """The multiple of step nearest value; halves go away from zero."""
    (top, bottom), (step_top, step_bottom) = value.as_integer_ratio(), step.as_integer_ratio()
    return EXACT.multiply(Decimal(half_away(top * step_bottom, bottom * step_top)), step)
