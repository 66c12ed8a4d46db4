# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A deadline of an agreement moved by decision, for one, some or all of those that it is for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from overens.people.models import Organisation
from overens.records.models import DocumentVersion


class Extension(models.Model):
    """``deadline`` is an id of the agreement's file, ``day`` the last day that counts instead: always a later one.

    ``recipients`` are those that it is for; none where it is for all, those who come later too. What is decided is a
    day, so the agreement's rule for days off does not move it further.
    """

    agreement = models.CharField(max_length=50)
    deadline = models.CharField(max_length=50)
    day = models.DateField()
    recipients = models.ManyToManyField(Organisation, related_name="extensions")
    decided_on = models.DateField()
    registration_number = models.CharField(max_length=60)
    decider = models.CharField(max_length=200)
    presenting_officer = models.CharField(max_length=200)
    reasons = models.TextField()
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="extension")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["agreement", "deadline"], name="extension_of_deadline")]
        constraints = [models.CheckConstraint(condition=~Q(registration_number=""), name="extension_has_number")]

    def __str__(self) -> str:
        return f"{self.agreement} {self.deadline} → {self.day}"
