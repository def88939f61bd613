"""P8: what sealing, keys and roles cost a step: through the desk's own door, and through one without guards."""

from __future__ import annotations

from bench.figures import Figure, Rounds, median_figure, ratio_figure
from bench.size import Size
from bench.stand import Stand, another_door

MS = 1000.0
CASES = 10


async def guarded_and_open(stand: Stand, size: Size) -> list[Figure]:
    """P8: a step with personal words, guarded and open, in turns; both doors lead to the same worker."""
    guarded, opened = Rounds(), Rounds()
    async with another_door(stand.desk, "bench.open_door:create_app") as door:
        for number in range(size.safety_rounds + 1):
            for rounds, where in ((guarded, stand.desk.api), (opened, door)):
                cases = (await stand.play("open_unregistered", count=CASES)).answer
                await stand.quiet()
                await stand.guard(size)
                order = {"count": size.safety_steps, "cases": cases, "pause": size.step_pause}
                played = await stand.play("supply_facts", door=where, **order)
                if number:  # the first round fills caches and pools
                    rounds.add(played.seconds)
    return [
        ratio_figure("P8", "a step with personal words, guarded ÷ open, p50", guarded, opened, most=1.08),
        median_figure("P8", "guarded", guarded, scale=MS, unit="ms"),
        median_figure("P8", "open", opened, scale=MS, unit="ms"),
    ]
