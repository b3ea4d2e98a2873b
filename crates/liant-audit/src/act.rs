//! The kinds of act that are audited.

use std::fmt;

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// A kind of act. Its code is written in the log for ever: never reuse or change one.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Act {
            $($(#[$doc])* $name,)*
        }

        impl Act {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its stable code.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

acts! {
    /// A file was imported and published.
    Import = "import",
    /// A file of personal data was produced.
    Export = "export",
    /// Personal data was shown.
    Read = "read",
    /// People were searched for; the entry lists those found.
    Search = "search",
    /// Identities were matched.
    Match = "match",
    /// A human accepted a proposed link.
    ReviewAccept = "review-accept",
    /// A human refused a proposed link.
    ReviewRefuse = "review-refuse",
    /// A link was undone, with the disclosures made through it.
    ReviewUndo = "review-undo",
    /// Something was asked for and refused.
    Refusal = "refusal",
    /// Data was sent to a party.
    Send = "send",
    /// An orientation was decided (*décision d'orientation*).
    Orientation = "orientation",
    /// Who follows someone was recorded or ended (*désignation d'un référent*).
    Follow = "follow",
    /// Something happened on someone's path, or fell due (*accompagnement*).
    Casework = "casework",
    /// A reason for looking up someone close was declared, or reviewed.
    LookUp = "look-up",
    /// An address was protected, or is no longer (*adresse protégée*).
    Address = "address",
    /// A person used a right over her data, or was answered (*exercice de droits*).
    Rights = "rights",
    /// Data was destroyed at its term or on request.
    Destruction = "destruction",
    /// The content of audit entries was erased; their commitments stay.
    AuditErasure = "audit-erasure",
    /// Someone signed in, or tried to.
    SignIn = "sign-in",
    /// A convention came into force, changed, was suspended or ended.
    Convention = "convention",
    /// The file of a breach of personal data was opened, a notice was sent or answered, the file was closed.
    Breach = "breach",
    /// An account, an organisation or a client was made, changed or closed.
    Account = "account",
    /// Keys were made.
    KeyNew = "key-new",
    /// Keys were rotated.
    KeyRotate = "key-rotate",
    /// A checkpoint of the log was made.
    Checkpoint = "checkpoint",
    /// The store was backed up.
    Backup = "backup",
    /// The store was restored from a backup, or moved from one engine to another.
    Restore = "restore",
}

impl Act {
    /// The act of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.code() == code)
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
