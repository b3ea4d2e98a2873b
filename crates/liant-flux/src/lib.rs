//! liant-flux
