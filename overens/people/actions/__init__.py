# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do what: given, ended and written down.

Above ``records`` and ``agreements`` (``people.models`` is below them), since every act writes an event on
``organisation/<code>`` or ``person/<number>`` and a mandate may be for one agreement.
"""
