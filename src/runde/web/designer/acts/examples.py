"""What the letters refer to last, and the answers of the worked example."""

from __future__ import annotations

from runde.foundation.forms.api import form_of, read_answers
from runde.grants.designs.api import Content, set_example, set_legal_references
from runde.web.designer.acts.sent import Refusal, Sent, refused_by_rules
from runde.web.designer.example_shown import PREFIX, asked_in_example


def change_legal(sent: Sent) -> Content:
    """The topics ticked: those that stood keep their order, new ones follow."""
    chosen = sent.form.getlist("topic")
    standing = [str(one) for one in sent.content["legal_basis"].get("references", ())]
    kept = [one for one in standing if one in chosen]
    with refused_by_rules("lov"):
        return set_legal_references(sent.content, [*kept, *(one for one in chosen if one not in kept)])


def change_example(sent: Sent) -> Content:
    """Every answer is read as the applicant's own would be; all of them empty takes the example away."""
    asked = [question.slug for question in asked_in_example(sent.content)]
    raw = {slug: sent.form.getlist(f"{PREFIX}{slug}") for slug in asked}
    form = form_of(sent.content["form"])
    reading = read_answers(form, raw, require=None, language="nb", asked=asked)
    if reading.errors:
        raise Refusal({f"{PREFIX}{slug}": [told] for slug, told in reading.errors.items()})
    with refused_by_rules("eksempel"):
        return set_example(sent.content, {slug: one for slug, one in reading.values.items() if slug in asked})
