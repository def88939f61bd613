"""The messages in English."""

from __future__ import annotations

from domain.letter_phrases import Part, Phrases, Text

_UNTIL = Part("Please do so by {due} if you can. If you need more time, just tell us.", only_with="due")
_WITHIN = Part("You will hear from us by {due} at the latest.", only_with="due")
_ANSWER = Part("You can accept, refuse, or ask for something else here: {link}")

_TEXTS: dict[str, Text] = {
    "acknowledged": Text(
        "We have received your complaint {case}",
        (
            Part(
                "We are sorry for the trouble. Your complaint has arrived and is being looked after; no need to worry."
            ),
            Part("To help you quickly we still need from you: {missing}. You can add it here: {link}", "missing"),
            _UNTIL,
            Part(
                "The next step: we check the facts, judge the matter and propose a solution, which is carried out"
                " only once you agree. Our first answer reaches you by {feedback_due}.",
                "feedback_due",
            ),
            Part("When everything is done a colleague calls you to hear whether you are satisfied. That is a promise."),
        ),
    ),
    "reminder_evidence": Text(
        "A photo is all we need for your complaint {case}",
        (
            Part("We would like to go on with your complaint, and need a photo that shows what is wrong and where."),
            Part("You can send it here, several if you like: {link}"),
            _UNTIL,
            Part("If taking a photo is difficult, answer this message or wait for our call; we will find a way."),
        ),
    ),
    "reminder_facts": Text(
        "A few details for your complaint {case}",
        (
            Part("We would like to go on with your complaint, and still lack a few details."),
            Part("You can see which, and fill them in, here: {link}"),
            _UNTIL,
        ),
    ),
    "reminder_proposal": Text(
        "Our proposal for your complaint {case} waits for your answer",
        (
            Part("We sent you a proposal and would like to carry it out, but not without your consent."),
            _ANSWER,
            _UNTIL,
        ),
    ),
    "feedback": Text(
        "How your complaint {case} goes on",
        (
            Part("Thank you for your patience. This is how we go about it: {process}"),
            Part("When to expect a result: {expected_by}"),
            Part("The next step: {next_step}"),
            Part("{words}", "words"),
        ),
    ),
    "no_answer": Text(
        "Your complaint {case} rests for now",
        (
            Part("We could not reach you, and have put your complaint aside for now. {words}"),
            Part("Nothing is lost: send what is missing by {until}, and it goes on at once: {link}", "until"),
        ),
    ),
    "reopened": Text(
        "Your complaint {case} goes on",
        (
            Part("Thank you for your message. Your complaint is open again, and we go on where we stopped."),
            Part("The next step is ours; we tell you as soon as there is something new."),
        ),
    ),
    "refused": Text(
        "About your complaint {case}",
        (
            Part("We are sorry that the matter troubled you, and have looked into it with care."),
            Part("We cannot offer a remedy this time. The reason: {words}"),
            Part("A colleague will call you to hear what you think. You can also send us anything new here: {link}"),
        ),
    ),
    "proposal": Text(
        "Our proposal for your complaint {case}",
        (
            Part("We are sorry for the trouble, and propose this (proposal {number}): {kind}."),
            Part("On top of that: {also}.", "also"),
            Part("The sum: {amount}.", "amount"),
            Part("The compensation: {compensation}.", "compensation"),
            Part("The coupon is worth {coupon}.", "coupon"),
            Part("The return freight that you prepay is repaid as well, up to {freight_cap}.", "freight_cap"),
            Part("{words}"),
            _ANSWER,
            _UNTIL,
            Part("The proposal itself is good until {until}; after that just ask us for it again.", "until"),
        ),
    ),
    "inspection_failed": Text(
        "Your return for complaint {case}: we would like to talk with you",
        (
            Part("Your parcel is here, thank you. What our warehouse wrote down: {findings}.", "findings"),
            Part("This says nothing about how it came about. Your goods are safe with us."),
            Part("The next step: a colleague makes you a proposal; nothing happens without your consent."),
            _WITHIN,
        ),
    ),
    "paid": Text(
        "We have paid {amount} for your complaint {case}",
        (
            Part("We have paid you {amount} ({purpose}). Reference of the payment: {reference}."),
            Part("Depending on your bank it may take a few days until you see it."),
            Part("A colleague will call you to hear whether everything is settled to your satisfaction."),
        ),
    ),
    "taken_up_again": Text(
        "We take up your complaint {case} again",
        (
            Part("Thank you for telling us openly. We are sorry that it is not settled yet, and take it up again."),
            Part("The next step: your agent reads what you said and makes you a new proposal."),
            _WITHIN,
        ),
    ),
    "closed": Text(
        "Your complaint {case} is closed",
        (
            Part("{outcome}"),
            Part("Thank you for your trust. The record stays here for you: {link}"),
        ),
    ),
    "return_instructions": Text(
        "How to send the goods back for your return {case}",
        (
            Part("We are sorry for the trouble of sending the goods back. This is how it works:"),
            Part("1. The address: {addressee}, {phone}, {address}"),
            Part(
                "2. Please put a card or note into the box with: your customer number or name, your phone number,"
                " the case number {case}, and the reason: {card_reason}."
            ),
            Part(
                "3. Before you send: we can accept the goods only if they are intact apart from the fault, the box is"
                " whole with everything in it, and they are fit to sell again."
            ),
            Part("4. Freight: please prepay it, and do not send freight-collect. {freight_rule}"),
            Part("What we repay for freight is at most {freight_cap}; please keep the receipt.", "freight_cap"),
            Part("In exchange you would like: {exchange_for}. Please write that on the card too.", "exchange_for"),
            Part("5. Then tell us the courier, the tracking number and what you paid, here: {link}"),
            Part("6. {on_failure}"),
            _UNTIL,
        ),
    ),
    "reminder_tracking": Text(
        "The tracking number for your return {case}",
        (
            Part("Have you sent the goods already? Then please tell us the tracking number, so that we can watch it."),
            Part("You can report it here: {link}"),
            _UNTIL,
        ),
    ),
    "received": Text(
        "Your parcel for return {case} has arrived",
        (
            Part("Your parcel is here, thank you. The next step: our warehouse inspects the goods."),
            _WITHIN,
        ),
    ),
    "wait_extended": Text(
        "More time for your return {case}",
        (
            Part("{awaited}"),
            Part("The new date is {due}. If that does not suit you, or if you have a question, tell us here: {link}"),
        ),
    ),
    "goods_sent_back": Text(
        "Your goods from return {case} are on their way to you",
        (
            Part("As agreed, your goods are on their way to you with {carrier}, tracking number {tracking}."),
            Part("Please look at the parcel when it arrives, and tell us at once if anything is wrong: {link}"),
        ),
    ),
}

