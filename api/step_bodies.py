"""The body of each step as the API takes it, made from the step's own dataclass: the catalogue is written once."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, Strict, StringConstraints, create_model

from api.schemas.money import MoneyBody
from api.texts import DEFAULT_MOST, ClearText, Email, OrderNumber, Phone
from domain.limits import Between, Length, Says
from domain.money import Money
from domain.sealed import Sealed
from domain.steps import Step

HIDDEN = "hidden"
OF_THE_EDGE = frozenset({"actor", "fingerprint"})
ANY_NUMBER = Between(1, 1_000_000)
MOST_IDS = 50
MOST_ROWS = 10
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


class RowBody(BaseModel):
    """One row of a field that holds several, such as a further part of a remedy; `means` is what a step carries."""

    model_config = ConfigDict(extra="forbid")

    means: ClassVar[type[Any]]


@cache
def shapes(step: type[Step]) -> tuple[FieldShape, ...]:
    """The fields of a step that an asker fills in."""
    return tuple(shape for shape in _shapes_of(step) if shape.name not in OF_THE_EDGE and not shape.hidden)


def body_of(step: type[Step]) -> type[BaseModel]:
    """The model of a step's body; fields that the step does not have are refused.

    Raises:
        TypeError: the step has a field of a type that the API does not carry yet.
    """
    config = ConfigDict(extra="forbid", json_schema_extra=cast("Any", {"example": _example(step)}))
    return create_model(step.__name__, __config__=config, __doc__=step.summary, **_body_fields(shapes(step)))


def plain_value(value: object) -> object:
    """A field of a body as the step carries it: money in minor units, lists as tuples, rows as what they mean."""
    if isinstance(value, MoneyBody):
        return value.money()
    if isinstance(value, RowBody):
        return value.means(**{name: plain_value(getattr(value, name)) for name in type(value).model_fields})
    return tuple(plain_value(each) for each in cast("list[object]", value)) if isinstance(value, list) else value


def _shapes_of(kind: type[Any]) -> tuple[FieldShape, ...]:
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_shape(each.name, hints[each.name], each.default) for each in fields(kind))


def _body_fields(filled_in: tuple[FieldShape, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for shape in filled_in:
        says = shape.marker(Says)
        example = says.example if says is not None and says.example not in (None, "") else None
        told = {"description": says.meaning if says else None, "examples": None if example is None else [example]}
        default = ... if shape.default is MISSING else shape.default
        made[shape.name] = (_annotation(shape), Field(default, **cast("Any", told)))
    return made


@cache
def _row_body(kind: type[Any]) -> type[RowBody]:
    """The model of a row.

    Raises:
        TypeError: it has a sealed field; boxes are made for a step's own fields only.
    """
    filled_in = _shapes_of(kind)
    if any(shape.sealed for shape in filled_in):
        raise TypeError(f"a row of {kind.__name__} cannot be sealed")
    row = create_model(kind.__name__, __base__=RowBody, __doc__=kind.__doc__, **_body_fields(filled_in))
    row.means = kind
    return row


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


def _value(shape: FieldShape) -> Any:
    if shape.type is bool:
        return Annotated[bool, Strict()]
    if shape.type is int:
        between = shape.marker(Between) or ANY_NUMBER
        return Annotated[int, Strict(), Field(ge=between.least, le=between.most)]
    if shape.type is Money:
        return MoneyBody
    if shape.is_choice:
        return shape.type
    if shape.type == tuple[str, ...]:
        ids = Annotated[ClearText, StringConstraints(min_length=1, max_length=64)]
        return Annotated[list[ids], Field(max_length=MOST_IDS)]
    row = _row_of(shape.type)
    if row is not None:
        return Annotated[list[_row_body(row)], Field(max_length=MOST_ROWS)]
    raise TypeError(f"the API carries no field such as {shape.name}: {shape.type}")


def _row_of(hint: Any) -> type[Any] | None:
    """The dataclass of a field such as `tuple[Part, ...]`."""
    inner = get_args(hint)
    several = get_origin(hint) is tuple and len(inner) == 2 and inner[1] is Ellipsis  # noqa: PLR2004  a row, and "..."
    return cast("type[Any]", inner[0]) if several and is_dataclass(inner[0]) else None


def _example(step: type[Step]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for shape in shapes(step):
        says = shape.marker(Says)
        if says is not None and says.example not in (None, ""):
            shown[shape.name] = says.example
        elif shape.default is MISSING:
            shown[shape.name] = _some(shape)
    return shown


def _some(shape: FieldShape) -> object:
    if shape.type is bool:
        return True
    if shape.type is int:
        return 1
    if shape.type is Money:
        return {"amount": "69.00", "currency": "CNY"}
    if shape.is_choice:
        return next(iter(cast("type[Enum]", shape.type))).value
    return "As agreed with the customer by phone."
