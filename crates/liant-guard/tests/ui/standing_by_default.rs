//! There is no standing by default: not even that of anybody.
use liant_guard::Standing;

fn by_default() -> Standing {
    Standing::default()
}

fn main() {}
