# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be said of a measure: its states, what it is to the work, and who had a part in it.

Sources: 2018 report, p. 16 (that planned, ongoing and ended could not be told apart), pp. 13-15 and Bilaga 1 (who was
involved); 2019 agreement, sections 3 and 4 (strengthen ongoing work, keep effects). The lists are ours.
"""

PLANNED, PILOT, ONGOING = "planned", "pilot", "ongoing"
BROAD, REGULAR, ENDED = "broad-introduction", "regular-operation", "ended"
STATUSES = (PLANNED, PILOT, ONGOING, BROAD, REGULAR, ENDED)
# New, an ongoing work that is strengthened, or the effects of an earlier one that are kept.
NATURES = ("new", "strengthened", "maintained")
# The respondent's own assessment: how far it has spread within, and whether others should take it up.
SPREADS = ("single-unit", "several-units", "whole-region", "other-regions")
WORTH = ("yes", "with-changes", "too-early", "no")
PARTIES = (
    "patient-near-operations", "staff-representatives", "private-providers", "patients", "municipalities",
    "universities", "other-regions", "authorities", "citizens",
)  # fmt: skip
# How well a measure's name could be read in print (the reference follow-up).
LEGIBILITY = ("ok", "partly-restored", "illegible")
