use std::fmt;

/// A professional's e-mail address, folded to lower case: what she signs in with.
///
/// It is personal data: `Debug` shows nothing, and there is no `Display`. The account's row keeps it in clear, since mail must
/// be sent to it; no log, error or audit entry does.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

/// Why a text is no address that we take. The text itself is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this is no e-mail address: letters and digits without accents, one `@`, and a domain with a dot are expected"
)]
pub struct InvalidEmail;

impl Email {
    /// Reads and folds an address. ASCII only: look-alike letters of other alphabets would make two addresses that the eye
    /// takes for one.
    ///
    /// # Errors
    /// [`InvalidEmail`].
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let folded = text.trim().to_ascii_lowercase();
        let (local, domain) = folded.split_once('@').ok_or(InvalidEmail)?;
        let local_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte);
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let local_fits = (1..=64).contains(&local.len())
            && local.bytes().all(local_sign)
            && local.split('.').all(|part| !part.is_empty());
        let domain_fits = domain.len() <= 189 && domain.contains('.') && domain.split('.').all(label);
        if local_fits && domain_fits { Ok(Self(folded)) } else { Err(InvalidEmail) }
    }

    /// The folded address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The words of it that a password may not rest on: the parts of what stands before the `@`, and of the domain.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(•)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_folded_and_strange_ones_refused() {
        let good = Email::parse("  Chef.SLAI+essai@Service.Departement-62.example ").unwrap();
        assert_eq!(good.as_str(), "chef.slai+essai@service.departement-62.example");
        assert_eq!(good.words().next(), Some("chef"));
        assert_eq!(format!("{good:?}"), "Email(•)");
        let long = format!("{}@a.example", "x".repeat(65));
        for bad in [
            "",
            "@",
            "a@",
            "@b.example",
            "a@b",
            "a b@c.example",
            "a@b@c.example",
            "a..b@c.example",
            ".a@c.example",
            "a@-b.example",
            "a@b..example",
            "é@c.example",
            "a@ｃ.example",
            "a@b.example\nBcc: x@y.example",
            &long,
        ] {
            assert_eq!(Email::parse(bad), Err(InvalidEmail), "{bad:?}");
        }
    }
}
