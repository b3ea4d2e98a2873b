//! Work that can wait: reading, matching and making on behalf of a file, beside pages that somebody waits for.

/// By how much the priority of a thread is lowered: enough for a page to go first, not so much that a file never ends.
const LOWERED: i32 = 10;

/// Lets everything else go before this thread, and before those that it begins from now on. A thread that holds a lock of the store
/// while it works stays as it is: others wait for it. There is no way back, so a thread that goes on to other work must not ask for it.
pub(crate) fn give_way() {
    // Elsewhere it would lower the whole process. Who may not is no slower than before.
    if cfg!(target_os = "linux") {
        let _ = rustix::process::nice(LOWERED);
    }
}
