//! What a provider's tokens state, and the checks that do not depend on who signs in (OpenID Connect Core 3.1.3.7, 5.3):
//! for whom, by whom, until when. What is then believed of it, [`liant_access::claims`] decides.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liant_access::claims::{Claims, PivotClaims};
use liant_model::Instant;
use ring::digest;
use serde::Deserialize;

use super::Fault;

/// Seconds by which the provider's clock and ours may differ.
const APART: i64 = 60;

/// Seconds after which a token that should be new is not.
const OLD: i64 = 600;

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn holds(&self, client: &str) -> bool {
        match self {
            Self::One(one) => one == client,
            Self::Several(all) => all.iter().any(|one| one == client),
        }
    }

    fn is_shared(&self) -> bool {
        matches!(self, Self::Several(all) if all.len() > 1)
    }
}

/// An `id_token`.
#[derive(Deserialize)]
pub(super) struct IdToken {
    iss: String,
    pub(super) sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nonce: Option<String>,
    acr: Option<String>,
    amr: Option<Vec<String>>,
    auth_time: Option<i64>,
    at_hash: Option<String>,
    #[serde(flatten)]
    person: Person,
}

/// What is said of the person herself, in either token. Anything else is dropped as it is read.
#[derive(Deserialize)]
struct Person {
    email: Option<String>,
    email_verified: Option<serde_json::Value>,
    given_name: Option<String>,
    usual_name: Option<String>,
    family_name: Option<String>,
    name: Option<String>,
    birthdate: Option<String>,
    gender: Option<String>,
    birthplace: Option<String>,
    birthcountry: Option<String>,
}

/// France, among the INSEE's codes of countries.
const FRANCE: &str = "99100";

impl Person {
    /// Who she is, when all of it is stated (FranceConnect).
    fn pivot(&self) -> Option<PivotClaims> {
        let place = match self.birthcountry.as_deref()? {
            FRANCE => self.birthplace.as_ref()?,
            _ => self.birthcountry.as_ref()?,
        };
        Some(PivotClaims {
            birth_name: self.family_name.clone()?,
            first_names: self.given_name.clone()?,
            birth_date: self.birthdate.clone()?,
            is_woman: match self.gender.as_deref()? {
                "female" => true,
                "male" => false,
                _ => return None,
            },
            birth_place: place.clone(),
        })
    }

    fn name(&self) -> Option<String> {
        let last = self.usual_name.as_ref().or(self.family_name.as_ref());
        match (&self.given_name, last) {
            (Some(first), Some(last)) => Some(format!("{first} {last}")),
            (first, last) => self.name.as_ref().or(last).or(first.as_ref()).cloned(),
        }
    }

    /// Some providers write it as a text.
    fn email_verified(&self) -> Option<bool> {
        self.email_verified.as_ref().map(|value| *value == true || value == "true")
    }
}

/// What `userinfo` answers.
#[derive(Deserialize)]
pub(super) struct UserInfo {
    sub: String,
    iss: Option<String>,
    aud: Option<Audience>,
    exp: Option<i64>,
    #[serde(flatten)]
    person: Person,
}

/// To whom and when: what tokens are held against.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    pub(super) now: Instant,
}

impl Expected<'_> {
    fn seconds(&self) -> i64 {
        self.now.micros() / 1_000_000
    }

    /// Reads an `id_token` whose signature is right. `access` is the access token that came with it.
    pub(super) fn id_token(&self, payload: &[u8], access: &str) -> Result<IdToken, Fault> {
        let token: IdToken = serde_json::from_slice(payload)
            .map_err(|_| Fault::Untrusted("an id_token that does not read"))?;
        let mine = |azp: &String| azp == self.client;
        for (holds, what) in [
            (token.iss == self.issuer, "iss: another provider's"),
            (token.aud.holds(self.client), "aud: for another service"),
            (token.azp.as_ref().map_or(!token.aud.is_shared(), mine), "azp: given to another service"),
            (token.exp > self.seconds().saturating_sub(APART), "exp: run out"),
            (token.iat <= self.seconds().saturating_add(APART), "iat: of the future"),
            (token.iat >= self.seconds().saturating_sub(OLD), "iat: not new"),
            (token.at_hash.as_deref().is_none_or(|hash| hash == half_hash(access)), "at_hash"),
        ] {
            if !holds {
                return Err(Fault::Untrusted(what));
            }
        }
        Ok(token)
    }

    /// Reads what `userinfo` answered: about the same person, and for us when it says for whom.
    pub(super) fn user_info(&self, payload: &[u8], of: &IdToken) -> Result<UserInfo, Fault> {
        let info: UserInfo =
            serde_json::from_slice(payload).map_err(|_| Fault::Untrusted("a userinfo that does not read"))?;
        for (holds, what) in [
            (info.sub == of.sub, "userinfo sub: of someone else"),
            (info.iss.as_deref().is_none_or(|iss| iss == self.issuer), "userinfo iss: another provider's"),
            (info.aud.as_ref().is_none_or(|aud| aud.holds(self.client)), "userinfo aud: for another service"),
            (info.exp.is_none_or(|exp| exp > self.seconds().saturating_sub(APART)), "userinfo exp: run out"),
        ] {
            if !holds {
                return Err(Fault::Untrusted(what));
            }
        }
        Ok(info)
    }
}

/// How she signed in, from the `id_token`; who she is, from `userinfo` first.
pub(super) fn claims(token: IdToken, info: Option<UserInfo>) -> Claims {
    let person = info.map_or(token.person, |info| info.person);
    let (name, email_verified, pivot) = (person.name(), person.email_verified(), person.pivot());
    Claims {
        issuer: token.iss,
        subject: token.sub,
        nonce: token.nonce,
        acr: token.acr,
        amr: token.amr.unwrap_or_default(),
        auth_time: token.auth_time.map(|seconds| Instant::from_micros(seconds.saturating_mul(1_000_000))),
        email: person.email,
        email_verified,
        name,
        pivot,
    }
}

