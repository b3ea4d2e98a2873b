use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::StoreError;

/// Where a store is: a SQLite file or a PostgreSQL database.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreAddress {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL connection URL.
    Postgres(String),
}

impl FromStr for StoreAddress {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        // An unknown scheme must not silently become a file name.
        if path.is_empty() || path.contains("://") {
            let shown = text.split('?').next().unwrap_or_default().rsplit('@').next().unwrap_or_default();
            return Err(StoreError::Address(shown.to_owned()));
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

impl fmt::Display for StoreAddress {
    /// The address without its password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(url) => {
                let url = url.split('?').next().unwrap_or_default();
                match url.rsplit_once('@') {
                    Some((_, host)) => write!(f, "postgres://…@{host}"),
                    None => f.write_str(url),
                }
            }
        }
    }
}

impl fmt::Debug for StoreAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreAddress({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, shown) in [
            ("liant.db", "liant.db"),
            ("sqlite:/var/liant.db", "/var/liant.db"),
            ("postgres://liant:secret@localhost/liant?password=other", "postgres://…@localhost/liant"),
            ("postgresql:///liant?password=secret", "postgresql:///liant"),
        ] {
            assert_eq!(text.parse::<StoreAddress>().unwrap().to_string(), shown);
        }
        let odd: StoreAddress = "postgres://liant:half@secret@localhost/liant".parse().unwrap();
        assert_eq!(odd.to_string(), "postgres://…@localhost/liant");
        for bad in ["", "sqlite:", "mysql://root:secret@host/db", "mysql://host/db?password=secret"] {
            let error = bad.parse::<StoreAddress>().unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
