//! An OpenID provider, as the settings describe it: who it is, what Liant is called there, and what is believed of its word.

use std::path::PathBuf;

use liant_model::Lang;

/// A provider: one `[[accounts.provider]]` of `liant.toml`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Its `iss`; its own description lies under it (`/.well-known/openid-configuration`).
    pub issuer: String,
    /// Whom it signs in: one for people opens no account of a professional, nor the other way round.
    #[serde(default)]
    pub signs_in: SignsIn,
    /// Its name in sentences: `ProConnect`.
    pub name: String,
    /// What its button says; "S’identifier avec …" when left out.
    pub label: Option<Label>,
    /// A page that tells what it is, beside the button: ProConnect asks its services for one.
    pub about: Option<String>,
    /// What Liant is called there.
    pub client_id: String,
    /// The file of the secret that it gave Liant, from the folder of the settings.
    pub secret_file: Option<PathBuf>,
    /// The variable of the environment that holds the secret, in the place of a file.
    pub secret_env: Option<String>,
    /// How it signs its tokens. No other way is taken, whatever a token says of itself.
    #[serde(default)]
    pub signature: Signature,
    /// What is asked for.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// Whether the question carries a PKCE challenge (RFC 7636). Only for a provider that refuses it.
    #[serde(default = "yes")]
    pub pkce: bool,
    /// Values of `acr` that are taken. Empty: any, or none.
    #[serde(default)]
    pub acr: Vec<String>,
    /// Those of them that say that a second factor was used; `mfa` among `amr` says so too.
    #[serde(default)]
    pub second_factor_acr: Vec<String>,
    /// The provider's address is believed to be verified although it sends no `email_verified` (ProConnect: the identity
    /// provider of the agent's own organisation vouches for it).
    #[serde(default)]
    pub vouches_for_email: bool,
    /// How many minutes ago the person may have shown who she is to the provider at most.
    #[serde(default = "half_a_day")]
    pub longest_age_minutes: u32,
}

/// Whom a provider signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignsIn {
    /// Professionals, to their accounts (ProConnect).
    #[default]
    Professionals,
    /// People, to their own spaces (FranceConnect).
    People,
}

/// What a button says, in each language.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// In French.
    pub fr: String,
    /// In English.
    pub en: String,
}

impl Label {
    /// In this language.
    pub fn text(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}

/// How a provider signs (RFC 7518, 3.1): the three that ProConnect offers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub enum Signature {
    /// RSA with SHA-256, by a key that the provider publishes.
    #[default]
    #[serde(rename = "RS256")]
    Rs256,
    /// ECDSA on P-256 with SHA-256, by a key that the provider publishes.
    #[serde(rename = "ES256")]
    Es256,
    /// HMAC with SHA-256, by the secret that the provider gave Liant.
    #[serde(rename = "HS256")]
    Hs256,
}

impl Signature {
    /// As a token names it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
            Self::Hs256 => "HS256",
        }
    }
}

fn scopes() -> Vec<String> {
    ["openid", "given_name", "usual_name", "email"].map(str::to_owned).to_vec()
}

fn yes() -> bool {
    true
}

fn half_a_day() -> u32 {
    12 * 60
}

impl Provider {
    /// What is wrong with its settings, if anything.
    pub(crate) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let is_sound = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        let faults = [
            (
                is_secure(&self.issuer),
                "provider.issuer",
                "an address in https, without query or `/` at its end",
            ),
            (!self.name.trim().is_empty(), "provider.name", "the name that people know it by"),
            (is_sound(&self.client_id), "provider.client_id", "what the provider calls this installation"),
            (
                self.secret_file.is_some() != self.secret_env.is_some(),
                "provider.secret_file",
                "the secret lies in one place: give `secret_file` or `secret_env`",
            ),
            (
                self.scopes.iter().any(|scope| scope == "openid") && self.scopes.iter().all(|s| is_sound(s)),
                "provider.scopes",
                "words without spaces, `openid` among them",
            ),
            (
                self.signs_in == SignsIn::Professionals || !self.acr.is_empty(),
                "provider.acr",
                "say which levels are taken: people come in to their own lives by them alone",
            ),
            (
                self.about.as_deref().is_none_or(|about| about.starts_with("https://") && is_sound(about)),
                "provider.about",
                "an address in https",
            ),
            (
                self.acr.is_empty() || self.second_factor_acr.iter().all(|acr| self.acr.contains(acr)),
                "provider.second_factor_acr",
                "each is also one of `acr`: what is not taken says nothing",
            ),
            (
                (1..=24 * 60).contains(&self.longest_age_minutes),
                "provider.longest_age_minutes",
                "between 1 and 1440",
            ),
        ];
        faults.into_iter().find(|(holds, _, _)| !holds).map(|(_, what, why)| (what, why))
    }
}

/// Whether an issuer is reached safely: over https, or within this machine (tests, a provider on trial).
fn is_secure(issuer: &str) -> bool {
    let plain = issuer.bytes().all(|byte| byte.is_ascii_graphic()) && !issuer.contains(['?', '#', '@']);
    plain && !issuer.ends_with('/') && is_safe_address(issuer)
}

/// Whether an address of a provider may be asked: in https, or in http within this machine.
pub fn is_safe_address(address: &str) -> bool {
    let host = |rest: &str| rest.split(['/', '?']).next().unwrap_or_default().to_owned();
    if let Some(rest) = address.strip_prefix("https://") {
        let host = host(rest);
        return !host.is_empty() && !host.contains('@');
    }
    let Some(rest) = address.strip_prefix("http://") else { return false };
    let host = host(rest);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, port),
        _ => (host.as_str(), "80"),
    };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]") && port.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_reached_in_https_or_within_this_machine() {
        for good in [
            "https://auth.example/api/v2",
            "https://auth.example:8443",
            "http://127.0.0.1:4000",
            "http://localhost/op",
            "http://[::1]:9",
        ] {
            assert!(is_secure(good), "{good}");
        }
        for bad in [
            "http://auth.example",
            "http://127.0.0.1.example",
            "http://127.0.0.1@auth.example",
            "http://localhost:80@auth.example/",
            "https://a@auth.example",
            "https://",
            "https://auth.example/",
            "https://auth.example?x",
            "https://auth.example#x",
            "ftp://127.0.0.1",
            "auth.example",
            "",
        ] {
            assert!(!is_secure(bad), "{bad}");
        }
    }
}
