"""A key register with a memory, as the vault's tests need one."""

from domain.sealed import WrappedKey


class RecordingSubjectKeys:
    def __init__(self) -> None:
        self.live: dict[tuple[str, str], WrappedKey] = {}
        self.asked = 0

    async def wrapped_key(self, shop: str, subject: str) -> WrappedKey | None:
        self.asked += 1
        return self.live.get((shop, subject))

    async def add_wrapped_key(self, shop: str, subject: str, wrapped: WrappedKey) -> WrappedKey:
        return self.live.setdefault((shop, subject), wrapped)

    async def any_key(self) -> tuple[str, str, WrappedKey] | None:
        return next(((*whose, wrapped) for whose, wrapped in self.live.items()), None)

    def destroy(self, shop: str, subject: str) -> None:
        del self.live[shop, subject]


class KeysThatLoseTheRace(RecordingSubjectKeys):
    """Another writer always files first: what the vault read as missing stands by the time it adds its own."""

    def __init__(self, winner: WrappedKey) -> None:
        super().__init__()
        self.winner = winner

    async def wrapped_key(self, shop: str, subject: str) -> WrappedKey | None:
        self.asked += 1
        return None

    async def add_wrapped_key(self, shop: str, subject: str, wrapped: WrappedKey) -> WrappedKey:
        return self.winner
