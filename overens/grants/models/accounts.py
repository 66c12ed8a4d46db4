# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies of accounts: what the state asks for, and what it has said since."""

from django.db import models
from django.db.models import Q

from overens.grants.models.case import Case
from overens.people.models import Mandate, Organisation, Person
from overens.records.models import DocumentVersion


class AccountsQuerySet(models.QuerySet["AccountsRequest"]):
    def open(self) -> "AccountsQuerySet":
        """Neither answered nor closed."""
        return self.filter(answer=None, closed_at=None)

    def answered(self) -> "AccountsQuerySet":
        """Answered, and waiting for the asker to say what came of it."""
        return self.filter(answer__isnull=False, closed_at=None)


class AccountsRequest(models.Model):
    """A request for copies of accounts (2019 agreement, section 8.1: the ministry and the payer may ask).

    ``due_on`` is the last day as it is now. Whoever asked may move it, and may close the request with or without an
    answer (``closed_at``); each such step is a row of its own.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="accounts_requests")
    asked_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    wanted = models.TextField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="accounts_request")
    closed_at = models.DateTimeField(null=True)

    objects = AccountsQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.case} {self.asked_by}"


class AccountsStep(models.Model):
    """What the asker did with its request: moved the last day to ``due_on``, or (None) closed it. Never changed."""

    request = models.ForeignKey(AccountsRequest, models.PROTECT, related_name="steps")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField()
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="accounts_step_has_note")]
