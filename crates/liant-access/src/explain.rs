use liant_model::Lang;

/// A refusal that tells its reader, in her language, what is wrong and what to do.
pub trait Explain {
    /// The sentence. It holds no personal value.
    fn explain(&self, lang: Lang) -> String;
}

/// One of two wordings.
pub(crate) fn either(lang: Lang, fr: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::Fr => fr.into(),
        Lang::En => en.into(),
    }
}
