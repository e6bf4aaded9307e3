"""The one table: every state of a case and what belongs to it, every event, who may, and what it means.

Read it row by row; `states.py` says what the columns are. A change here changes operations, permissions and pages.
"""

from __future__ import annotations

from . import appeal_states, reversal_states
from .states import NOTHING_YET, STAYS, SYSTEM, State, Step, Table

STATES = (
    State("case", "open", "Under behandling", "Under behandling", "runs"),
    State("case", "proposed", "Til godkjenning", "Under behandling", "runs"),
    State("case", "decided", "Vedtatt", "Vedtak er fattet", "stopped"),
    State("case", "withdrawn", "Trukket", "Trukket", "stopped", ends=True),
    State("proposal", "pending", "Til godkjenning", "Under behandling", "runs"),
    State("proposal", "approved", "Godkjent", "Vedtak er fattet", "stopped", ends=True),
    State("proposal", "returned", "Sendt tilbake", "Under behandling", "runs", ends=True),
    State("request", "waiting", "Venter på opplysninger", "Vi trenger svar fra deg", "stands"),
    State("request", "answered", "Besvart", "Under behandling", "runs", ends=True),
    State("request", "closed", "Venter ikke lenger", "Under behandling", "runs", ends=True),
    State("grant", "conditional", "Betinget av at pengene blir vedtatt", "Vedtak er fattet", "stopped"),
    State("grant", "to_accept", "Venter på at vilkårene godtas", "Vedtak er fattet", "stopped"),
    State("grant", "in_force", "Gjelder", "Vedtak er fattet", "stopped"),
    State("grant", "declined", "Takket nei", "Avsluttet", "stopped"),
    State("grant", "lapsed", "Falt bort", "Avsluttet", "stopped"),
    State("grant", "replaced", "Erstattet av et nytt vedtak", "Vedtak er fattet", "stopped", ends=True),
)

LAID = (
    State("treatment", "laid", "Til politisk behandling", "Under behandling", "runs"),
    State("treatment", "registered", "Behandlet", "Vedtak er fattet", "stopped", ends=True),
)
RESERVED = (
    State("reserve", "waiting", "Venter", "Vedtak er fattet", "stopped"),
    State("reserve", "up", "Pengene rekker", "Vedtak er fattet", "stopped"),
    State("reserve", "granted", "Har fått tilskudd", "Vedtak er fattet", "stopped", ends=True),
    State("reserve", "ended", "Ikke lenger på lista", "Vedtak er fattet", "stopped", ends=True),
)

UNDECIDED = ("open", "proposed")

