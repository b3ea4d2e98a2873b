//! Who may look at whom, on each engine: by reach, beyond it, at an address, at someone close.

mod addresses;
mod close;
mod near;
mod quota;
mod rights;
mod space;
mod vouched;
mod wider;
mod world;
