"""Drafts: what a mail program finds in them."""

import email
from email.policy import default

from danvan_xl.outgoing.drafts import Attachment, Draft, draft_as_eml, parse_addresses


def parsed(draft: Draft) -> email.message.EmailMessage:
    return email.message_from_bytes(draft_as_eml(draft), policy=default)


def test_a_draft_opens_unsent_with_its_words_and_its_workbook():
    content = bytes(range(256)) * 40
    draft = Draft(
        ("tinh@example.vn", "so@example.vn"),
        "Báo cáo dân vận tháng 6",
        "Kính gửi: Ban Dân vận\n\nTỷ lệ 104,17%.\n",
        (Attachment("BC_PP_2026.xlsx", content),),
    )

    message = parsed(draft)

    assert message["X-Unsent"] == "1"
    assert message["To"] == "tinh@example.vn, so@example.vn"
    assert message["Subject"] == draft.subject
    assert message.get_body(("plain",)).get_content().splitlines() == draft.body.splitlines()
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("BC_PP_2026.xlsx", content)


def test_a_subject_of_two_lines_adds_no_header():
    message = parsed(Draft((), "Nhắc nộp\nBcc: ai@example.vn", "Chào"))

    assert message["Subject"] == "Nhắc nộp Bcc: ai@example.vn"
    assert message["Bcc"] is None
    assert message["To"] is None


def test_addresses_are_told_from_what_is_none():
    found = parse_addresses(" a@x.vn; b.c@y.gov.vn,a@x.vn khong-co@\n<script>@x.vn")

    assert found.known == ("a@x.vn", "b.c@y.gov.vn")
    assert found.wrong == ("khong-co@", "<script>@x.vn")
