# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A digest to one person on one day, and what it told them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.people.models import Notice, Person
from overens.rules.notices import OPTIONAL


class LetterState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # by the mail server, for good
    SHOWN = "shown"  # where no mail is sent (the demo): only to be read here


class Letter(models.Model):
    """As it was sent. ``message_id`` follows from what it tells, so that one that is sent again is known as the same.

    The words are kept for some months (overens/reminders/letters.py), the fact that it was sent for good.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    day = models.DateField()
    address = models.EmailField()
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=100, unique=True)
    may_decline = models.BooleanField()
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.WAITING)
    problem = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="letter_once_a_day"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} → {self.address}"


class Telling(models.Model):
    """That a person is told of a notice by e-mail, once."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="tellings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="tellings")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "notice"], name="told_once")]


class Declined(models.Model):
    """A kind of notice that a person does without by e-mail; it still stands on the pages."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="declined")
    kind = models.CharField(max_length=20)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="declined_once"),
            models.CheckConstraint(condition=Q(kind__in=OPTIONAL), name="declined_is_optional"),
        ]