CASE = (
    Step(
        "case",
        "open",
        (NOTHING_YET,),
        "open",
        SYSTEM,
        ("Søknaden er sendt inn og kontrollert mot kravene.", "Fristen for svar begynner å løpe."),
    ),
    Step("case", "declare", ("open", "proposed", "decided"), STAYS, "casework.declare", impartial=False),
    Step("case", "assign", ("open",), STAYS, "casework.assign"),
    Step(
        "case",
        "hold",
        ("open",),
        STAYS,
        "casework.hold",
        ("Søkeren får ikke beskjed, og fristen for svar løper som før.",),
    ),
    Step("case", "check", UNDECIDED, STAYS, "casework.check", ("Søkeren får ikke beskjed.",)),
    Step(
        "case",
        "override",
        ("open",),
        STAYS,
        "casework.check",
        (
            "Beregningen følger tallet du setter.",
            "Tallet, det reglene ga og begrunnelsen din følger saken inn i vedtaket.",
            "Søkeren får ikke beskjed før vedtaket er fattet.",
        ),
        "Du kan la reglenes eget tall gjelde igjen så lenge saken er åpen.",
    ),
    Step(
        "case",
        "move",
        ("open",),
        STAYS,
        "schemes.manage",
        (
            "Sakene vurderes på nytt med en gang, etter reglene i versjonen.",
            "{changed} får et annet svar eller et annet beløp.",
            "Saker som er endret siden du åpnet siden, blir ikke flyttet.",
            "Søkerne får ikke beskjed før vedtaket er fattet.",
        ),
        "Du kan flytte sakene tilbake på samme måte så lenge de ikke er avgjort.",
    ),
    Step(
        "case",
        "ask",
        ("open",),
        STAYS,
        "casework.correspond",
        (
            "Søkeren får e-post med spørsmålet.",
            "Svarfristen på søknaden står stille til søkeren har svart.",
        ),
        "Du kan slutte å vente på svar når som helst.",
    ),
    Step(
        "case",
        "write",
        ("open", "proposed", "decided", "withdrawn"),
        STAYS,
        "casework.correspond",
        ("Søkeren får e-post om at det er en melding i saken.",),
        "Meldingen kan ikke endres når den er sendt.",
    ),
    Step("case", "hear", ("open", "proposed", "decided", "withdrawn"), STAYS, "casework.follow"),
    Step(
        "case",
        "propose",
        ("open",),
        "proposed",
        "casework.propose",
        (
            "{what} går til godkjenning.",
            "{approvers} godkjenner.",
            "Svaret ditt om at du kan behandle sakene, blir skrevet i journalen.",
            "Sakene kan ikke endres mens de venter.",
            "Søkeren får ikke beskjed før vedtaket er godkjent.",
        ),
        "Den som godkjenner, kan sende forslaget tilbake.",
    ),
    Step(
        "case",
        "propose_anew",
        ("decided",),
        "proposed",
        "casework.propose",
        (
            "{what} går til godkjenning.",
            "Vedtaket som står, gjelder til det nye er godkjent.",
            "Søkeren får ikke beskjed før det nye vedtaket er godkjent.",
        ),
        "Den som godkjenner, kan sende forslaget tilbake.",
    ),
    Step(
        "case",
        "give_back",
        ("proposed",),
        "open",
        "casework.approve",
        (
            "{what} blir åpne igjen.",
            "{prepared_by} ser begrunnelsen din.",
            "Ingen søkere får beskjed.",
        ),
        "Saksbehandleren kan lage et nytt forslag.",
        when="first",
        other_than="den som laget forslaget",
    ),
    Step(
        "case",
        "give_back",
        ("proposed",),
        "decided",
        "casework.approve",
        ("Vedtaket som står, gjelder fortsatt.",),
        "Saksbehandleren kan lage et nytt forslag.",
        when="anew",
        other_than="den som laget forslaget",
    ),
    Step(
        "case",
        "decide",
        ("proposed",),
        "decided",
        "casework.approve",
        (
            "Du sier at du kan behandle sakene og ikke har egne interesser i dem.",
            "{sum} blir satt av til {granted}.",
            "{letters} blir skrevet, og søkerne får e-post.",
            "Søkerne kan klage. Siste dag er {appeal_by}, eller senere når de får vite om vedtaket senere.",
            "Økonomi kan klargjøre utbetalingen.",
        ),
        "Det kan ikke angres. Et vedtak kan bare endres med et nytt vedtak.",
        other_than="den som laget forslaget",
    ),
    Step(
        "case",
        "withdraw",
        UNDECIDED,
        "withdrawn",
        "applications.submit",
        ("Kommunen slutter å behandle søknaden.", "Det du sendte, blir liggende i saken."),
        "Du kan ikke angre. Du kan sende en ny søknad så lenge ordningen er åpen.",
    ),
    Step(
        "case",
        "delay",
        UNDECIDED,
        STAYS,
        "casework.correspond",
        (
            "Søkeren ser den nye dagen og årsaken i saken med en gang.",
            "Runde sender det foreløpige svaret når det er tid for det, med denne dagen og årsaken.",
            "Fristen som ble lovet, flyttes ikke. Saken står fortsatt som forsinket når den er passert.",
        ),
        "Du kan sette en ny dag når som helst.",
    ),
    Step(
        "case",
        "tell_provisionally",
        UNDECIDED,
        STAYS,
        SYSTEM,
        ("Søkeren får vite hvorfor svaret tar tid, og når det kan ventes.",),
    ),
    Step(
        "case",
        "tell_again",
        ("decided",),
        STAYS,
        SYSTEM,
        ("Søkeren får én melding til om svaret som ikke er lest.",),
    ),
    Step("case", "read_decision", ("proposed", "decided"), STAYS, "casework.follow"),
)

PROPOSAL = (
    Step("proposal", "prepare", (NOTHING_YET,), "pending", "casework.propose"),
    Step(
        "proposal",
        "approve",
        ("pending",),
        "approved",
        "casework.approve",
        other_than="den som laget forslaget",
    ),
    Step(
        "proposal",
        "return",
        ("pending",),
        "returned",
        "casework.approve",
        other_than="den som laget forslaget",
    ),
)

