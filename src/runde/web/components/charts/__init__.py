"""Charts as SVG made on the server: the same drawing on screen, on paper and in letters, with no script.

`{% chart figure %}` shows a figure with its finding, drawing, table and CSV link.
Values are Decimal or int, and every value comes with the text that people read.
"""

from .bars import Bar, HorizontalBars
from .figure import Figure, Words, figure_csv
from .grouped import BarGroup, GroupedBars
from .limits import LimitBar, LimitBars
from .pairs import Pair, PairedDots
from .ranges import DotRanges, Range
from .stacked import Part, StackedBar, StackedBars
from .step_lines import Forecast, Level, Series, StepLines
from .two_tone import TwoToneBar, TwoToneBars

__all__ = [
    "Bar",
    "BarGroup",
    "DotRanges",
    "Figure",
    "Forecast",
    "GroupedBars",
    "HorizontalBars",
    "Level",
    "LimitBar",
    "LimitBars",
    "Pair",
    "PairedDots",
    "Part",
    "Range",
    "Series",
    "StackedBar",
    "StackedBars",
    "StepLines",
    "TwoToneBar",
    "TwoToneBars",
    "Words",
    "figure_csv",
]
