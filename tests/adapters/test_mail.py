import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.mail import (
    Mailbox,
    MailRefused,
    MailUnavailable,
    OutgoingLetter,
    RecordingMailbox,
    SmtpMailbox,
)
from tests.adapters.mail_server import LetterBox, certificate, serving

DESK = "慕溪售后 <desk@shop.example>"
LETTER = OutgoingLetter(
    letter="case/7F3K/letter/1",
    to="li.lei@customer.example",
    subject="您的投诉 7F3K 已受理，我们会在四小时内给您答复，请放心等待客服专员与您联系 🐼",
    text="李雷您好：\n\n.您的投诉已受理。\n" + "很长的一行" * 300,
    html="<p>李雷您好</p>",
)


class Staged:
    """A mailbox with the strings that a contract test pulls."""

    def __init__(self, mailbox: Mailbox, box: LetterBox | None) -> None:
        self.mailbox, self.box = mailbox, box

    def refuse(self, address: str) -> None:
        if isinstance(self.mailbox, RecordingMailbox):
            self.mailbox.refuses.add(address)
        elif self.box:
            self.box.at_rcpt[address] = f"550 5.1.1 <{address}> no such user"

    def go_down(self) -> None:
        if isinstance(self.mailbox, RecordingMailbox):
            self.mailbox.is_down = True
        elif self.box:
            self.box.at_mail = "421 4.3.2 going down"

    def arrived(self) -> list[tuple[str, str]]:
        if isinstance(self.mailbox, RecordingMailbox):
            return [(letter.to, letter.subject) for letter in self.mailbox.sent]
        assert self.box
        return [(letter["To"], letter["Subject"]) for letter in self.box.letters]


@pytest.fixture(params=["smtp", "recording"])
async def staged(request: pytest.FixtureRequest) -> AsyncIterator[Staged]:
    if request.param == "recording":
        yield Staged(RecordingMailbox(DESK), None)
        return
    box = LetterBox()
    async with serving(box) as port:
        yield Staged(SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK, timeout=10), box)


async def test_every_mailbox_takes_a_letter_and_names_it(staged: Staged) -> None:
    receipt = await staged.mailbox.send(LETTER)
    assert staged.arrived() == [(LETTER.to, LETTER.subject)]
    assert re.fullmatch(r"<[0-9a-f]{40}@shop\.example>", receipt.message_id)
    assert receipt.answer
    assert LETTER.to not in receipt.answer


async def test_every_mailbox_gives_a_letter_sent_again_the_same_name_and_another_letter_another(staged: Staged) -> None:
    first, again = await staged.mailbox.send(LETTER), await staged.mailbox.send(LETTER)
    other = await staged.mailbox.send(OutgoingLetter("case/7F3K/letter/2", LETTER.to, "x", "y"))
    assert first.message_id == again.message_id != other.message_id
    assert len(staged.arrived()) == 3


async def test_every_mailbox_says_for_good_that_an_address_does_not_exist(staged: Staged) -> None:
    staged.refuse(LETTER.to)
    with pytest.raises(MailRefused) as refused:
        await staged.mailbox.send(LETTER)
    assert (refused.value.code, refused.value.status) == (550, "5.1.1")
    assert staged.arrived() == []


async def test_every_mailbox_that_is_down_asks_for_patience(staged: Staged) -> None:
    staged.go_down()
    with pytest.raises(MailUnavailable):
        await staged.mailbox.send(LETTER)
    assert staged.arrived() == []


@pytest.mark.parametrize(
    "address",
    ["", "li.lei", "@x.example", "a@", "a b@x.example", "a@x.example\r\nBcc: b@x.example", "a@x.example, b@x.example",
     "<a@x.example>", "a@" + "x" * 260 + ".example", "a@x..example", "a@" + "中" * 80 + ".cn"],
)  # fmt: skip
async def test_every_mailbox_refuses_what_is_no_address(staged: Staged, address: str) -> None:
    with pytest.raises(MailRefused) as refused:
        await staged.mailbox.send(OutgoingLetter("l", address, "s", "t"))
    assert refused.value.status == "address_malformed"
    assert staged.arrived() == []


