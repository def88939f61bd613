"""The body of each step as the API takes it, made from the step's own dataclass: the catalogue is written once."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict, StringConstraints, create_model

from api.schemas.money import MoneyBody
from api.schemas.order import Instant
from api.texts import DEFAULT_MOST, ClearText, Email, OrderNumber, Phone
from domain.limits import Between, Length, Says
from domain.money import Money
from domain.sealed import Sealed
from domain.steps import Step

HIDDEN = "hidden"
OF_THE_EDGE = frozenset({"actor", "fingerprint"})
ANY_NUMBER = Between(1, 1_000_000)
MOST_IDS = 50
_SPELLED = {"phone": Phone, "email": Email, "order": OrderNumber}
"""Sealed fields whose clear text has a form of its own."""


@dataclass(frozen=True)
class FieldShape:
    """One field of a step: its plain type, the markers beside it, and whether it may be left out as None."""

    name: str
    type: Any
    markers: tuple[object, ...]
    nullable: bool
    default: object

    def marker(self, kind: type) -> Any:
        """The field's marker of this kind, if it has one."""
        return next((marker for marker in self.markers if isinstance(marker, kind)), None)

    @property
    def hidden(self) -> bool:
        """Whether the edge fills it, not the asker."""
        says = self.marker(Says)
        return says is not None and says.meaning == HIDDEN

    @property
    def sealed(self) -> bool:
        """Whether the asker's words are sealed at the edge."""
        return self.type is Sealed

    @property
    def is_choice(self) -> bool:
        """Whether it takes one of a few words."""
        return isinstance(self.type, type) and issubclass(cast("type[object]", self.type), Enum)


class LineBody(BaseModel):
    """One line of a list in a step's body, made from the line's own dataclass, `means`."""

    model_config = ConfigDict(extra="forbid")
    means: ClassVar[type[Any]]

    def meant(self) -> object:
        """The line as the step carries it."""
        return self.means(**{name: plain_value(getattr(self, name)) for name in type(self).model_fields})


@cache
def shapes(kind: type[Any]) -> tuple[FieldShape, ...]:
    """The fields of a step, or of a line of a step, that an asker fills in."""
    hints = get_type_hints(kind, include_extras=True)
    found = (_shape(each.name, hints[each.name], each.default) for each in fields(kind) if each.name not in OF_THE_EDGE)
    return tuple(shape for shape in found if not shape.hidden)


def body_of(step: type[Step]) -> type[BaseModel]:
    """The model of a step's body; fields that the step does not have are refused.

    Raises:
        TypeError: the step has a field of a type that the API does not carry yet.
    """
    config = ConfigDict(extra="forbid", json_schema_extra=cast("Any", {"example": _example(step)}))
    return create_model(step.__name__, __config__=config, __doc__=step.summary, **_made(step))


def plain_value(value: object) -> object:
    """A field of a body as the step carries it: money in minor units, lists as tuples, lines as their own values."""
    if isinstance(value, MoneyBody):
        return value.money()
    if isinstance(value, LineBody):
        return value.meant()
    if isinstance(value, list):
        return tuple(plain_value(each) for each in cast("list[object]", value))
    return value


@cache
def _line_body(kind: type[Any]) -> type[LineBody]:
    if any(shape.sealed for shape in shapes(kind)):
        raise TypeError(f"{kind.__name__}: only a field of the step itself is sealed")
    made = create_model(kind.__name__, __base__=LineBody, __doc__=kind.__doc__, **_made(kind))
    made.means = kind
    return made


def _made(kind: type[Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for shape in shapes(kind):
        says = shape.marker(Says)
        example = says.example if says is not None and says.example not in (None, "") else None
        told = {"description": says.meaning if says else None, "examples": None if example is None else [example]}
        default = ... if shape.default is MISSING else shape.default
        made[shape.name] = (_annotation(shape), Field(default, **cast("Any", told)))
    return made


def _shape(name: str, hint: Any, default: object) -> FieldShape:
    markers: list[object] = []
    nullable = False
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *beside = get_args(hint)
            markers.extend(beside)
        elif origin in {Union, UnionType}:
            kinds = [kind for kind in get_args(hint) if kind is not NoneType]
            if len(kinds) != 1:
                raise TypeError(f"{name}: a field has one type, or one and None")
            nullable, hint = True, kinds[0]
        else:
            return FieldShape(name, hint, tuple(markers), nullable, default)


def _annotation(shape: FieldShape) -> Any:
    given = _text(shape) if shape.sealed or shape.type is str else _value(shape)
    return given | None if shape.nullable else given


def _text(shape: FieldShape) -> Any:
    if shape.sealed and shape.name in _SPELLED:
        return _SPELLED[shape.name]
    length = shape.marker(Length) or Length(0, DEFAULT_MOST)
    return Annotated[ClearText, StringConstraints(min_length=length.least, max_length=length.most)]


def _value(shape: FieldShape) -> Any:  # noqa: PLR0911  one row a type
    if shape.type is bool:
        return Annotated[bool, Strict()]
    if shape.type is int:
        between = shape.marker(Between) or ANY_NUMBER
        return Annotated[int, Strict(), Field(ge=between.least, le=between.most)]
    if shape.type is Money:
        return MoneyBody
    if shape.is_choice:
        return shape.type
    if shape.type is datetime:
        return Annotated[Instant, AfterValidator(_in_utc)]
    if (kind := _line_of(shape)) is not None:
        length = shape.marker(Length) or Length(0, MOST_IDS)
        return Annotated[list[_line_body(kind)], Field(min_length=length.least, max_length=length.most)]
    if shape.type == tuple[str, ...]:
        ids = Annotated[ClearText, StringConstraints(min_length=1, max_length=64)]
        return Annotated[list[ids], Field(max_length=MOST_IDS)]
    raise TypeError(f"the API carries no field such as {shape.name}: {shape.type}")


def _line_of(shape: FieldShape) -> type[Any] | None:
    """The dataclass of which the field holds several, if it does."""
    (kind, *_) = (*get_args(shape.type), None)
    several = get_origin(shape.type) is tuple and isinstance(kind, type) and is_dataclass(kind)
    return cast("type[Any]", kind) if several else None


def _in_utc(at: datetime) -> datetime:
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("the instant lies outside all calendars") from None


def _example(step: type[Any]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for shape in shapes(step):
        says = shape.marker(Says)
        if says is not None and says.example not in (None, ""):
            shown[shape.name] = says.example
        elif shape.default is MISSING:
            shown[shape.name] = _some(shape)
    return shown


def _some(shape: FieldShape) -> object:  # noqa: PLR0911  one row a type
    if shape.type is bool:
        return True
    if shape.type is int:
        return 1
    if shape.type is Money:
        return {"amount": "69.00", "currency": "CNY"}
    if shape.is_choice:
        return next(iter(cast("type[Enum]", shape.type))).value
    if shape.type is datetime:
        return "2026-11-22T08:30:00Z"
    if (kind := _line_of(shape)) is not None:
        return [_example(kind)]
    return "As agreed with the customer by phone."
