"""Workbooks to be filled in: their sheets, formulas, choices and guide."""