async def test_every_mailbox_keeps_a_line_break_in_the_subject_from_becoming_a_header(staged: Staged) -> None:
    await staged.mailbox.send(OutgoingLetter("l", LETTER.to, "hello\r\nBcc: thief@x.example", "t"))
    assert len(staged.arrived()) == 1
    if staged.box:
        assert staged.box.letters[0]["Bcc"] is None
        assert staged.box.envelopes[0].rcpt_tos == [LETTER.to]


async def test_the_letter_arrives_word_for_word() -> None:
    box = LetterBox()
    at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    async with serving(box) as port:
        receipt = await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK, clock=lambda: at).send(LETTER)
    (letter,) = box.letters
    assert letter["Subject"] == LETTER.subject
    assert letter["From"] == DESK
    assert box.envelopes[0].mail_from == "desk@shop.example"
    assert letter["Message-ID"] == receipt.message_id
    assert letter["Date"].datetime == at
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["In-Reply-To"] is None
    plain, coloured = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain is not None
    assert coloured is not None
    assert plain.get_content().replace("\r\n", "\n").rstrip() == LETTER.text
    assert coloured.get_content().strip() == LETTER.html
    raw = box.envelopes[0].original_content
    assert raw is not None
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert receipt.answer == "2.0.0 queued as 4F2 for …"


async def test_a_later_letter_of_a_conversation_points_to_the_first() -> None:
    box = LetterBox()
    async with serving(box) as port:
        mailbox = SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK)
        first = await mailbox.send(OutgoingLetter("l1", LETTER.to, "s", "t", thread="l1"))
        await mailbox.send(OutgoingLetter("l2", LETTER.to, "s", "t", thread="l1"))
    assert [letter["In-Reply-To"] for letter in box.letters] == [None, first.message_id]
    assert box.letters[1]["References"] == first.message_id


async def test_half_a_character_does_not_keep_a_letter_back() -> None:
    box = LetterBox()
    async with serving(box) as port:
        await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK).send(OutgoingLetter("l", LETTER.to, "a\ud83d", "b\ud83d"))
    assert box.letters[0]["Subject"] == "a?"


async def test_a_chinese_domain_and_a_chinese_name_are_reached_where_the_server_can() -> None:
    box = LetterBox()
    async with serving(box) as port:
        mailbox = SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK)
        await mailbox.send(OutgoingLetter("l", "lilei@例子.中国", "s", "t"))
        await mailbox.send(OutgoingLetter("l", "李雷@例子.中国", "s", "t"))
    assert [e.rcpt_tos for e in box.envelopes] == [["lilei@xn--fsqu00a.xn--fiqs8s"], ["李雷@xn--fsqu00a.xn--fiqs8s"]]


async def test_a_chinese_name_is_refused_for_good_where_the_server_cannot() -> None:
    async with serving(LetterBox(), utf8=False) as port:
        with pytest.raises(MailRefused) as refused:
            await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK).send(OutgoingLetter("l", "李雷@a.example", "s", "t"))
    assert refused.value.status == "address_not_supported"


@pytest.mark.parametrize(
    ("mood", "error", "code"),
    [
        ({"at_rcpt": {LETTER.to: "553 5.1.3 bad"}}, MailRefused, 553),
        ({"at_rcpt": {LETTER.to: "450 4.2.1 busy, li.lei@customer.example"}}, MailUnavailable, 450),
        ({"at_data": "554 5.6.0 content li.lei@customer.example"}, MailRefused, 554),
        ({"at_data": "451 4.3.0 later"}, MailUnavailable, 451),
        ({"at_mail": "550 5.7.1 sender li.lei@customer.example"}, MailUnavailable, 550),
        ({"at_mail": "452 full"}, MailUnavailable, 452),
    ],
)
async def test_a_no_about_the_letter_is_for_good_and_any_other_is_for_now(
    mood: dict[str, object], error: type[MailRefused] | type[MailUnavailable], code: int
) -> None:
    box = LetterBox()
    vars(box).update(mood)
    async with serving(box) as port:
        with pytest.raises(error) as no:
            await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK).send(LETTER)
    assert no.value.code == code
    _shows_no_customer(no.value)


def _shows_no_customer(problem: BaseException) -> None:
    assert "customer.example" not in str(problem) + repr(problem) + repr(problem.__cause__) + repr(problem.__context__)


async def test_a_letter_taken_counts_even_if_the_server_hangs_up_before_the_farewell() -> None:
    box = LetterBox()
    box.hangs_up_after_data = True
    async with serving(box) as port:
        assert (await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK).send(LETTER)).message_id
    assert len(box.envelopes) == 1


