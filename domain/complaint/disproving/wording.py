"""How a disproved promise is told."""

from __future__ import annotations

from domain.complaint.disproving import events as e
from domain.wording import Sentence, Wording

WORDING = Wording(
    sentences={
        e.PromiseDisproved: Sentence(
            "S",
            "{promised_by} promised the freight of {return_case} ({freight}) without a photo; no such fault was found.",
            "{promised_by} 未凭照片承诺承担 {return_case} 运费（{freight}），验货未发现该故障。",
        ),
    },
)
