"""The sections of a printed case.

What the party may see is put together on its own, from what is theirs to see: it is never the whole with something
taken away, so that a new internal part of a case cannot slip into it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from runde.engine.reference.api import amount_text, date_text
from runde.grants.casework.api import get_reason, is_final, similar_cases
from runde.web.components.facts import Criterion, Fact, SumRow
from runde.web.officer.case_words import answers_of, history_of, proposal_facts
from runde.web.officer.opened import Opened
from runde.web.officer.openness import mark_of
from runde.web.officer.parts.support import known_facts, support_part
from runde.web.officer.proposed import OUTCOME_WORDS
from runde.web.officer.similar import printed_facts
from runde.web.staff import day_and_clock
from runde.web.verdicts import criteria_of, sum_rows


@dataclass(frozen=True, slots=True)
class Words:
    """Something somebody wrote, with who and when; `mark` tells who may see it, on the municipality's own print."""

    head: str
    text: str
    mark: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    facts: list[Fact] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)
    rows: list[SumRow] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.criteria or self.rows or self.words)


def for_the_party(opened: Opened) -> list[Section]:
    """The application, what we know, what is said both ways; the weighing only when it has become a decision.

    Until then it is the office's own preparation (forvaltningsloven section 18). Left out: whatever is marked with a
    ground that the party does not see.
    """
    seen = _Seen(opened, party=True)
    weighed = [seen.checks(), seen.calculation()] if opened.page.decisions else []
    return _filled(
        [
            seen.application(),
            seen.known(),
            *weighed,
            seen.decisions(),
            seen.talk(),
            seen.appeals(),
            seen.papers(),
        ]
    )


def printed_whole(opened: Opened) -> list[Section]:
    """Everything in the case, internal notes and all, each text with who may see it."""
    seen = _Seen(opened, party=False)
    return _filled(
        [
            seen.application(),
            seen.known(),
            _support(opened),
            seen.checks(),
            seen.calculation(),
            _similar(opened),
            _proposal(opened),
            seen.decisions(),
            seen.talk(),
            seen.appeals(),
            seen.papers(),
            _declarations(opened),
            _notes(opened),
            _history(opened),
        ]
    )


def _similar(opened: Opened) -> Section:
    """How like cases were decided; never on the party's print."""
    request = opened.request
    found = similar_cases(opened.page.case.id, by=request.actor, at=request.at)
    return Section("Lignende saker", facts=printed_facts(found))