async def test_a_server_that_falls_silent_is_given_up_in_time() -> None:
    box = LetterBox()
    box.silent = asyncio.Event()
    async with serving(box) as port:
        with pytest.raises(MailUnavailable) as unavailable:
            await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK, timeout=0.2).send(LETTER)
        box.silent.set()
    _shows_no_customer(unavailable.value)


async def test_a_server_that_answers_each_word_just_in_time_is_given_up_all_the_same() -> None:
    box = LetterBox()
    box.seconds_a_command = 0.3
    async with serving(box) as port:
        with pytest.raises(MailUnavailable):
            await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK, timeout=0.5).send(LETTER)
    assert box.envelopes == []


async def test_no_server_at_all_is_unavailable() -> None:
    async with serving(LetterBox()) as port:
        pass
    with pytest.raises(MailUnavailable) as unavailable:
        await SmtpMailbox(f"smtp://127.0.0.1:{port}", DESK).send(LETTER)
    _shows_no_customer(unavailable.value)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")  # TLS from the start is not seen there
@pytest.mark.parametrize("scheme", ["smtps", "starttls"])
async def test_a_letter_goes_encrypted_and_signed_in(scheme: str, tmp_path: Path) -> None:
    box = LetterBox()
    server_side, client_side = certificate(tmp_path)
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(
            serving(box, tls=server_side, from_the_start=scheme == "smtps", login=True)
        )
        mailbox = SmtpMailbox(f"{scheme}://desk:p%40ss%2Fword@127.0.0.1:{port}", DESK, tls=client_side)
        await mailbox.send(LETTER)
        wrong = SmtpMailbox(f"{scheme}://desk:wrong@127.0.0.1:{port}", DESK, tls=client_side)
        with pytest.raises(MailUnavailable) as unavailable:
            await wrong.send(LETTER)
        assert unavailable.value.code == 535
    assert box.encrypted == [True]
    assert box.authenticated == [True]


@pytest.mark.parametrize("scheme", ["smtps", "starttls"])
async def test_a_server_that_nobody_vouches_for_gets_no_letter(scheme: str, tmp_path: Path) -> None:
    box = LetterBox()
    server_side, _ = certificate(tmp_path)
    async with serving(box, tls=server_side, from_the_start=scheme == "smtps") as port:
        mailbox = SmtpMailbox(f"{scheme}://127.0.0.1:{port}", DESK, tls=ssl.create_default_context())
        with pytest.raises(MailUnavailable):
            await mailbox.send(LETTER)
    assert box.envelopes == []


async def test_starttls_never_falls_back_to_clear_text() -> None:
    box = LetterBox()
    async with serving(box) as port:
        with pytest.raises(MailUnavailable):
            await SmtpMailbox(f"starttls://127.0.0.1:{port}", DESK).send(LETTER)
    assert box.envelopes == []


@pytest.mark.parametrize(
    "url", ["", "mail.example", "http://mail.example", "smtp://", "smtp://u:p@mail.example", "smtp://u:p@10.0.0.1"]
)
def test_a_server_address_that_is_none_or_would_send_a_password_in_clear_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="mail server"):
        SmtpMailbox(url, DESK)


@pytest.mark.parametrize("url", ["smtp://u:p@localhost", "smtp://u:p@[::1]:2525", "smtp://relay", "smtps://u:p@relay"])
def test_clear_text_is_fine_without_a_password_or_on_this_machine(url: str) -> None:
    assert "p@" not in repr(SmtpMailbox(url, DESK))


@pytest.mark.parametrize("mail_from", ["", "desk", "Desk <desk>", "Desk <>"])
def test_a_sender_that_is_no_address_is_refused(mail_from: str) -> None:
    with pytest.raises(ValueError, match="sender"):
        SmtpMailbox("smtp://relay", mail_from)


def test_a_letter_in_print_shows_its_id_only() -> None:
    assert repr(LETTER) == "OutgoingLetter(letter='case/7F3K/letter/1')"


def test_errors_read_as_code_and_status() -> None:
    assert str(MailRefused(550, "5.1.1")) == "mail refused: 550 5.1.1"
    assert str(MailUnavailable(421, "")) == "mail unavailable: 421"
