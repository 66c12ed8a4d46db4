# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text of an agreement as it was stored: the TOML, word for word, with its hash."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Coalesce, Now

from overens.records.models import DocumentVersion


class AgreementQuerySet(models.QuerySet["AgreementVersion"]):
    def current(self, *, unsigned: bool = False) -> Self:
        """The version of each agreement that is computed with, newest agreement first: the newest that the government
        has approved; where it has approved none, the newest that was signed elsewhere. A first text that the parties
        are to sign here is theirs alone until it is approved: unsigned asks for those too.
        """
        of_code = AgreementVersion.objects.filter(code=models.OuterRef("code"), recall=None)
        first = of_code if unsigned else of_code.filter(signed_here=False)
        return self.filter(
            number=Coalesce(_newest(of_code.filter(decisions__kind="approval")), _newest(first))
        ).order_by("-code")

    def newest(self) -> Self:
        """The newest stored version of each agreement that is not taken back, in force or not, newest agreement
        first.
        """
        of_code = AgreementVersion.objects.filter(code=models.OuterRef("code"), recall=None)
        return self.filter(number=_newest(of_code)).order_by("-code")


def _newest(versions: AgreementQuerySet) -> models.Subquery:
    return models.Subquery(versions.order_by().values("code").annotate(newest=models.Max("number")).values("newest"))


class AgreementVersion(models.Model):
    """A text agreed on. ``code`` is the agreement's id (2019), ``number`` its version. Never changed: an amendment is a
    new version, which changes nothing before the government has approved it.

    ``signed_here``: whether the parties sign it in the service. Otherwise it was signed elsewhere, on the day and with
    the number that the text itself states.
    """

    code = models.CharField(max_length=50)
    number = models.PositiveIntegerField()
    title = models.TextField()
    total = models.BigIntegerField()
    text = models.TextField()
    paper = models.OneToOneField(DocumentVersion, models.PROTECT, related_name="agreement_version")
    signed_here = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["code", "number"]
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="agreement_version_once")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"
