# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
def is_table(content): return False
def header_of(content): return ""
def media_type(format): return "text/plain"
def read(content, layout): raise NotImplementedError
