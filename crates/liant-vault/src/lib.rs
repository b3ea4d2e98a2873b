//! liant-vault
