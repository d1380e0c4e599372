"""A name that somebody chose ends no line of a mail's head."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dukani.identity.mails import LinkKind, mail_with_link
from tests.examples import examples

LINK = "https://dukani.test/auth/v1/verify?token=t"
NAMES = st.text(max_size=120) | st.sampled_from(
    ["Zuri\r\nBcc: all@example.com", "Zuri\n\n<script>", "Zuri\x0bX: y", "Zuri\u2028X: y"]
)


@pytest.mark.parametrize("language", ["en", "sw"])
@pytest.mark.parametrize("kind", ["invite", "recovery", "signup"])
@examples(60)
@given(name=NAMES)
def test_a_subject_is_one_line_and_the_link_is_ours(
    kind: LinkKind, language: str, name: str
) -> None:
    about = {"boutique": name, "language": language}

    mail = mail_with_link(kind, to="a@b.ke", link=LINK, hours=1, about=about)

    assert len(mail.subject.splitlines()) == 1 and len(mail.subject) < 160
    assert re.findall(r"(?m)^https?://\S+$", mail.text) == [LINK]
