use liant_model::{Date, Territory};
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use uuid::Uuid;

use crate::StoreError;

/// A parameter of a statement, the same for both engines.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'a str),
    /// A territory, by its code.
    Code(Territory),
    Bytes(&'a [u8]),
    /// A date, as ISO text.
    Day(Date),
    Id(Uuid),
}

impl<'a> Value<'a> {
    pub(crate) fn optional<T>(value: Option<T>, make: impl Fn(T) -> Self) -> Self {
        value.map_or(Self::Null, make)
    }

    pub(crate) fn optional_bytes(value: Option<&'a [u8]>) -> Self {
        value.map_or(Self::Null, Self::Bytes)
    }

    pub(crate) fn optional_text(value: Option<&'a str>) -> Self {
        value.map_or(Self::Null, Self::Text)
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, ValueRef};
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Self::Real(number) => ToSqlOutput::Borrowed(ValueRef::Real(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Code(territory) => ToSqlOutput::Borrowed(ValueRef::Text(territory.as_str().as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Day(date) => ToSqlOutput::Owned(date.to_string().into()),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
        })
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) => number.to_sql(ty, out),
            Self::Real(number) => number.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Code(territory) => territory.as_str().to_sql(ty, out),
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
            Self::Day(date) => date.to_string().to_sql(ty, out),
            Self::Id(id) => id.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A row of a result, the same for both engines. Columns are read by place.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    pub(crate) fn integer(&self, place: usize) -> Result<i64, StoreError> {
        self.optional_integer(place)?.ok_or_else(|| missing(place))
    }

    pub(crate) fn optional_integer(&self, place: usize) -> Result<Option<i64>, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }

    pub(crate) fn real(&self, place: usize) -> Result<Option<f64>, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }

    pub(crate) fn text(&self, place: usize) -> Result<String, StoreError> {
        self.optional_text(place)?.ok_or_else(|| missing(place))
    }

    pub(crate) fn optional_text(&self, place: usize) -> Result<Option<String>, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }

    /// Text that the row lends.
    pub(crate) fn borrowed_text(&self, place: usize) -> Result<&str, StoreError> {
        match self {
            Self::Sqlite(row) => row.get_ref(place)?.as_str().map_err(|_| missing(place)),
            Self::Postgres(row) => Ok(row.try_get(place)?),
        }
    }

    /// Bytes that the row lends.
    pub(crate) fn borrowed(&self, place: usize) -> Result<&[u8], StoreError> {
        match self {
            Self::Sqlite(row) => row.get_ref(place)?.as_blob().map_err(|_| missing(place)),
            Self::Postgres(row) => Ok(row.try_get(place)?),
        }
    }

    pub(crate) fn bytes(&self, place: usize) -> Result<Vec<u8>, StoreError> {
        self.optional_bytes(place)?.ok_or_else(|| missing(place))
    }

    pub(crate) fn optional_bytes(&self, place: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }

    pub(crate) fn id<T: From<Uuid>>(&self, place: usize) -> Result<T, StoreError> {
        let id = match self {
            Self::Sqlite(row) => {
                let bytes: [u8; 16] = row.get(place)?;
                Uuid::from_bytes(bytes)
            }
            Self::Postgres(row) => row.try_get(place)?,
        };
        Ok(id.into())
    }

    pub(crate) fn optional_id<T: From<Uuid>>(&self, place: usize) -> Result<Option<T>, StoreError> {
        let id = match self {
            Self::Sqlite(row) => {
                let bytes: Option<[u8; 16]> = row.get(place)?;
                bytes.map(Uuid::from_bytes)
            }
            Self::Postgres(row) => row.try_get(place)?,
        };
        Ok(id.map(T::from))
    }
}

fn missing(place: usize) -> StoreError {
    StoreError::Damaged(format!("column {place} of a row has no value"))
}