_WORDS: dict[str, dict[str, str]] = {
    "awaited": {
        "return_tracking": (
            "There is no need to hurry: you have more time to send the goods and to tell us the tracking number."
        ),
        "arrival": (
            "Your parcel has not reached us yet. We go on waiting for it and follow it with the courier; there is"
            " nothing that you need to do."
        ),
    },
    "missing": {
        "order": "the order number",
        "line": "which item of the order it is",
        "quantity": "how many pieces are concerned",
        "description": "what is wrong, and where",
        "contact": "a phone number or e-mail address",
        "signed_for": "whether you took the parcel in or refused it at the door",
        "photos": "photos of the fault",
    },
    "kind": {
        "return_and_refund": "you send the goods back and we refund you",
        "compensation": "you keep the goods and we pay you a compensation",
        "apology": "our sincere apology",
        "refund": "we refund you, and there is nothing to send back",
        "exchange": "you send the goods back and we send you others",
        "reshipment": "we send you what you did not get",
        "repair": "you send the goods in and we repair them",
        "coupon": "a coupon for your next order",
        "correction": "we put it right",
        "part_refund": "we keep the returned goods and refund you a part",
        "send_back": "we send the goods back to you",
    },
    "purpose": {
        "refund": "refund",
        "compensation": "compensation",
        "freight": "return freight",
        "price_difference": "price difference",
    },
    "outcome": {
        "resolved": "Thank you for telling us that the matter is settled to your satisfaction.",
        "refused": "Thank you for talking with us, and for your understanding.",
        "withdrawn": "You have withdrawn your complaint, so we have closed it. We are sorry for the trouble you had.",
        "closed_by_supervisor": "We have closed your complaint. We are sorry for the trouble you had.",
    },
    "freight_rule": {
        "shop_repays_prepaid_freight_up_to_cap": "We repay it once the goods are in.",
        "customer_pays_return_freight": "The way back is at your expense this time.",
    },
    "on_failure": {
        "agent_agrees_on_part_refund_or_sending_back": (
            "If the goods do not arrive as described here, a colleague agrees with you on what happens then: a part of"
            " the sum, or the goods back to you. Nothing happens without your consent."
        )
    },
    "findings": {
        "short": "fewer pieces than announced",
        "wrong item": "other goods than those agreed on",
        "damaged": "damage to the goods",
        "packaging not whole": "the box or accessories are not complete",
        "registered fault not found": "the reported fault could not be found",
    },
}

PHRASES = Phrases(
    greeting="Dear {name},",
    greeting_without_name="Dear customer,",
    closing="Your case is {case}. You can always see how it stands, and write to us, here: {link}\n\n"
    "With our apologies and best wishes,\nAfter-sales service",
    between=", ",
    instant="{day} {month} {year}, {hour:02d}:{minute:02d}",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    sums={},
    words=_WORDS,
    texts=_TEXTS,
)
