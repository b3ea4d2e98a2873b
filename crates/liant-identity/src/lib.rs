//! liant-identity
