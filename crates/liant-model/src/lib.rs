//! liant-model
