//! liant-sample