def _filled(sections: Iterable[Section]) -> list[Section]:
    return [one for one in sections if not one.is_empty]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What both prints may hold: for the party without what they may not see, and without marks."""

    opened: Opened
    party: bool

    def application(self) -> Section:
        facts = [
            Fact(one.label, one.text, source=self._source("answer", one.slug, one.is_personal))
            for section in answers_of(self.opened.page)
            for one in section.answers
            if self._shows("answer", one.slug, one.is_personal)
        ]
        return Section("Søknaden", facts=facts)

    def known(self) -> Section:
        return Section("Opplysninger vi har brukt", facts=known_facts(self.opened, party=self.party))

    def checks(self) -> Section:
        return Section("Kontroll mot kravene", criteria=criteria_of(self.opened.page.verdict, "nb"))

    def calculation(self) -> Section:
        page = self.opened.page
        words = [
            Words(f"{one.label}: {one.shown_is}. Reglene gir {one.shown_was}.", one.reason)
            for one in page.overrides
        ]
        return Section("Beregning", rows=sum_rows(page.verdict, "nb"), words=words)

    def decisions(self) -> Section:
        page = self.opened.page
        words = []
        for one in page.decisions:
            reason = get_reason(one.reason_code).label["nb"]
            shown = one.reason_text if self._shows("reasons", one.id) else ""
            decided = f"{OUTCOME_WORDS[one.outcome]}, {amount_text(one.amount_nok)}. {day_and_clock(one.decided_at)}"
            by = page.names.get(one.decided_by, "")
            last = f"Siste dag å klage: {date_text(one.appeal_by_date)}."
            if is_final(one.reason_code):
                last = "Klageinstansen har avgjort klagen, og vedtaket er endelig."
            words.append(
                Words(decided, f"{reason}. {shown}\nGodkjent av {by}. {last}", self._mark("reasons", one.id))
            )
        return Section("Vedtak", words=words)

    def talk(self) -> Section:
        found, words = self.opened.following, []
        names = self.opened.page.names_with(one.written_by for one in found.messages)
        for asked in found.requests:
            if self._shows("request", asked.id):
                head = f"Spørsmål til søkeren {day_and_clock(asked.asked_at)}, svarfrist {date_text(asked.due_date)}"
                words.append((asked.asked_at, Words(head, asked.text, self._mark("request", asked.id))))
        for one in found.messages:
            if one.sent_at and self._shows("message", one.id):
                side = "Søkeren" if one.from_applicant else "Kommunen"
                head = f"{side}, {names.get(one.written_by, '')} {day_and_clock(one.sent_at)}"
                words.append((one.sent_at, Words(head, one.text, self._mark("message", one.id))))
        return Section("Dialog", words=[each for _, each in sorted(words, key=lambda pair: pair[0])])

    def appeals(self) -> Section:
        words = [
            Words(f"Klage {day_and_clock(one.sent_at)}", f"{one.text}\n{one.get_result_display()}".strip())
            for one in self.opened.following.appeals
            if one.sent_at
        ]
        return Section("Klager", words=words)

    def papers(self) -> Section:
        """Titles only; the documents themselves are files of their own."""
        made = [
            Fact(
                one.document.title,
                date_text(timezone.localdate(one.made_at)),
                source=self._source("document", one.document_id),
            )
            for one in self.opened.page.documents
            if self._shows("document", one.document_id)
        ]
        files = [
            Fact("Vedlegg", one.name, source=self._source("attachment", one.id))
            for some in self.opened.following.files.values()
            for one in some
            if self._shows("attachment", one.id)
        ]
        return Section("Dokumenter i saken", facts=[*made, *files])

    def _shows(self, kind: str, subject_id: object, is_personal: bool = False) -> bool:
        access = self.opened.page.openness.access(kind, subject_id, is_personal=is_personal)
        return not self.party or access.party_sees

    def _mark(self, kind: str, subject_id: object) -> dict[str, str] | None:
        return None if self.party else mark_of(self.opened, kind, subject_id)

    def _source(self, kind: str, subject_id: object, is_personal: bool = False) -> str:
        access = self.opened.page.openness.access(kind, subject_id, is_personal=is_personal)
        exempt = access.ground is not None and not self.party
        return f"Unntatt offentlighet, {access.ground.reference['nb']}" if exempt and access.ground else ""


def _support(opened: Opened) -> Section:
    found = support_part(opened)
    told = (("Igjen av taket", "room"), ("Oppgitt i søknaden", "declared"), ("Hvem det gjelder", "group"))
    facts = [Fact(label, found[key]) for label, key in told if found[key]]
    rows = [
        SumRow(row.cells[0].text, row.cells[2].text, note=f"{row.cells[0].note}, {row.cells[1].text}")
        for row in (found["table"].rows if found["table"] else ())
    ]
    return Section("Tidligere støtte (kroner)", facts=facts, rows=rows)


def _proposal(opened: Opened) -> Section:
    return Section("Forslag til vedtak, internt", facts=proposal_facts(opened.page))


def _declarations(opened: Opened) -> Section:
    page = opened.page
    facts = [
        Fact(
            page.names.get(one.person_id, ""),
            "Kan behandle saken" if one.is_impartial else f"Kan ikke behandle saken. {one.reason}".strip(),
            source=day_and_clock(one.declared_at),
        )
        for one in page.declarations
    ]
    return Section("Hvem kan behandle saken, internt", facts=facts)


def _notes(opened: Opened) -> Section:
    page = opened.page
    names = page.names_with(one.written_by for one in page.notes)
    words = [
        Words(
            f"{names.get(one.written_by, '')}, {day_and_clock(one.written_at)}",
            one.text,
            mark_of(opened, "note", one.id),
        )
        for one in page.notes
    ]
    return Section("Interne notater", words=words)


def _history(opened: Opened) -> Section:
    facts = [Fact(one["when"], one["what"], source=one["who"]) for one in history_of(opened.page)]
    return Section("Historikk", facts=facts)
