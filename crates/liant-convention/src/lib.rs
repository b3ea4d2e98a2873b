//! liant-convention
