"""One figure of each kind."""

from __future__ import annotations

from datetime import date

from runde.web.components.charts import (
    Bar,
    DotRanges,
    Figure,
    Forecast,
    HorizontalBars,
    Level,
    Part,
    Range,
    Series,
    StackedBar,
    StackedBars,
    StepLines,
    Words,
)

SOURCE = "Kilde: saker i Moss kommune, 23. november 2026 kl. 06.00"


def industries() -> HorizontalBars:
    return HorizontalBars(
        identity="naringer",
        words=Words(
            "Servering får over halvparten",
            "Innvilget per næring, 1 000 kroner, november 2026",
            SOURCE,
            "#csv",
        ),
        name_head="Næring",
        value_head="Innvilget (1 000 kr)",
        bars=(
            Bar("Servering", 12840, "12 840", focus=True),
            Bar("Overnatting", 5210, "5 210"),
            Bar("Kulturell virksomhet og underholdning", 3170, "3 170"),
            Bar("Frisering og annen skjønnhetspleie", 1925, "1 925"),
            Bar("Andre", 958, "958"),
        ),
    )


def funds() -> StackedBars:
    return StackedBars(
        identity="kilder",
        words=Words(
            "2,1 av 8 millioner kroner er igjen", "Penger per kilde, millioner kroner", SOURCE, "#csv"
        ),
        name_head="Kilde",
        bars=(
            StackedBar(
                "Kommunalt næringsfond", "5,0", parts_of(("2,4", 24), ("1,1", 11), ("0,6", 6), ("0,9", 9))
            ),
            StackedBar(
                "Fylket, bare reiseliv", "1,8", parts_of(("0,5", 5), ("0,7", 7), ("0,4", 4), ("0,2", 2))
            ),
            StackedBar(
                "Nytt næringsfond",
                "1,2",
                parts_of(("0", 0), ("0", 0), ("0,2", 2), ("1,0", 10), tentative=True),
            ),
        ),
    )


def parts_of(*values: tuple[str, int], tentative: bool = False) -> tuple[Part, ...]:
    names = ("Utbetalt", "Bundet", "Foreslått", "Ledig")
    return tuple(
        Part(name, value, text, tentative=tentative and value > 0 and name == "Ledig")
        for name, (text, value) in zip(names, values, strict=True)
    )


def region() -> DotRanges:
    return DotRanges(
        identity="regionen",
        words=Words(
            "Moss svarer raskere enn de fleste i regionen", "Dager fra søknad til vedtak, 11 kommuner", SOURCE
        ),
        name_head="Ordning",
        own_head="Moss",
        ranges=(
            Range("Smittevern", 6, 14, 31, 9, ("6", "14", "31", "9")),
            Range("Etablering", 12, 28, 55, 33, ("12", "28", "55", "33")),
        ),
    )


def money_over_time() -> StepLines:
    return StepLines(
        identity="over-tid",
        words=Words("Rammen holder ut året", "Millioner kroner siden 1. september 2026", SOURCE, "#csv"),
        first_day=date(2026, 9, 1),
        last_day=date(2026, 12, 31),
        day_texts=("1. september", "31. desember"),
        series=(
            Series(
                "Bundet",
                (
                    level(9, 1, "0", 0),
                    level(9, 21, "1,9", 19),
                    level(10, 19, "3,4", 34),
                    level(11, 23, "5,1", 51),
                ),
            ),
            Series("Utbetalt", (level(9, 1, "0", 0), level(10, 5, "1,2", 12), level(11, 9, "2,9", 29))),
        ),
        frame=level(9, 1, "8,0", 80),
        forecast=Forecast("Ventet", 60, 74, "6,0–7,4"),
    )


def level(month: int, day: int, text: str, tenths: int) -> Level:
    return Level(date(2026, month, day), tenths, text)


def all_figures() -> tuple[Figure, ...]:
    return (industries(), funds(), region(), money_over_time())
