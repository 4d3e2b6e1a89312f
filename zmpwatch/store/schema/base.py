"""What all models have in common.

Annotations are evaluated here, not kept as strings: see the package.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar, cast

from sqlalchemy import ForeignKey, LargeBinary, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, mapped_column

from zmpwatch.store.columns import Flag, Json, Number, PlainText, Real, UtcTime

__all__ = ["STRICT", "Base", "RowId", "SnapshotId", "StatementId", "VisitId", "table"]

STRICT = {"sqlite_strict": True}

RowId = Annotated[int, mapped_column(primary_key=True)]
"""A number the database gives."""
VisitId = Annotated[int, mapped_column(ForeignKey("visits.id"))]
SnapshotId = Annotated[int, mapped_column(ForeignKey("snapshots.id"))]
StatementId = Annotated[int, mapped_column(ForeignKey("statements.id"))]


class Base(DeclarativeBase):
    """Base of all models: types by annotation, names of constraints by rule (migrations need them)."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        int: Number,
        str: PlainText(),
        float: Real,
        bool: Flag(),
        datetime: UtcTime(),
        bytes: LargeBinary(),
        dict[str, Any]: Json(),
        list[Any]: Json(),
    }
    __table_args__: Any = STRICT


def table(model: type[Base]) -> Table:
    """Return the Core table of a model."""
    return cast("Table", model.__table__)
