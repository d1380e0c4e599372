"""Formats messages, lists, prompts and SMS for the terminal."""

from __future__ import annotations

import re
from pathlib import Path

from rich.text import Text

from dukani.chat.line import Prompt
from dukani.sandbox.models import ChatMessage, Row, Sms

_BOLD = re.compile(r"\*([^*\n]+)\*")
_OPTION = re.compile(r"^\*?\d+\. ", re.MULTILINE)
NAME = "bold green"
ASIDE = "dim"


def message_text(message: ChatMessage, name: str, picture: Path | None) -> Text:
    """A boutique's message; `picture` is the path of its saved picture."""
    parts = [Text(f"{name}:", NAME)]
    if picture is not None:
        parts.append(Text(f"{picture_label(message.text)} saved to {picture}", ASIDE))
    if message.text:
        parts.append(bubble(message.text))
    parts += [Text(line) for line in row_lines(message.rows)]
    if message.rows:
        parts.append(Text("(write a number to tap that row)", ASIDE))
    return Text("\n").join(parts)


def picture_label(text: str) -> str:
    """The label of a picture: the number of options that its text lists."""
    options = len(_OPTION.findall(text))
    return f"[picture: {options} option{'s' * (options > 1)}]" if options else "[picture]"


def bubble(text: str) -> Text:
    """WhatsApp's `*bold*` in bold."""
    shown, end = Text(), 0
    for found in _BOLD.finditer(text):
        shown.append(text[end : found.start()]).append(found[1], "bold")
        end = found.end()
    return shown.append(text[end:])


def row_lines(rows: list[Row]) -> list[str]:
    """The rows of a list, each with the number that taps it."""
    lines = []
    for number, row in enumerate(rows, start=1):
        title = row.title.removeprefix(f"{number}. ")
        lines.append(f"  {number}. {title}" + (f" – {row.description}" if row.description else ""))
    return lines


def prompt_text(prompt: Prompt) -> Text:
    return Text(
        f"[M-PESA] Pay Ksh {prompt.amount:,} to {prompt.business}, account {prompt.reference}.\n"
        "Enter your PIN (any four digits; 0000 is wrong; empty cancels):",
        "bold yellow",
    )


def sms_text(sms: Sms) -> Text:
    return Text(f"[SMS from {sms.sender}] {sms.text}", "yellow")
