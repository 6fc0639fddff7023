"""Plans as people write them, taken apart into their number and the words around it."""

import pytest

from danvan_xl.vietnamese.plans import (
    PlanDoubt,
    PlanWord,
    WrittenPlan,
    is_plan_language,
    take_apart,
    written_plan,
)

NONE, LEAST, MOST = PlanWord.NONE, PlanWord.AT_LEAST, PlanWord.AT_MOST
ABOVE, BELOW = PlanWord.ABOVE, PlanWord.BELOW


@pytest.mark.parametrize(
    ("written", "number", "word"),
    [
        ("19", "19", NONE),
        ("đạt 19", "19", NONE),
        ("phấn đấu đạt 95%", "95%", NONE),
        ("Duy trì 100%", "100%", NONE),
        ("giữ vững 19", "19", NONE),
        ("giảm còn 5", "5", NONE),
        ("giảm xuống còn dưới 5%", "5%", BELOW),
        ("19/19", "19/19", NONE),
        ("đạt 19/19 tiêu chí", "19/19 tiêu chí", NONE),
        ("khoảng 30", "30", NONE),
        ("~30", "30", NONE),
        ("gần 95%", "95%", NONE),
        ("≥ 95 %", "95 %", LEAST),
        (">=95%", "95%", LEAST),
        ("=> 95", "95", LEAST),
        ("từ 85% trở lên", "85%", LEAST),
        ("85% trở lên", "85%", LEAST),
        ("đạt 85% trở lên", "85%", LEAST),
        ("từ 85%", "85%", LEAST),
        ("từ 1.500 hộ trở lên", "1.500 hộ", LEAST),
        ("ít nhất 02 mô hình", "02 mô hình", LEAST),
        ("tối thiểu đạt 95%", "95%", LEAST),
        ("không dưới 95%", "95%", LEAST),
        ("95+", "95", LEAST),
        ("95 (tối thiểu)", "95", LEAST),
        ("≤5", "5", MOST),
        ("không quá 5%", "5%", MOST),
        ("tối đa 3 vụ", "3 vụ", MOST),
        ("5 vụ trở xuống", "5 vụ", MOST),
        ("trên 2 tỷ đồng", "2 tỷ đồng", ABOVE),
        ("> 95", "95", ABOVE),
        ("hơn 95", "95", ABOVE),
        ("vượt 500 hộ", "500 hộ", ABOVE),
        ("dưới 5 vụ/năm", "5 vụ", BELOW),
        ("< 5", "5", BELOW),
        ("tu 85% tro len", "85%", LEAST),
        ("tren 95", "95", ABOVE),
        ("khong qua 5", "5", MOST),
        ("-5", "-5", NONE),
        ("đạt -5", "-5", NONE),
        ("KPS", "KPS", NONE),
        ("KAD", "KAD", NONE),
        ("#REF!", "#REF!", NONE),
        ("1O", "1O", NONE),
        ("", "", NONE),
    ],
)
def test_words_and_number_of_a_plan(written, number, word):
    assert take_apart(written) == WrittenPlan(number, word)


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("85-90%", ("85 %", "90 %")),
        ("85% - 90%", ("85 %", "90 %")),
        ("từ 85 đến 90%", ("85 %", "90 %")),
        ("2 – 3 mô hình", ("2 mô hình", "3 mô hình")),
        ("1.500-2.000 hộ", ("1.500 hộ", "2.000 hộ")),
    ],
)
def test_a_range_has_two_ends(written, ends):
    assert take_apart(written) == WrittenPlan(ends[0], upper=ends[1])


@pytest.mark.parametrize(
    ("written", "doubt"),
    [
        ("giữ vững", PlanDoubt.NO_NUMBER),
        ("theo thực tế", PlanDoubt.NO_NUMBER),
        ("không", PlanDoubt.NO_NUMBER),
        ("không để xảy ra", PlanDoubt.NO_NUMBER),
        ("tăng 5%", PlanDoubt.CHANGE),
        ("giảm 2 vụ", PlanDoubt.CHANGE),
        ("giảm 1-1,5%", PlanDoubt.CHANGE),
        ("thêm 5 mô hình", PlanDoubt.CHANGE),
        ("vượt 10%", PlanDoubt.CHANGE),  # of the plan, or above 10 %
        ("- 20 hộ", PlanDoubt.CHANGE),  # less by 20, or a dash before it
        ("– 5", PlanDoubt.CHANGE),
        ("5% so với năm 2025", PlanDoubt.CHANGE),
        ("mỗi thôn 01", PlanDoubt.EACH),
        ("1 mô hình mỗi thôn", PlanDoubt.EACH),
        ("ít nhất 1 mô hình một thôn", PlanDoubt.EACH),
        ("hằng tháng 2 buổi", PlanDoubt.EACH),
        ("56,4/66,5", PlanDoubt.SEVERAL),
        ("90%/95%", PlanDoubt.SEVERAL),
        ("2 hoặc 3", PlanDoubt.SEVERAL),
        ("trên 85-90%", PlanDoubt.SEVERAL),
        ("trên 95% trở lên", PlanDoubt.WORDS),
        ("vùng cao 95%", PlanDoubt.WORDS),
        ("đến năm 2030 đạt 95%", PlanDoubt.WORDS),
    ],
)
def test_what_says_no_one_number_is_not_known(written, doubt):
    assert take_apart(written) == WrittenPlan(doubt=doubt)


@pytest.mark.parametrize("written", ["-", "–", "Không giao", "không giao chỉ tiêu"])
def test_a_dash_gives_nothing(written):
    assert take_apart(written) == WrittenPlan(is_not_given=True)


@pytest.mark.parametrize(
    ("written", "measure", "doubt"),
    [
        ("100%", "mô hình", PlanDoubt.PERCENT),
        ("100% số hộ", "mô hình", PlanDoubt.PERCENT),
        ("100%", "%", None),
        ("+20", "hộ", PlanDoubt.CHANGE),
        ("+20 hộ", "hộ", PlanDoubt.CHANGE),
        ("+5%", "%", None),  # a growth
        ("19/20", "%", PlanDoubt.SEVERAL),
        ("95% (19/20)", "%", None),
        ("25/24 (104%)", "người", PlanDoubt.SEVERAL),
        ("01 mô hình/thôn", "mô hình", PlanDoubt.EACH),
        ("ít nhất 2 cuộc/quý", "cuộc", PlanDoubt.EACH),
        ("60 tạ/ha", "tạ/ha", None),
        ("50 triệu đồng/người/năm", "triệu đồng/người", None),
        ("50 triệu đồng/người/năm", "triệu đồng/người/năm", None),
    ],
)
def test_the_measure_of_the_row_decides_too(written, measure, doubt):
    assert written_plan(written, measure).doubt is doubt


def test_words_that_are_no_plans_are_known():
    assert is_plan_language("giữ vững")
    assert is_plan_language("56,4/66,5")
    assert not is_plan_language("hỏi ông Năm")
