"""Grids become records: what a workbook says, each cell with its place."""