REQUEST = (
    Step("request", "ask", (NOTHING_YET,), "waiting", "casework.correspond"),
    Step(
        "request",
        "answer",
        ("waiting",),
        "answered",
        "casework.follow",
        ("Kommunen får svaret.", "Kommunen fortsetter å behandle søknaden."),
    ),
    Step(
        "request",
        "close",
        ("waiting",),
        "closed",
        "casework.correspond",
        ("Fristen for svar på søknaden løper igjen.",),
        "Du kan spørre på nytt.",
    ),
    Step(
        "request", "end", ("waiting",), "closed", SYSTEM, ("Vedtaket eller trekket gjør svaret unødvendig.",)
    ),
)

GRANT = (
    Step("grant", "arise", (NOTHING_YET,), "in_force", SYSTEM),
    Step(
        "grant",
        "arise_conditional",
        (NOTHING_YET,),
        "conditional",
        SYSTEM,
        ("Ingen penger blir satt av før pengene er vedtatt.", "Søkeren får vite at vedtaket er betinget."),
    ),
    Step(
        "grant",
        "settle_budget",
        ("conditional",),
        "replaced",
        "casework.propose",
        (
            "Nye vedtak går til godkjenning: tilskuddene gjelder fullt ut, settes ned eller faller bort.",
            "De betingede vedtakene står til de nye er godkjent.",
            "Søkerne får nytt brev når det nye vedtaket er godkjent.",
        ),
        "Den som godkjenner, kan sende forslaget tilbake.",
        other_than="den som godkjenner",
    ),
    Step("grant", "arise_to_accept", (NOTHING_YET,), "to_accept", SYSTEM),
    Step(
        "grant",
        "accept",
        ("to_accept",),
        "in_force",
        "casework.commit",
        (
            "{company} godtar vilkårene over.",
            "{authority} gjør utbetalingen av {amount} klar.",
            "Du får en e-post om at vilkårene er godtatt.",
        ),
        "Du kan ikke angre når du har godtatt. Du kan fortsatt klage på vedtaket.",
    ),
    Step(
        "grant",
        "decline",
        ("to_accept",),
        "declined",
        "casework.commit",
        (
            "{company} får ikke pengene.",
            "Kommunen kan gi dem til andre.",
            "Du får en e-post om at dere har takket nei.",
        ),
        "Du kan ikke angre.",
    ),
    Step(
        "grant",
        "lapse",
        ("to_accept",),
        "lapsed",
        "casework.correspond",
        ("Pengene går tilbake til finansieringskildene.", "Søkeren får beskjed."),
        "Dette kan ikke gjøres om. Et nytt vedtak må til.",
    ),
    Step(
        "grant", "replace", ("conditional", "to_accept", "in_force", "declined", "lapsed"), "replaced", SYSTEM
    ),
)

TREATMENT = (
    Step(
        "treatment",
        "lay_before_board",
        (NOTHING_YET,),
        "laid",
        "casework.propose",
        (
            "{body} får innstillingen og fatter vedtaket.",
            "Søkeren får ikke beskjed før utfallet er registrert.",
        ),
        "Utfallet kan være et annet enn innstillingen.",
    ),
    Step(
        "treatment",
        "register",
        ("laid",),
        "registered",
        "casework.approve",
        (
            "Det utvalget har bestemt, blir vedtak.",
            "Det som er utsatt, blir åpent igjen.",
            "{letters} blir skrevet, og søkerne får e-post.",
        ),
        "Det kan ikke angres. Et vedtak kan bare endres med et nytt vedtak.",
        other_than="den som laget innstillingen",
    ),
)

RESERVE = (
    Step(
        "reserve",
        "enter",
        (NOTHING_YET,),
        "waiting",
        SYSTEM,
        ("Søkeren får avslag med plass på reservelista.",),
    ),
    Step("reserve", "come_up", ("waiting",), "up", SYSTEM, ("Pengene rekker til den neste på lista.",)),
    Step("reserve", "grant", ("waiting", "up"), "granted", SYSTEM, ("Søkeren får et nytt vedtak.",)),
    Step("reserve", "leave", ("waiting", "up"), "ended", SYSTEM),
)

TABLE = Table(
    (*STATES, *LAID, *RESERVED, *appeal_states.STATES, *reversal_states.STATES),
    (
        *CASE,
        *PROPOSAL,
        *REQUEST,
        *GRANT,
        *TREATMENT,
        *RESERVE,
        *appeal_states.STEPS,
        *reversal_states.STEPS,
    ),
)
