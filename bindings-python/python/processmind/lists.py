"""What the calls that list something return."""

from __future__ import annotations

from . import _processmind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class ModelList(list["Any"]):
    """A list, which shows itself as a table in notebooks, and in lines elsewhere; so do its slices."""

    __slots__ = ()

    def __repr__(self) -> str:
        return _processmind.list_repr(self)

    def _repr_html_(self) -> str | None:
        return _processmind.list_html(self)

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        return ModelList(found) if isinstance(place, slice) else found
