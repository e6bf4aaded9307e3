"""Subscriptions: nothing is sent before the address has confirmed, each thing is told once, and out is one press."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection

from runde.foundation.notices.api import (
    SECRET_MARK,
    AddressRefused,
    Letter,
    MailRefused,
    Notice,
    Outgoing,
    SecretPurpose,
    Subscription,
    ask_subscription,
    confirm_subscription,
    end_subscription,
    find_by_secret,
    forget_subscriptions,
    mail_at_once,
    queue_notices,
    send_due,
    tell_subscribers,
    untold,
)
from runde.foundation.notices.models import SubscriptionSecret
from runde.foundation.trust.api import NotFound, fence

pytestmark = pytest.mark.django_db
SITE = "https://runde.example"
MOSS = {"municipality": "3103"}


def ask(at: datetime, email: str = "kari@example.com", *, is_once: bool = False, **filters: str) -> str:
    return ask_subscription(topic="calls", filter=filters, email=email, language="nn", is_once=is_once, at=at)


def subscribe(at: datetime, email: str = "kari@example.com", **filters: str) -> None:
    confirm_subscription(secret=ask(at, email, is_once=False, **filters), at=at)


def write(language: str) -> Letter:
    address = f"{SITE}/ut/{SECRET_MARK}/"
    return Letter(f"Ny ({language})", f"Ei ny utlysing.\n\nSlutt: {address}", address)


def tell(at: datetime, subject: UUID | None = None, *filters: dict[str, str]) -> int:
    with fence(uuid4()):
        told = tell_subscribers(
            topic="calls",
            filters=filters or ({}, MOSS),
            subject_kind="call",
            subject_id=subject or uuid4(),
            write=write,
            at=at,
        )
        send_due(at=at)
    return told


def secret_in(text: str) -> str:
    found = re.search(r"/ut/([\w-]+)/", text)
    assert found
    return found[1]


def test_nothing_is_sent_before_the_address_is_confirmed(at: datetime) -> None:
    secret = ask(at)
    assert tell(at) == 0
    assert find_by_secret(secret, SecretPurpose.CONFIRM, at=at) == confirm_subscription(secret=secret, at=at)
    assert tell(at) == 1
    assert [one.to for one in mail.outbox] == [["kari@example.com"]]


def test_confirming_twice_is_as_good_as_once(at: datetime) -> None:
    secret = ask(at)
    confirm_subscription(secret=secret, at=at)
    later = at + timedelta(days=1)
    assert confirm_subscription(secret=secret, at=later).confirmed_at == at


def test_a_link_grows_old_and_a_guess_leads_nowhere(at: datetime) -> None:
    secret = ask(at)
    for wrong, when in ((secret, at + timedelta(days=7)), ("gjett", at), ("", at), ("x" * 10_000, at)):
        assert find_by_secret(wrong, SecretPurpose.CONFIRM, at=when) is None
        with pytest.raises(NotFound):
            confirm_subscription(secret=wrong, at=when)
    assert find_by_secret(secret, SecretPurpose.END, at=at) is None


def test_asking_again_gives_one_row_and_only_the_last_link_works(at: datetime) -> None:
    first = ask(at)
    second = ask(at, " Kari@Example.com ")
    assert Subscription.objects.count() == 1
    assert find_by_secret(first, SecretPurpose.CONFIRM, at=at) is None
    confirm_subscription(secret=second, at=at)
    ask(at + timedelta(days=1))
    assert Subscription.objects.get().confirmed_at == at


@pytest.mark.parametrize(
    "email", ["", "kari", "a@example.com, b@example.com", "a@example.com\nBcc: b@example.com"]
)
def test_only_an_address_is_taken(at: datetime, email: str) -> None:
    with pytest.raises(AddressRefused):
        ask(at, email)


def test_no_secret_is_in_the_database(at: datetime) -> None:
    asked = ask(at)
    confirm_subscription(secret=asked, at=at)
    tell(at)
    sent = secret_in(str(mail.outbox[0].body))
    with connection.cursor() as cursor:
        for table in ("notices_notice", "notices_subscription", "notices_subscriptionsecret"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")  # noqa: S608
            (written,) = cursor.fetchone()
            assert asked not in written
            assert sent not in written
    assert SubscriptionSecret.objects.count() == 2


def test_each_thing_is_told_once(at: datetime) -> None:
    subscribe(at)
    subject = uuid4()
    assert untold([subject]) == {subject}
    assert tell(at, subject) == 1
    assert untold([subject]) == set()
    subscribe(at, "ola@example.com")
    assert tell(at, subject) == 0
    assert len(mail.outbox) == 1


def test_only_those_who_want_it_are_told_and_each_address_once(at: datetime) -> None:
    subscribe(at)
    subscribe(at, **MOSS)
    subscribe(at, "ola@example.com", municipality="3901")
    subscribe(at, "per@example.com", **MOSS)
    assert tell(at) == 2
    assert sorted(one.to[0] for one in mail.outbox) == ["kari@example.com", "per@example.com"]
    assert {one.subject for one in mail.outbox} == {"Ny (nn)"}


def test_the_mail_carries_the_way_out_in_its_head_and_in_its_text(at: datetime) -> None:
    subscribe(at)
    tell(at)
    raw = mail.outbox[0].message().as_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    secret = secret_in(str(mail.outbox[0].body))
    assert message["List-Unsubscribe"].strip() == f"<{SITE}/ut/{secret}/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"<{SITE}/ut/{secret}/>".encode() in raw
    assert SECRET_MARK not in str(mail.outbox[0].body)


def test_out_with_one_press_and_pressing_again_is_harmless(at: datetime) -> None:
    subscribe(at)
    subscribe(at, **MOSS)
    tell(at)
    secret = secret_in(str(mail.outbox[0].body))
    assert end_subscription(secret=secret, at=at + timedelta(days=900))
    assert not end_subscription(secret=secret, at=at)
    assert not Subscription.objects.exists()
    assert tell(at) == 0


def test_who_left_in_the_meantime_is_not_written_to(at: datetime) -> None:
    subscribe(at)
    tell(at)
    secret = secret_in(str(mail.outbox[0].body))
    with fence(uuid4()):
        tell_subscribers(
            topic="calls", filters=[{}], subject_kind="call", subject_id=uuid4(), write=write, at=at
        )
        end_subscription(secret=secret, at=at)
        assert send_due(at=at) == 1
        assert Notice.objects.get().state == "called_back"
    assert len(mail.outbox) == 1


def test_what_is_not_confirmed_and_what_is_done_is_forgotten(at: datetime) -> None:
    ask(at, "aldri@example.com")
    confirm_subscription(secret=ask(at, "en-gang@example.com", is_once=True, call="1"), at=at)
    subscribe(at)
    tell(at, None, {}, {"call": "1"})
    assert forget_subscriptions(at=at + timedelta(days=6)) == 0
    assert forget_subscriptions(at=at + timedelta(days=8)) == 1
    assert forget_subscriptions(at=at + timedelta(days=31)) == 1
    assert Subscription.objects.get().email == "kari@example.com"


@pytest.mark.parametrize(
    "address",
    [
        "https://runde.example/ut/",
        "javascript:alert(1)/{secret}/",
        "https://runde.example/{secret}/>\r\nBcc: alle@example.com",
        "https://runde.example/>, <mailto:a@example.com>/{secret}/",
    ],
)
def test_nothing_else_gets_into_the_list_header(at: datetime, address: str) -> None:
    with fence(uuid4()), pytest.raises(ValueError, match="Not an address"):
        queue_notices(
            [
                Outgoing(
                    key="k", language="nb", subject="Hei", body="Hei", subject_kind="call", subject_id=uuid4(),
                    email="kari@example.com", subscription_id=uuid4(), end_url=address,
                )
            ],
            at=at,
        )  # fmt: skip


def test_a_mail_at_once_is_kept_nowhere_and_its_refusal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    mail_at_once(email="kari@example.com", language="nb", subject="Ja?\nBcc: x@example.com", body="Trykk")
    assert mail.outbox[0].subject == "Ja? Bcc: x@example.com"

    def refuse(self: object) -> None:
        raise OSError("Ingen kontakt")

    monkeypatch.setattr("runde.foundation.notices.operations.EmailMessage.send", refuse)
    with pytest.raises(MailRefused):
        mail_at_once(email="kari@example.com", language="nb", subject="Ja?", body="Trykk")
