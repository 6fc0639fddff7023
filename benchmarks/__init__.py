"""Measuring danvan_xl: made-up received workbooks with known sums, and what to compare with."""
