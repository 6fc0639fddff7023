"""What those who add up without danvan-xl know of the workbooks, and the last step they share.

Nothing of danvan_xl is imported here: its start is not theirs to pay for.
"""

TITLE = "Chỉ tiêu"
CODE, SOURCE = "Mã", "Nguồn"
MONTH_RULE, LAST = "Cộng kỳ", "Cuối kỳ"
UNIT_RULE, MEAN = "Tổng hợp", "Bình quân"
MONTHS = [f"T{month}" for month in range(1, 13)]


def with_ratios(totals: dict[str, float], sources: dict[str, str]) -> dict[str, float]:
    """The totals with every ratio worked out from the totals of its two parts."""
    ratios = {}
    for code, source in sources.items():
        top, bottom = source.removeprefix("tỷ số ").split("/")
        ratios[code] = totals[top] / totals[bottom] * 100
    return totals | ratios
