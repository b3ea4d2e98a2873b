//! liant-audit
