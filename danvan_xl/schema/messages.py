"""The catalogue of everything the program may say about a workbook.

Code names the findings; data/thong-bao.csv holds the severity, the words and the remedy of each, so
that they can be read and mended by people who do not program. Placeholders in braces are filled by
the check. docs/huong-dan.md lists every code; tests keep the three together.
"""

import csv
from enum import Enum, StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple


class Severity(StrEnum):
    """Mức: an error may make totals wrong, a warning needs a look, a note is for the record."""

    ERROR = "Lỗi"
    WARNING = "Cảnh báo"
    NOTE = "Ghi nhận"


class Message(NamedTuple):
    """One entry of the catalogue, with placeholders."""

    severity: Severity
    text: str
    remedy: str


class Code(Enum):
    """One kind of finding; the value is what the officer sees in column "Mã lỗi"."""

    # Tệp
    FILE_UNREADABLE = "TEP01"
    FILE_ENCRYPTED = "TEP02"
    FILE_OPEN = "TEP03"
    FILE_SKIPPED = "TEP04"
    FILE_WITHOUT_TARGETS = "TEP05"
    FILE_IS_SUMMARY = "TEP06"
    FILE_IS_OWN = "TEP07"
    FILE_NOT_COMPUTED = "TEP08"
    FILE_IS_MARKED_COPY = "TEP09"
    FILE_TOO_MUCH = "TEP10"
    FILE_STUMBLED_OVER = "TEP11"
    FILE_HAS_MACRO_SHEETS = "TEP12"
    MORE_OF_THE_SAME = "TEP13"
    FILE_HALF_WRITTEN = "TEP14"
    FOLDER_CLOSED = "TEP15"
    FORMULAS_UNSEEN = "TEP20"
    FIGURES_NOT_COMPUTED = "TEP21"
    FILE_IS_LINK = "TEP30"
    FILE_SPECIAL = "TEP31"
    FILE_NOT_ALLOWED = "TEP32"
    FILES_OF_SYSTEM = "TEP33"
    FILE_IS_PARCEL = "TEP34"
    FILE_IS_CLOSED_PARCEL = "TEP35"
    FILE_MISNAMED = "TEP36"
    FILE_OF_OTHER_PROGRAM = "TEP37"
    FILE_IS_NO_WORKBOOK = "TEP38"
    FILE_SAME_AS = "TEP39"
    FILE_HAS_MACROS = "TEP50"
    FILE_HAS_OLD_MACROS = "TEP51"
    FILE_LINKS_TO_FILES = "TEP52"
    FIGURE_FROM_OUTSIDE = "TEP53"
    FILE_HAS_CONNECTIONS = "TEP54"
    FORMULAS_CALL_OUT = "TEP55"
    FILE_HAS_OBJECTS = "TEP56"
    FILE_HAS_DDE = "TEP57"
    FILE_HAS_ADDRESSES = "TEP58"
    INBOX_ELSEWHERE = "TEP59"

    # Đơn vị và kỳ
    UNIT_MISSING = "DV01"
    UNIT_UNKNOWN = "DV02"
    UNIT_BY_NAME = "DV03"
    UNIT_SUPERSEDED = "DV04"
    UNIT_CHOSEN = "DV05"
    UNIT_REPEATED = "DV06"
    UNIT_NOT_EXPECTED = "DV07"
    YEAR_WRONG = "DV08"
    YEAR_MISSING = "DV09"
    PERIOD_MISSING = "DV10"
    PERIOD_UNREADABLE = "DV11"
    PERIOD_DIFFERS = "DV12"
    DATE_UNREADABLE = "DV13"
    INFO_CHOICE_UNKNOWN = "DV14"
    UNIT_INCOMPLETE = "DV15"
    UNIT_ENDED = "DV16"
    CUTOFF_DIFFERS = "DV17"
    UNIT_CODE_LOST_ZEROS = "DV20"
    UNIT_CONTRADICTS = "DV21"
    UNIT_HAS_OFFICE_CODE = "DV22"
    UNIT_NAME_UNKNOWN = "DV23"
    ISSUED_TO_ANOTHER = "DV24"
    YEAR_MISTYPED = "DV25"
    UNIT_WITHOUT_CODE = "DV26"
    OFFICE_CODE_UNKNOWN_NAME = "DV27"
    VERSIONS_UNSURE = "DV30"
    DAY_IN_FUTURE = "DV31"
    SHEET_HIDDEN_BESIDE = "DV32"
    REGISTER_HIDDEN_BESIDE = "DV33"

    # Trang và cột
    SHEET_REPEATED = "TR01"
    COLUMN_MISSING = "TR02"
    COLUMN_REPEATED = "TR03"
    REGISTER_REPEATED = "TR04"
    TEXT_IN_OLD_FONT = "TR05"
    OTHER_TABLE_BELOW = "TR06"
    SHEET_HIDDEN = "TR07"
    CELLS_HIDDEN = "TR08"
    SHEET_ACCOUNT = "TR09"
    COLUMN_LOOSELY = "TR20"
    COLUMN_UNREAD = "TR21"
    COLUMN_RUNNING_TOTAL = "TR22"
    LABEL_LOOSELY = "TR23"
    MONTHS_BY_DATE = "TR30"
    MONTHS_BY_NUMBER = "TR31"
    MONTH_COLUMN_MISSING = "TR32"
    MONTH_COLUMNS_FEW = "TR33"
    MONTH_COLUMNS_NONE = "TR34"
    MONTHS_OF_OTHER_YEARS = "TR40"
    MONTHS_IN_BANDS = "TR41"
    MONTHS_UNCLEAR = "TR42"
    ASSIGNMENT_REPEATED = "TR43"

    # Dòng chỉ tiêu
    CODE_MISSING = "CT01"
    CODE_REPEATED = "CT02"
    CODE_UNKNOWN = "CT03"
    CODE_BY_NAME = "CT04"
    MEASURE_INCOMPATIBLE = "CT05"
    MEASURE_DIFFERS = "CT06"
    CHOICE_UNKNOWN = "CT07"
    DEFINITION_DIFFERS = "CT08"
    ROW_IGNORED = "CT09"
    SOURCE_UNREADABLE = "CT10"
    RATIO_WITHOUT_PARTS = "CT11"
    WORK_FIELD_MISSING = "CT12"
    SOURCE_EMPTY = "CT13"
    SOURCE_MEASURE_DIFFERS = "CT14"
    CHOICE_LOOSELY = "CT15"
    TOTAL_ROW = "CT20"
    TOTAL_ROW_DIFFERS = "CT21"
    DIRECTION_BY_NAME = "CT30"
    ADDED_BY_NAME = "CT31"
    DOES_NOT_ADD = "CT32"
    ONE_FIGURE_TAKEN = "CT33"
    CANNOT_SUM = "CT34"
    STOCK_AS_FLOW = "CT38"
    RATIO_MEASURES = "CT40"
    UNIT_RULE_BY_SOURCE = "CT41"
    WEIGHT_UNUSED = "CT42"
    RATIO_RULES_DIFFER = "CT43"
    NAME_OF_ANOTHER = "CT50"
    NAME_DIFFERS = "CT51"
    NAMES_ALIKE = "CT52"
    OWN_INDICATORS = "CT53"
    NOT_GIVEN_REPORTED = "CT54"
    CODE_CHANGED = "CT55"
    CODE_RESTORED = "CT56"
    CODES_BY_NAME = "CT57"
    CODES_LOST = "CT58"

    # Số liệu
    NUMBER_UNREADABLE = "SO01"
    NUMBER_AS_TEXT = "SO02"
    NUMBER_DOUBTFUL = "SO03"
    NUMBER_ESTIMATED = "SO04"
    NUMBER_IS_DATE = "SO05"
    NUMBER_IS_ERROR = "SO06"
    NEGATIVE = "SO07"
    SHARE_OVER_100 = "SO08"
    SHARE_TOO_SMALL = "SO09"
    MONTH_AFTER_PERIOD = "SO10"
    MONTH_BLANK = "SO11"
    PERCENT_NOT_FIGURE = "SO12"
    MEASURE_IN_CELL = "SO13"
    PLAN_IN_CELL = "SO14"
    NONE_OCCURRED = "SO15"
    PLAN_FROM_CELL = "SO16"
    FIGURE_FAR_OFF = "SO17"
    RUNNING_TOTAL = "SO18"
    SAME_EVERY_MONTH = "SO19"
    STOCK_FALLS = "SO20"
    NUMBER_IS_DITTO = "SO21"
    FIGURE_OFF_SCALE = "SO22"
    LETTER_IN_NUMBER = "SO23"
    PAIR_NOT_SHARE = "SO24"
    SHARE_IN_CELL_DIFFERS = "SO25"
    MEASURE_IN_HEADER = "SO26"
    NOT_ONE_NUMBER = "SO30"
    FIGURE_CONVERTED = "SO31"
    SHARE_CUT_OFF = "SO32"
    SHARE_WITHOUT_PLAN = "SO33"
    PERCENT_CELL_READ = "SO34"
    PERCENT_CELL_NOT_READ = "SO35"
    MERGED_MONTHS = "SO36"
    HIDDEN_UNDER_MERGE = "SO37"
    PERCENT_FORMAT_UNKNOWN = "SO38"
    UNIT_SHORT = "SO40"
    FLOW_STOPS = "SO41"
    MONTH_OUTSIDE_LIFE = "SO42"
    ROWS_OUTSIDE_LIFE = "SO43"
    STOCK_OLD = "SO44"
    NOT_WHOLE = "SO50"
    FIGURE_FAR_BELOW = "SO51"
    FIGURE_TOO_LARGE = "SO80"
    TOTAL_TOO_LARGE = "SO81"
    FORMAT_MISLEADS = "SO82"

    # Công thức
    FORMULA_OVERWRITTEN = "CF01"
    FORMULA_ALTERED = "CF02"
    FORMULA_WITHOUT_VALUE = "CF03"
    FORMULAS_NOT_CALCULATED = "CF04"
    SOURCE_DIFFERS = "CF05"
    SOURCE_TYPED_OVER = "CF06"
    FORMULA_UNLIKE_OTHERS = "CF07"

    # Kế hoạch
    PLAN_MISSING = "KH01"
    ACTUAL_WITHOUT_PLAN = "KH02"
    PLAN_NOT_AS_ASSIGNED = "KH03"
    PLANS_DO_NOT_ADD = "KH04"
    ASSIGNMENT_DOES_NOT_ADD = "KH05"
    ASSIGNMENT_UNIT_UNKNOWN = "KH06"
    ASSIGNMENT_CODE_UNKNOWN = "KH07"
    ASSIGNMENT_NOT_THE_PLAN = "KH08"
    PLAN_WITHOUT_NUMBER = "KH20"
    PLAN_IS_CHANGE = "KH21"
    PLAN_FOR_EACH = "KH22"
    PLAN_IS_PERCENT = "KH23"
    PLAN_OF_SEVERAL = "KH24"
    PLAN_WORDS_UNKNOWN = "KH25"
    PLAN_AGAINST_DIRECTION = "KH26"
    PLAN_IS_RANGE = "KH27"
    PLAN_LOWERED = "KH28"
    PLAN_OF_UNIT_UNKNOWN = "KH29"
    PHASES_FALL = "KH30"
    GIVEN_DECLINED = "KH31"
    GIVEN_NOT_APPLICABLE = "KH32"

    # Sổ theo dõi
    REGISTER_CELLS_BLANK = "TD01"
    REGISTER_UNDATED = "TD02"
    REGISTER_CHOICE_UNKNOWN = "TD03"
    REGISTER_ROW_IGNORED = "TD04"
    REGISTER_TOTAL_ROW = "TD05"
    REGISTER_CODE_REPEATED = "TD06"
    DAYS_OUT_OF_ORDER = "TD07"
    PERSONAL_NUMBER = "TD08"
    ROWS_OUT_OF_YEAR = "TD09"
    ROWS_AFTER_PERIOD = "TD10"
    PART_OVER_WHOLE = "TD11"
    FIGURE_OUT_OF_RANGE = "TD12"
    CRITERION_UNKNOWN = "TD13"
    MODEL_REPORTED_TWICE = "TD14"
    MODEL_CODE_CLASH = "TD15"
    MODEL_NAMES_ALIKE = "TD16"
    MODEL_STATES_DIFFER = "TD17"
    NAMES_NOT_COMPARED = "TD18"
    REGISTER_DAY_UNREADABLE = "TD30"
    ROWS_OF_NEXT_JANUARY = "TD31"
    REGISTER_FIGURES_BLANK = "TD32"
    SOURCE_WITHOUT_FIGURES = "TD33"
    ROWS_NOT_WHOLE = "TD34"

    # Gửi và nhận
    SENDING_ALTERED = "GN01"
    SENDING_UNREADABLE = "GN02"
    SIGNATURE_WRONG = "GN03"
    SIGNATURE_MISSING = "GN04"
    SIGNATURE_UNCHECKED = "GN05"
    OLDER_AFTER_NEWER = "GN06"
    SEQUENCE_REUSED = "GN07"
    BUILT_FROM_SUPERSEDED = "GN08"
    REGISTERS_LEFT_OUT = "GN09"
    YEAR_UNKNOWN = "GN10"
    PERIOD_UNKNOWN = "GN11"
    PERIOD_GUESSED = "GN12"
    FILES_UNPLACED = "GN13"
    JOURNAL_UNREADABLE = "GN14"
    JOURNAL_UNREAD = "GN15"
    PARCEL_UNREADABLE = "GN20"
    PARCEL_TOO_MANY = "GN21"
    PARCEL_TOO_LARGE = "GN22"
    PARCEL_NESTED = "GN23"
    PARCEL_LEADS_OUT = "GN24"
    PARCEL_ENCRYPTED = "GN25"
    PARCEL_UNOPENED = "GN26"
    PARCEL_NEEDS_LIBRARY = "GN27"
    MAIL_WITHOUT_FILES = "GN28"
    SENDING_DATED_BACK = "GN30"
    OWN_SENDING_DATED_BACK = "GN31"
    JOURNAL_LINES_UNUSABLE = "GN40"
    JOURNAL_LINES_UNREAD = "GN41"
    PARCEL_GIVEN_UP = "GN50"
    SOURCE_GIVEN_UP = "GN51"
    MANIFEST_CONTRADICTS = "GN60"
    KEY_OF_TWO_UNITS = "GN61"
    SIGNATURE_BROKEN = "GN62"

    # Tổng hợp
    OWN_DIFFERS = "TH01"
    PARTS_DIFFER = "TH02"
    RATIO_UNDEFINED = "TH03"
    UNITS_ALIKE = "TH04"
    RATIO_PARTS_MISSING = "TH20"
    RATIO_STATED_DIFFERS = "TH21"
    RATIO_STATED_CUT = "TH22"
    WEIGHT_MISSING = "TH23"
    MEAN_OF_SHARES = "TH24"
    COUNT_WITHOUT_PLANS = "TH25"
    COUNT_PLAN_OTHER = "TH26"
    COUNT_PLAN_READ = "TH27"
    RATIO_OVER_100 = "TH28"
    PLAN_PARTS_DIFFER = "TH40"
    PART_ABOVE_TOTAL = "TH41"
    TOTAL_FROM_PARTS = "TH42"
    PARTS_ABOVE_TOTAL = "TH43"

    # Năm trước, nhiều năm
    LAST_YEAR_WORKED_OUT = "LS01"
    LAST_YEAR_DIFFERS = "LS02"
    YEAR_WITHOUT_FIGURES = "LS03"
    UNIT_WITHOUT_YEARS = "LS04"
    FILE_WITHOUT_YEAR = "LS05"

    # Giao chỉ tiêu cho các đơn vị
    UNIT_NOT_IN_YEAR = "GC01"
    UNIT_NOT_IN_YEAR_ASSIGNED = "GC02"
    UNIT_WITHOUT_COLUMN = "GC03"
    UNIT_LEVEL_UNKNOWN = "GC04"
    PLAN_NOT_ASSIGNED = "GC05"
    INDICATORS_NOT_ASSIGNED = "GC06"
    WORKBOOK_KEPT = "GC07"
    WORKBOOK_NOT_WRITTEN = "GC08"
    MEASURE_CHANGED = "GC09"
    NOT_CARRIED_OVER = "GC10"
    CARRIED_AS_VALUES = "GC11"
    OLDER_VERSION_USED = "GC12"

    @property
    def label(self) -> str:
        """The code as printed."""
        return self.value

    @cached_property
    def severity(self) -> Severity:
        """How bad it is."""
        return catalogue()[self._value_].severity

    @property
    def text(self) -> str:
        """What is wrong, with placeholders."""
        return catalogue()[self._value_].text

    @property
    def remedy(self) -> str:
        """What to do, with placeholders."""
        return catalogue()[self._value_].remedy


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Message]:
    """Every message by its printed code, in the order of the file."""
    path = Path(__file__).parents[1] / "data" / "thong-bao.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            line["Mã lỗi"]: Message(Severity(line["Mức"]), line["Nội dung"], line["Cách sửa"])
            for line in csv.DictReader(stream)
        }
