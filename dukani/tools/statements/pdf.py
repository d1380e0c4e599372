"""The rows of a statement's PDF, by where its columns stand on the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from dukani.core.errors import CallerError
from dukani.core.tables import Row, UnreadableTable

MOST_PAGES = 300
MOST_TEXT = 2_000_000  # characters: a page may hold a book
_HEADINGS = (
    "Receipt No", "Completion Time", "Details", "Transaction Status", "Paid In", "Withdrawn",
    "Balance",
)  # fmt: skip
_ROW = re.compile(
    r"^\s*(?P<receipt>[A-Z0-9]{6,20})\s+"
    r"(?P<time>\d{1,4}[-/]\d{1,2}[-/]\d{1,4}\s+\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp][Mm])?)\s+"
    r"(?P<details>.*?)\s+(?P<status>Completed|Failed|Pending|Cancelled|Declined|Expired)\b"
    r"(?P<sums>.*)$"
)
_SUM = re.compile(r"-?\d[\d,]*\.\d{2}")


class PasswordNeeded(CallerError):
    """This PDF has a password: Safaricom sent it by SMS. Send it along; it is not kept."""

    http_status = 422


class WrongPassword(CallerError):
    """The PDF does not open with this password: see Safaricom's SMS for it."""

    http_status = 422


def rows_of(data: bytes, password: str | None) -> Iterator[Row]:
    """The heading and the rows below it. Raises UnreadableTable, PasswordNeeded, WrongPassword."""
    lines = [line for page in _pages(data, password) for line in page.splitlines()]
    heading = next((line for line in lines if _is_heading(line)), None)
    if heading is None:
        raise UnreadableTable("This PDF is no M-Pesa statement, or a photo of one.")
    yield 0, list(_HEADINGS)
    ends = [heading.index(name) + len(name) for name in ("Paid In", "Withdrawn")]
    for number, row in enumerate(_joined(lines), 1):
        yield number, _cells(row, ends)


def _is_heading(line: str) -> bool:
    return all(name in line for name in ("Receipt No", "Paid In", "Withdrawn"))


def _pages(data: bytes, password: str | None) -> Iterator[str]:
    # Takes a while to import, and only this needs it.
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and reader.decrypt(password or "") == PasswordType.NOT_DECRYPTED:
            raise WrongPassword if password else PasswordNeeded
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableTable(f"It has more than {MOST_PAGES} pages: download a shorter time.")
        left = MOST_TEXT
        for page in reader.pages:
            text = page.extract_text(extraction_mode="layout")
            left -= len(text)
            if left < 0:
                raise UnreadableTable("It holds too much text: download a shorter time.")
            yield text
    except CallerError:
        raise
    # A broken file makes pypdf raise whatever its code runs into, and recursion without end.
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError,
            OSError, RecursionError, NotImplementedError, AssertionError) as error:  # fmt: skip
        raise UnreadableTable("This PDF cannot be opened: download it anew.") from error


def _joined(lines: list[str]) -> Iterator[tuple[re.Match[str], str]]:
    """Each row with its details, which go on in the lines below it."""
    row: re.Match[str] | None = None
    details: list[str] = []
    for line in lines:
        found = _ROW.match(line)
        if found:
            if row:
                yield row, " ".join(details)
            row, details = found, [found["details"].strip()]
        elif row and line.strip() and len(details) < 4 and _goes_on(line, row):
            details.append(line.strip())
    if row:
        yield row, " ".join(details)


def _goes_on(line: str, row: re.Match[str]) -> bool:
    """Whether a line begins below the row's details, and not at the margin as a footer does."""
    begins = len(line) - len(line.lstrip())
    return abs(begins - row.start("details")) <= 3 and not _SUM.search(line)


def _cells(joined: tuple[re.Match[str], str], ends: list[int]) -> list[str]:
    row, details = joined
    paid_in, withdrawn = "", ""
    sums = [(found.group(), row.start("sums") + found.end()) for found in
            _SUM.finditer(row["sums"])]  # fmt: skip
    if len(sums) >= 3:
        paid_in, withdrawn = sums[0][0], sums[1][0]
    elif sums:
        amount, end = sums[0]
        is_withdrawn = amount.startswith("-") or abs(end - ends[1]) < abs(end - ends[0])
        paid_in, withdrawn = ("", amount) if is_withdrawn else (amount, "")
    return [row["receipt"], re.sub(r"\s+", " ", row["time"]), details, row["status"], paid_in,
            withdrawn, ""]  # fmt: skip
