"""One figure of each kind."""

from __future__ import annotations

from datetime import date

from runde.web.components.charts import (
    Bar,
    BarGroup,
    DotRanges,
    Figure,
    Forecast,
    GroupedBars,
    HorizontalBars,
    Level,
    LimitBar,
    LimitBars,
    Pair,
    PairedDots,
    Part,
    Range,
    Series,
    StackedBar,
    StackedBars,
    StepLines,
    TwoToneBar,
    TwoToneBars,
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


def rules() -> TwoToneBars:
    return TwoToneBars(
        identity="krav",
        words=Words(
            "Kravet om omsetning stopper flest alene", "Virksomheter i Moss, 23. november 2026", SOURCE
        ),
        name_head="Krav",
        heads=("Stopper alene", "Sammen med andre krav"),
        bars=(
            TwoToneBar("Omsetningen må ha falt med minst 30 prosent.", 412, 231, ("412", "231", "643")),
            TwoToneBar(
                "Virksomheten må drive med servering, overnatting, kultur, idrett eller annen tjenesteyting.",
                96,
                4210,
                ("96", "4 210", "4 306"),
            ),
            TwoToneBar("Virksomheten kan ikke være konkurs.", 0, 38, ("0", "38", "38")),
        ),
    )


def cost() -> LimitBars:
    return LimitBars(
        identity="kostnad",
        words=Words(
            "Rammen holder i 2 av 3 anslag", "Millioner kroner, etter hvor mange som søker", SOURCE, "#csv"
        ),
        heads=("Anslag", "Kostnad (mill. kr)", "Søkere"),
        limit_text="Rammen: 30 mill. kroner",
        bars=(
            LimitBar("Lavt: 30 prosent søker", 21, "21 mill. kroner, 385 søkere", ("21", "385"), 30),
            LimitBar("Middels: 50 prosent søker", 27, "27 mill. kroner, 642 søkere", ("27", "642"), 30),
            LimitBar("Høyt: 80 prosent søker", 34, "34 mill. kroner, 4 over rammen", ("34", "1 027"), 30),
        ),
    )


def money_used() -> LimitBars:
    heads = ("Kilde", "Beløp (mill. kr)", "Brukt (mill. kr)")
    return LimitBars(
        identity="brukt",
        words=Words("Næringsfondet brukes helt opp", "Millioner kroner, middels anslag", SOURCE),
        heads=heads,
        bars=(
            LimitBar("Næringsfondet", 20, "20 av 20 mill. kroner: 100 prosent", ("20", "20"), 20, 16, 20),
            LimitBar("Fylket, bare reiseliv", 7, "7 av 10 mill. kroner: 70 prosent", ("10", "7"), 10, 5, 9),
        ),
    )


def before_and_after() -> PairedDots:
    return PairedDots(
        identity="forskjell",
        words=Words("Flest nye i Moss", "Virksomheter som kan få støtte", SOURCE),
        name_head="Kommune",
        heads=("Versjon 1", "Kladden"),
        pairs=(
            Pair("Moss", 180, 264, ("180", "264", "▲ 84")),
            Pair("Horten", 120, 120, ("120", "120", "uendret")),
            Pair("Nordre Follo", 90, 61, ("90", "61", "▼ 29")),
            Pair("Hvaler", None, 7, ("ikke vist", "7", "ikke vist")),
        ),
    )


def just_outside() -> GroupedBars:
    return GroupedBars(
        identity="nesten",
        words=Words("148 mangler høyst 5 prosentpoeng", "Virksomheter som bare stoppes av kravet", SOURCE),
        heads=("Krav", "Mangler", "Virksomheter"),
        groups=(
            BarGroup(
                "Omsetningen må ha falt med minst 30 prosent.",
                (Bar("høyst 1 prosentpoeng", 31, "31"), Bar("1 til 5 prosentpoeng", 117, "117")),
            ),
            BarGroup("Virksomheten må ha minst 5 ansatte.", (Bar("høyst 1 ansatt", 22, "22"),)),
        ),
    )


def all_figures() -> tuple[Figure, ...]:
    shown = (industries(), funds(), region(), money_over_time())
    return (*shown, rules(), cost(), money_used(), before_and_after(), just_outside())
