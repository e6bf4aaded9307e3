"""Where an appeal stands, what can happen to it, who may, and what it means for the party. Pure.

The rows have the shape of `states.py` and are printed with the others into docs/states.md. The law behind them:
forvaltningsloven §§ 28-36 (appeal) and § 42 (waiting), kommuneloven §§ 11-10 and 13-3 (who took part in the decision
takes no part in the appeal).
"""

from __future__ import annotations

from enum import StrEnum

from .states import NOTHING_YET, State, Step, Table, UnknownStep


class AppealState(StrEnum):
    DRAFT = "draft"
    LATE = "late"
    RECEIVED = "received"
    DEFECT = "defect"
    REASSESSING = "reassessing"
    CHANGING = "changing"
    PARTLY = "partly"
    FORWARDED = "forwarded"
    TO_DECIDE = "to_decide"
    CARRYING_OUT = "carrying_out"
    DISMISSED = "dismissed"
    ENDED = "ended"


class AppealEvent(StrEnum):
    BEGIN = "begin"
    SEND = "send"
    SEND_LATE = "send_late"
    HEAR = "hear"
    DISMISS = "dismiss"
    REINSTATE = "reinstate"
    CONTEST = "contest"
    ASK_CORRECTION = "ask_correction"
    CORRECT = "correct"
    GO_ON = "go_on"
    KEEP_GOING = "keep_going"
    TAKE = "take"
    GIVE_BACK = "give_back"
    UPHOLD = "uphold"
    RETURNED = "returned"
    DECIDED = "decided"
    DECIDED_PARTLY = "decided_partly"
    CONTENT = "content"
    MAINTAIN = "maintain"
    FORWARD = "forward"
    BODY_KEPT = "body_kept"
    BODY_CHANGED = "body_changed"
    BODY_ANNULLED = "body_annulled"
    BODY_DISMISSED = "body_dismissed"
    PROPOSE = "propose"
    WITHDRAW = "withdraw"


S, E = AppealState, AppealEvent
PARTY, OFFICER, APPROVER = "casework.commit", "casework.appeals", "casework.approve"
OTHERS = "de som var med på vedtaket det er klaget på"
TELLS = "Søkeren får beskjed."
NO_WAY_BACK = "Dette kan ikke gjøres om."

STATES: tuple[State, ...] = (
    State("appeal", S.DRAFT, "Kladd hos søkeren", "Kladd", "stopped"),
    State("appeal", S.LATE, "Kom etter fristen", "Klagen er mottatt", "stopped"),
    State("appeal", S.RECEIVED, "Mottatt", "Klagen er mottatt", "stopped"),
    State("appeal", S.DEFECT, "Venter på retting", "Vi trenger svar fra deg", "stopped"),
    State("appeal", S.REASSESSING, "Vurderes på nytt", "Klagen behandles", "stopped"),
    State("appeal", S.CHANGING, "Nytt vedtak til godkjenning", "Klagen behandles", "stopped"),
    State("appeal", S.PARTLY, "Delvis medhold, venter på søkeren", "Vi trenger svar fra deg", "stopped"),
    State("appeal", S.FORWARDED, "Hos klageinstansen", "Klagen er sendt videre", "stopped"),
    State("appeal", S.TO_DECIDE, "Nytt vedtak må fattes", "Klagen behandles", "stopped"),
    State("appeal", S.CARRYING_OUT, "Nytt vedtak etter klageinstansen", "Klagen behandles", "stopped"),
    State("appeal", S.DISMISSED, "Avvist", "Klagen er avvist", "stopped"),
    State("appeal", S.ENDED, "Ferdig", "Klagen er avgjort", "stopped", ends=True),
)


def _row(
    event: AppealEvent,
    before: tuple[AppealState, ...],
    after: AppealState,
    who: str,
    *means: str,
    undo: str = "",
) -> Step:
    others = "" if who == PARTY else OTHERS
    states = tuple(one.value for one in before) or (NOTHING_YET,)
    return Step("appeal", event, states, after, who, means, undo, impartial=who != PARTY, other_than=others)


