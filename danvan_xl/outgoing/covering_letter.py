"""The mail a sending goes with: what it is, how complete, and what is furthest behind."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from danvan_xl.consolidation.consolidation import Consolidation
from danvan_xl.outgoing.drafts import Attachment, Draft
from danvan_xl.outgoing.letters import period_words
from danvan_xl.reading.manifests import Sealed
from danvan_xl.report.remarks import completion_text
from danvan_xl.rollup.achieved import count_unmet
from danvan_xl.rollup.rating import Rating
from danvan_xl.rollup.summary_line import SummaryLine
from danvan_xl.rollup.units_behind import worst_key
from danvan_xl.schema.output_sheets import ISSUES
from danvan_xl.vietnamese.printed import show_date, vietnamese_number

_NAMED = 5
_SHOWN_SEAL = 16
_UNRATED = (Rating.NOT_REPORTED, Rating.NOT_ASSIGNED)


def covering_letter(
    result: Consolidation,
    sealed: Sealed,
    to: Sequence[str],
    attachment: Attachment,
    errors: int = 0,
) -> Draft:
    """The draft of the mail to the office above, with the sending attached."""
    manifest = sealed.manifest
    period = period_words(manifest.period, manifest.year)
    subject = f"Báo cáo công tác dân vận {period} - {manifest.unit_name}"
    if manifest.sequence > 1:
        subject += f" (lần {manifest.sequence})"
    body = "\n".join(_lines(result, sealed, attachment.name, errors))
    return Draft(tuple(to), subject, body + "\n", (attachment,))


def _lines(result: Consolidation, sealed: Sealed, file: str, errors: int) -> Iterator[str]:
    info, manifest = result.book.info, sealed.manifest
    yield f"Kính gửi: {info.parent_name or 'cơ quan cấp trên'}"
    yield ""
    yield (
        f"{info.unit_name} gửi báo cáo kết quả thực hiện các chỉ tiêu công tác dân vận "
        f"{period_words(manifest.period, manifest.year)}."
    )
    yield ""
    if result.units:
        yield f"1. Độ phủ: {result.reported}/{len(result.units)} đơn vị trực thuộc có số liệu."
    else:
        yield "1. Độ phủ: báo cáo của chính đơn vị, không có đơn vị trực thuộc."
    yield f"2. Kết quả: {_outcome(result)}."
    yield from _worst(result)
    if errors:
        yield f"4. Lưu ý: số liệu còn {errors} lỗi chưa sửa, ghi ở trang {ISSUES.title}."
    yield ""
    yield (
        f"Số liệu chi tiết ở tệp đính kèm {file} (bản gửi lần {manifest.sequence}, "
        f"đóng gói ngày {show_date(manifest.sent_on)}, mã kiểm {sealed.seal[:_SHOWN_SEAL]}). "
        "Đề nghị không sửa tệp này; bản gửi bị sửa sẽ không được tính."
    )
    yield ""
    yield "Trân trọng."
    yield ""
    if info.preparer_title:
        yield info.preparer_title
    yield info.unit_name


def _outcome(result: Consolidation) -> str:
    """How the indicators stand: how many are reached, on the way, behind, not known."""
    ratings = Counter(line.rating for line in result.lines.values())
    unmet = str(count_unmet(ratings.elements()))
    counts = (
        ("đạt hoặc vượt kế hoạch", sum(n for rating, n in ratings.items() if rating.is_met)),
        ("đúng tiến độ hoặc trong mức", ratings[Rating.ON_TRACK] + ratings[Rating.WITHIN]),
        ("đang thực hiện", ratings[Rating.UNDER_WAY]),
    )
    unrated = (
        ("chưa đủ báo cáo để đánh giá", ratings[Rating.INCOMPLETE]),
        ("không rõ kế hoạch", ratings[Rating.PLAN_UNKNOWN]),
        ("chưa có số liệu hoặc không giao kế hoạch", sum(ratings[rating] for rating in _UNRATED)),
    )
    shown = "; ".join([*_counted(counts), *filter(None, [unmet]), *_counted(unrated)])
    return f"{vietnamese_number(len(result.lines))} chỉ tiêu, trong đó {shown}"


def _counted(counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    for words, count in counts:
        if count:
            yield f"{vietnamese_number(count)} {words}"


def _worst(result: Consolidation) -> Iterator[str]:
    behind = [line for line in result.lines.values() if line.rating.is_unmet]
    behind.sort(key=lambda line: worst_key(line.completion, line.definition.code))
    if not behind:
        yield "3. Không có chỉ tiêu chưa đạt, chậm tiến độ hoặc có nguy cơ vượt."
        return
    named = behind[:_NAMED]
    heading = f"Chỉ tiêu: {count_unmet(line.rating for line in behind)}"
    if len(behind) > len(named):
        heading += f"; {len(named)} chỉ tiêu thấp nhất"
    yield f"3. {heading}:"
    yield from map(_named, named)


def _named(line: SummaryLine) -> str:
    done = completion_text(line) or f"thực hiện {_figure(line)}"
    definition = line.definition
    words = f"{definition.indicator} ({line.measure})" if line.measure else (definition.indicator)
    return f"   - {definition.code} {words}: {done}; {line.rating.value.lower()}."


def _figure(line: SummaryLine) -> str:
    return "chưa có" if line.actual is None else vietnamese_number(line.actual)
