//! liant-guard
