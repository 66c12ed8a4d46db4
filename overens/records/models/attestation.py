# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attestation: a head of finance's own paper over a version's hash. Signature: over both."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from overens.people.models import Mandate, Person
from overens.records.models.document import DocumentVersion
from overens.records.models.file import StoredFile


class Attestation(models.Model):
    """Alt 1 (correct) or Alt 2 (not correct, with deviations and measures) of the 2019 agreement, Bilaga 2.

    ``version`` is the attestation's own document version, whose content names the hash of ``attested``.
    """

    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="attestation")
    attested = models.ForeignKey(DocumentVersion, models.PROTECT, related_name="attestations")
    alternative = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(alternative__in=[1, 2]), name="attestation_alternative_1_or_2"),
            models.UniqueConstraint(fields=["attested"], name="version_attested_once"),
        ]


class Signature(models.Model):
    """A named person's signature, with a mandate that day, over ``content``: canonical JSON that holds the hash
    of the version, of its attestation where there is one, the declaration as shown, the mandate and the time.

    Made outside the service (``signed-pdf``, ``paper``) it has the received file as ``evidence``, the ``report`` of
    its validation or of who took it in and why, and ``recorded_by``.
    """

    METHODS = ("in-app", "signed-pdf", "paper")

    version = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="signature")
    attestation = models.ForeignKey(Attestation, models.PROTECT, null=True, related_name="signatures")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    method = models.CharField(max_length=30)
    assurance = models.CharField(max_length=10, blank=True, default="")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="signatures")
    report = models.JSONField(null=True)
    recorded_by = models.ForeignKey(Mandate, models.PROTECT, null=True, related_name="+")
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=["in-app", "signed-pdf", "paper"]), name="signature_method_known"
            ),
            models.CheckConstraint(
                condition=Q(method="in-app") | Q(evidence__isnull=False, recorded_by__isnull=False),
                name="signature_outside_has_evidence",
            ),
        ]
