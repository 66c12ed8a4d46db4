# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The follow-up of 2016 and 2017 as the 2018 report prints it: figures, measures, statements, lists, visits."""
