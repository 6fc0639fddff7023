"""Workbooks of results: the summary, a sending, a marked copy."""
