"""What follows after an application was sent: words both ways, the answer read and accepted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from runde.foundation.trust.api import Fenced, FencedManager

from .deciding import Case, Decision


class InformationRequest(Fenced):
    """What the municipality needs to know before it can go on. While it is open the clock stands still.

    It ends when the applicant has answered, or when the municipality no longer waits (`closed_at`).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="requests")
    text = models.TextField()
    due_date = models.DateField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(closed_at__isnull=True),
                name="casework_request_ends_once",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.closed_at is None


class Message(Fenced):
    """A message in a case, from the applicant or to them. A draft until it is sent; then its words stay.

    `read_at` is when the other side first opened it. Attachments hang on its id as subject "message".
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    from_applicant = models.BooleanField()
    answers = models.ForeignKey(
        InformationRequest, null=True, on_delete=models.PROTECT, related_name="answers"
    )
    text = models.TextField(blank=True)
    written_by = models.UUIDField()
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_by = models.UUIDField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = FencedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "case", "written_by", "from_applicant"],
                condition=Q(sent_at__isnull=True),
                name="casework_one_message_draft",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True, read_at__isnull=True) | Q(sent_at__isnull=False),
                name="casework_message_read_when_sent",
            ),
        ]


class DecisionReading(Fenced):
    """Somebody on the applicant's side has confirmed that they have read the decision: the first one counts."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reading")
    read_by = models.UUIDField()
    read_at = models.DateTimeField()

    objects = FencedManager()


class Acceptance(Fenced):
    """The answer to a grant that must be accepted before it is paid. One answer, for ever.

    Declined by the recipient or lapsed by the municipality, the money has gone back to its sources.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Godtatt"
        DECLINED = "declined", "Takket nei"
        LAPSED = "lapsed", "Falt bort"

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="acceptance")
    answer = models.CharField(max_length=10, choices=Answer)
    reason = models.CharField(max_length=500, blank=True)
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    objects = FencedManager()

    @property
    def is_accepted(self) -> bool:
        return self.answer == self.Answer.ACCEPTED