/// `at_hash`: the left half of the hash of the access token.
fn half_hash(access: &str) -> String {
    let hash = digest::digest(&digest::SHA256, access.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.as_ref().iter().take(16).copied().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_794_816_240;

    fn expected() -> Expected<'static> {
        Expected { issuer: "https://op.example", client: "liant", now: Instant::from_micros(NOW * 1_000_000) }
    }

    fn token() -> Value {
        json!({ "iss": "https://op.example", "sub": "s", "aud": "liant", "exp": NOW + 60, "iat": NOW, "nonce": "n" })
    }

    fn with(mut token: Value, name: &str, value: Value) -> Value {
        token[name] = value;
        token
    }

    fn read(token: &Value) -> Result<IdToken, Fault> {
        expected().id_token(token.to_string().as_bytes(), "access")
    }

    #[test]
    fn an_id_token_is_ours_new_and_not_run_out() {
        assert!(read(&token()).is_ok());
        for (name, value, expected) in [
            ("iss", json!("https://op.example/"), "iss: another provider's"),
            ("aud", json!("other"), "aud: for another service"),
            ("aud", json!(["other"]), "aud: for another service"),
            ("aud", json!(["liant", "other"]), "azp: given to another service"),
            ("azp", json!("other"), "azp: given to another service"),
            ("exp", json!(NOW - 60), "exp: run out"),
            ("iat", json!(NOW + 61), "iat: of the future"),
            ("iat", json!(NOW - 601), "iat: not new"),
            ("at_hash", json!("AAAA"), "at_hash"),
            ("sub", Value::Null, "an id_token that does not read"),
            ("exp", json!("tomorrow"), "an id_token that does not read"),
        ] {
            match read(&with(token(), name, value)) {
                Err(Fault::Untrusted(what)) => assert_eq!(what, expected),
                _ => panic!("taken: {name}, {expected}"),
            }
        }
        for (name, value) in [
            ("aud", json!(["liant"])),
            ("azp", json!("liant")),
            ("exp", json!(NOW - 59)),
            ("iat", json!(NOW + 60)),
            ("at_hash", json!(half_hash("access"))),
        ] {
            assert!(read(&with(token(), name, value)).is_ok(), "{name}");
        }
        let shared = with(with(token(), "aud", json!(["liant", "other"])), "azp", json!("liant"));
        assert!(read(&shared).is_ok());
    }

    #[test]
    fn userinfo_speaks_of_the_same_person() {
        let of = read(&token()).unwrap();
        let info = |info: Value| expected().user_info(info.to_string().as_bytes(), &of);
        assert!(info(json!({ "sub": "s", "email": "a@b.example", "siret": "12345678901234" })).is_ok());
        for wrong in [
            json!({ "sub": "t" }),
            json!({ "email": "a@b.example" }),
            json!({ "sub": "s", "iss": "https://other.example" }),
            json!({ "sub": "s", "aud": "other" }),
            json!({ "sub": "s", "exp": NOW - 60 }),
        ] {
            assert!(info(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_and_addresses_are_read_as_providers_write_them() {
        let info = |info: Value| {
            let of = read(&token()).unwrap();
            let info = expected().user_info(info.to_string().as_bytes(), &of).unwrap();
            let claims = claims(of, Some(info));
            (claims.name, claims.email_verified)
        };
        for (said, name, verified) in [
            (
                json!({ "sub": "s", "given_name": "Inès", "usual_name": "Roux", "family_name": "Blanc" }),
                Some("Inès Roux"),
                None,
            ),
            (
                json!({ "sub": "s", "given_name": "Inès", "family_name": "Blanc", "email_verified": true }),
                Some("Inès Blanc"),
                Some(true),
            ),
            (json!({ "sub": "s", "name": "I. Roux", "email_verified": "true" }), Some("I. Roux"), Some(true)),
            (json!({ "sub": "s", "email_verified": "no" }), None, Some(false)),
        ] {
            assert_eq!(info(said), (name.map(str::to_owned), verified));
        }
    }

    #[test]
    fn a_pivot_identity_is_whole_or_none() {
        let whole = json!({
            "sub": "s", "given_name": "Léa Marie", "family_name": "Lefèvre", "preferred_username": "Dupont",
            "birthdate": "1980-02-01", "gender": "female", "birthplace": "62041", "birthcountry": "99100",
        });
        let pivot = |info: &Value| {
            let of = read(&token()).unwrap();
            let info = expected().user_info(info.to_string().as_bytes(), &of).unwrap();
            claims(of, Some(info)).pivot
        };
        let told = pivot(&whole).unwrap();
        assert_eq!(
            (told.birth_name.as_str(), told.birth_place.as_str(), told.is_woman),
            ("Lefèvre", "62041", true)
        );
        assert_eq!(told.first_names, "Léa Marie");
        for name in ["given_name", "family_name", "birthdate", "gender", "birthplace", "birthcountry"] {
            assert!(pivot(&with(whole.clone(), name, Value::Null)).is_none(), "{name}");
        }
        assert!(pivot(&with(whole.clone(), "gender", json!("unspecified"))).is_none());
        let abroad = with(with(whole, "birthcountry", json!("99350")), "birthplace", json!(""));
        assert_eq!(pivot(&abroad).unwrap().birth_place, "99350");
    }

    #[test]
    fn the_hash_of_an_access_token_is_that_of_the_standard() {
        // OpenID Connect Core, appendix A.3.
        assert_eq!(half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
    }
}
