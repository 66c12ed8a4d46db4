# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The follow-up's own task: who gave it, what it is to deliver, and with whom it was talked over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.people.models import Mandate, Organisation
from overens.records.models import StoredFile


class Commission(models.Model):
    """The task to follow an agreement up, as the asker was given it. ``text`` is what it says."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="commissions")
    agreement = models.CharField(max_length=50)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    registration_number = models.CharField(max_length=50, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-agreement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement"], name="commission_once_an_agreement")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.agreement}"

    @property
    def subject(self) -> str:
        """What its events are about."""
        return f"commission/{self.agreement}-{self.organisation.code}"


class DeliverableForm(models.TextChoices):
    REPORT = "report"
    ORAL = "oral"
    WORKSHOP = "workshop"
    OTHER = "other"


class Deliverable(models.Model):
    """Something that the commission is to give. ``deadline`` is the id of the agreement's deadline that it came from,
    where it came from one. ``delivered_on`` stays empty until it is given.
    """

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="deliverables")
    what = models.CharField(max_length=200)
    form = models.CharField(max_length=10, choices=DeliverableForm)
    to_whom = models.CharField(max_length=200, blank=True)
    due = models.DateField(null=True)
    deadline = models.CharField(max_length=50, blank=True)
    delivered_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = [models.F("due").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=DeliverableForm.values), name="deliverable_form_known"),
            models.UniqueConstraint(
                fields=["commission", "deadline"], condition=~Q(deadline=""), name="deliverable_once_a_deadline"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class ConsultationKind(models.TextChoices):
    CONSULTATION = "consultation"
    WORKSHOP = "workshop"
    MEETING = "meeting"


class Consultation(models.Model):
    """A talk with others about the follow-up: with whom, when, and what came of it. Never changed; a mistake is put
    right by another row that says so.
    """

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="consultations")
    kind = models.CharField(max_length=15, choices=ConsultationKind)
    with_whom = models.CharField(max_length=300)
    on = models.DateField()
    notes = models.TextField(blank=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ConsultationKind.values), name="consultation_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.with_whom} {self.on}"
