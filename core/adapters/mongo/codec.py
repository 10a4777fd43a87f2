"""Turns the frozen dataclasses of the domain into documents and back, guided by their annotations.

A document has the fields of its value, by name. Enums are stored as their values, dates and times of day
in ISO 8601, durations in seconds, sets as sorted lists. Moments are cut to the millisecond that BSON
keeps, so that what is read back equals what was mapped. Left out is a field that is nothing (None,
False, empty) and has that as its default: partial indexes count on it.

A :class:`~core.domain.secret.Secret` is handed through as it is, and BSON refuses it: whoever stores one
has to seal it first.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cache, partial
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from core.domain.secret import Secret

Document = dict[str, Any]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Codec:
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    default: Any
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]

    def is_left_out(self, value: Any) -> bool:
        return _is_nothing(value) and value == self.default


def to_document(value: Any) -> Document:
    """Map a dataclass of the domain.

    Raises:
        ValueError: one of its datetimes has no time zone.
    """
    return {
        field.name: field.encode(content)
        for field in _fields(value.__class__)
        if not field.is_left_out(content := getattr(value, field.name))
    }


def from_document(kind: type[Value], document: Mapping[str, Any]) -> Value:
    """Map back; names that ``kind`` does not know are passed over, missing fields get their default."""
    return kind(
        **{
            field.name: field.decode(document[field.name]) if field.name in document else field.default
            for field in _fields(kind)
        }
    )


@cache
def _fields(kind: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    found: list[_Field] = []
    for field in fields(kind):
        codec = _codec(hints[field.name])
        default = field.default_factory() if field.default_factory is not MISSING else field.default
        found.append(_Field(field.name, None if default is MISSING else default, codec.encode, codec.decode))
    return tuple(found)


@cache
def _codec(hint: Any) -> _Codec:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _optional(hint)
    if origin is Literal:
        return _Codec(_same, _same)
    if origin in (tuple, frozenset):
        return _collection(origin, _codec(get_args(hint)[0]))
    if origin is Mapping:
        key, content = (_codec(argument) for argument in get_args(hint))
        return _Codec(partial(_map, key.encode, content.encode), partial(_map, key.decode, content.decode))
    return _class(hint)


def _class(kind: type[Any]) -> _Codec:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if issubclass(kind, Enum):
        return _Codec(lambda value: value.value, kind)
    return _Codec(to_document, partial(from_document, kind))


def _optional(hint: Any) -> _Codec:
    (inner,) = (argument for argument in get_args(hint) if argument is not types.NoneType)
    codec = _codec(inner)
    return _Codec(partial(_unless_none, codec.encode), partial(_unless_none, codec.decode))


def _collection(kind: Callable[[Any], Collection[Any]], item: _Codec) -> _Codec:
    def encode(values: Collection[Any]) -> list[Any]:
        encoded = [item.encode(value) for value in values]
        return sorted(encoded) if kind is frozenset else encoded

    def decode(values: list[Any]) -> Collection[Any]:
        return kind(item.decode(value) for value in values)

    return _Codec(encode, decode)


def _map(
    key: Callable[[Any], Any], content: Callable[[Any], Any], values: Mapping[Any, Any]
) -> dict[Any, Any]:
    return {key(name): content(value) for name, value in values.items()}


def _unless_none(convert: Callable[[Any], Any], value: Any) -> Any:
    return None if value is None else convert(value)


def _same(value: Any) -> Any:
    return value


def _is_nothing(value: Any) -> bool:
    return (
        value is None
        or value is False
        or (isinstance(value, Collection) and not isinstance(value, str) and not value)
    )


def _to_millisecond(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone: only aware times are stored")
    utc = moment.astimezone(UTC)
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


_SCALARS: dict[type[Any], _Codec] = {
    **dict.fromkeys((str, int, float, bool, Secret), _Codec(_same, _same)),
    datetime: _Codec(_to_millisecond, _same),
    date: _Codec(date.isoformat, date.fromisoformat),
    time: _Codec(time.isoformat, time.fromisoformat),
    timedelta: _Codec(timedelta.total_seconds, lambda seconds: timedelta(seconds=seconds)),
}