STEPS: tuple[Step, ...] = (
    _row(E.BEGIN, (), S.DRAFT, PARTY),
    _row(
        E.SEND,
        (S.DRAFT,),
        S.RECEIVED,
        PARTY,
        "Kommunen får klagen.",
        "Penger klagen kan føre til, blir satt av hvis det er nok igjen.",
        "Du får en kvittering på e-post.",
        undo="Du kan trekke klagen til den er avgjort.",
    ),
    _row(
        E.SEND_LATE,
        (S.DRAFT,),
        S.LATE,
        PARTY,
        "Kommunen får klagen og vurderer om den kan behandles selv om fristen er ute.",
        "Du får en kvittering på e-post.",
        undo="Du kan trekke klagen til den er avgjort.",
    ),
    _row(
        E.HEAR,
        (S.LATE,),
        S.RECEIVED,
        OFFICER,
        "Klagen behandles selv om den kom etter fristen.",
        TELLS,
        undo=NO_WAY_BACK,
    ),
    _row(
        E.DISMISS,
        (S.LATE, S.RECEIVED, S.DEFECT, S.REASSESSING),
        S.DISMISSED,
        OFFICER,
        "Klagen blir ikke behandlet.",
        "Penger satt av til klagen, frigis.",
        "Søkeren får brev og e-post, og kan be om at avvisningen vurderes på nytt.",
        undo="Klagen kan tas opp igjen.",
    ),
    _row(
        E.REINSTATE,
        (S.DISMISSED,),
        S.RECEIVED,
        OFFICER,
        "Klagen behandles likevel (oppfriskning).",
        "Penger klagen kan føre til, settes av på nytt.",
        TELLS,
    ),
    _row(E.CONTEST, (S.DISMISSED,), S.LATE, PARTY, "Kommunen vurderer på nytt om klagen skal behandles."),
    _row(
        E.TAKE,
        (S.RECEIVED,),
        S.REASSESSING,
        OFFICER,
        "Du har ansvar for å se på saken på nytt.",
        undo="Du kan gi klagen fra deg.",
    ),
    _row(E.GIVE_BACK, (S.REASSESSING,), S.RECEIVED, OFFICER, "En annen må se på klagen."),
    _row(
        E.ASK_CORRECTION,
        (S.RECEIVED, S.REASSESSING),
        S.DEFECT,
        OFFICER,
        "Søkeren får e-post om hva som mangler, og når det må rettes.",
        "Klagen venter til den er rettet eller fristen er ute.",
        undo="Retter søkeren ikke klagen, kan den behandles slik den er, eller avvises.",
    ),
    _row(E.CORRECT, (S.DEFECT,), S.RECEIVED, PARTY, "Kommunen får rettingen og behandler klagen."),
    _row(
        E.GO_ON,
        (S.DEFECT,),
        S.RECEIVED,
        OFFICER,
        "Klagen behandles slik den er.",
    ),
    _row(
        E.UPHOLD,
        (S.REASSESSING,),
        S.CHANGING,
        OFFICER,
        "Forslaget til nytt vedtak går til godkjenning.",
        "En som ikke var med på det første vedtaket, må godkjenne.",
        "Søkeren får ikke beskjed før vedtaket er godkjent.",
        undo="Den som godkjenner, kan sende forslaget tilbake.",
    ),
    _row(E.RETURNED, (S.CHANGING,), S.REASSESSING, APPROVER, "Vedtaket som står, gjelder fortsatt."),
    _row(
        E.DECIDED,
        (S.CHANGING, S.CARRYING_OUT),
        S.ENDED,
        APPROVER,
        "Det nye vedtaket erstatter det det er klaget på.",
        "Penger satt av til klagen brukes. Resten frigis.",
        "Søkeren får nytt vedtaksbrev og ny klagefrist.",
        undo=NO_WAY_BACK,
    ),
    _row(
        E.DECIDED_PARTLY,
        (S.CHANGING,),
        S.PARTLY,
        APPROVER,
        "Det nye vedtaket erstatter det det er klaget på.",
        "Søkeren svarer om klagen skal stå for resten.",
        undo=NO_WAY_BACK,
    ),
    _row(E.CONTENT, (S.PARTLY,), S.ENDED, PARTY, "Klagen er avsluttet. Det nye vedtaket gjelder."),
    _row(E.MAINTAIN, (S.PARTLY,), S.REASSESSING, PARTY, "Klagen står for resten og behandles videre."),
    _row(
        E.KEEP_GOING,
        (S.PARTLY,),
        S.REASSESSING,
        OFFICER,
        "Søkeren har ikke svart, så klagen står for resten.",
    ),
    _row(
        E.FORWARD,
        (S.LATE, S.REASSESSING),
        S.FORWARDED,
        OFFICER,
        "Klagen går til {body} med vurderingen din.",
        "Søkeren får kopi av vurderingen som brev, og e-post om det.",
        "Penger satt av til klagen, er satt av til den er avgjort.",
        undo=NO_WAY_BACK,
    ),
    _row(
        E.BODY_KEPT,
        (S.FORWARDED,),
        S.ENDED,
        OFFICER,
        "Vedtaket står og kan ikke klages på igjen.",
        "Penger satt av til klagen, frigis.",
        TELLS,
        undo=NO_WAY_BACK,
    ),
    _row(
        E.BODY_CHANGED,
        (S.FORWARDED,),
        S.TO_DECIDE,
        OFFICER,
        "Neste steg er å føre det nye vedtaket, så beløp og utbetaling følger.",
        TELLS,
        undo=NO_WAY_BACK,
    ),
    _row(
        E.BODY_ANNULLED,
        (S.FORWARDED,),
        S.TO_DECIDE,
        OFFICER,
        "Kommunen må fatte et nytt vedtak.",
        TELLS,
        undo=NO_WAY_BACK,
    ),
    _row(
        E.BODY_DISMISSED,
        (S.FORWARDED,),
        S.ENDED,
        OFFICER,
        "Vedtaket står.",
        "Penger satt av til klagen, frigis.",
        TELLS,
        undo=NO_WAY_BACK,
    ),
    _row(
        E.PROPOSE,
        (S.TO_DECIDE,),
        S.CARRYING_OUT,
        OFFICER,
        "Forslaget til nytt vedtak går til godkjenning.",
        "En som ikke var med på det første vedtaket, må godkjenne.",
        undo="Den som godkjenner, kan sende forslaget tilbake.",
    ),
    _row(E.RETURNED, (S.CARRYING_OUT,), S.TO_DECIDE, APPROVER, "Forslaget må lages på nytt."),
    _row(
        E.WITHDRAW,
        (S.LATE, S.RECEIVED, S.DEFECT, S.REASSESSING, S.FORWARDED),
        S.ENDED,
        PARTY,
        "Klagen blir ikke behandlet. Vedtaket står.",
        undo="Du kan klage på nytt så lenge fristen ikke er ute.",
    ),
)
APPEALS = Table(STATES, STEPS)

LABELS: dict[str, str] = {str(one.name): one.officer for one in STATES}
OVER = frozenset({S.DISMISSED, S.ENDED})
"""Nothing waits on anybody; a dismissed appeal can still be brought back."""
WITH_PARTY = frozenset({S.DEFECT, S.PARTLY})
LAID_BEFORE = frozenset({S.CHANGING, S.CARRYING_OUT})
"""A new decision waits for an approver."""


def find_after(state: str, event: AppealEvent) -> AppealState | None:
    """The state the event leads to; None when it cannot happen there."""
    try:
        return AppealState(APPEALS.after("appeal", event, state))
    except UnknownStep:
        return None


def events_in(state: str, who: str) -> tuple[AppealEvent, ...]:
    """What those with this permission may do in the state, in the table's order."""
    return tuple(AppealEvent(one.event) for one in APPEALS.ways_on("appeal", state) if one.who == who)
