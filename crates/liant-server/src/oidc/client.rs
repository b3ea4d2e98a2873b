//! Liant as one provider knows it: the addresses and keys that the provider publishes, the question, the exchange, the logout.

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use liant_access::claims::{Provider, SignsIn};
use liant_access::provider::is_safe_address;
use liant_model::Instant;
use ring::digest;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::jws::{JwsFault, Keys, verified};
use super::statement::{Expected, claims};
use super::wire::{Answer, Deadline, Wire};
use super::{Fault, Stated};
use crate::next::encoded;

/// What is read of a provider's description of itself (OpenID Connect Discovery).
#[derive(Deserialize)]
struct Description {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    end_session_endpoint: Option<String>,
    #[serde(default)]
    claims_parameter_supported: bool,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

/// What a provider has said of itself, and when.
struct Known {
    description: Description,
    keys: Keys,
    read_at: Instant,
}

/// Microseconds for which a description is good.
const GOOD: i64 = 3_600_000_000;

/// What a question carries: all of it was made for it alone.
pub(crate) struct Question {
    pub(crate) state: Zeroizing<String>,
    pub(crate) nonce: String,
    pub(crate) verifier: Zeroizing<String>,
    /// Where the browser is to come back.
    pub(crate) back: String,
}

/// Liant as one provider knows it.
pub(crate) struct Client {
    provider: Provider,
    secret: Zeroizing<String>,
    wire: Arc<Wire>,
    known: Mutex<Option<Arc<Known>>>,
}

impl Client {
    pub(super) fn new(provider: Provider, secret: Zeroizing<String>, wire: Arc<Wire>) -> Self {
        Self { provider, secret, wire, known: Mutex::new(None) }
    }

    pub(super) fn provider(&self) -> &Provider {
        &self.provider
    }

    /// Makes sure that the provider can be asked, and gives the address that the browser takes `question` to.
    pub(crate) fn way_there(&self, question: &Question, now: Instant) -> Result<String, Fault> {
        let known = self.known(now, Deadline::new())?;
        let scopes = self.provider.scopes.join(" ");
        let challenge = digest::digest(&digest::SHA256, question.verifier.as_bytes());
        let challenge = URL_SAFE_NO_PAD.encode(challenge.as_ref());
        let asked = serde_json::json!({ "id_token": self.asked_claims() }).to_string();
        let levels = self.provider.acr.join(" ");
        let mut parts = vec![
            ("response_type", "code"),
            ("client_id", &self.provider.client_id),
            ("redirect_uri", &question.back),
            ("scope", &scopes),
            ("state", &question.state),
            ("nonce", &question.nonce),
        ];
        if self.provider.pkce {
            parts.extend([("code_challenge", challenge.as_str()), ("code_challenge_method", "S256")]);
        }
        // A computer in a hall serves one after the other: whoever comes into a person's space shows there, now, who she is.
        if self.provider.signs_in == SignsIn::People {
            parts.push(("prompt", "login"));
        }
        // ProConnect refuses what it does not know: each parameter goes only where it means something.
        if known.description.claims_parameter_supported {
            parts.push(("claims", &asked));
        } else if !levels.is_empty() {
            parts.push(("acr_values", &levels));
        }
        Ok(address(&known.description.authorization_endpoint, &parts))
    }

    /// How she signs in there is asked for by name: providers leave `amr` out otherwise, and take `acr_values` for a wish.
    fn asked_claims(&self) -> serde_json::Value {
        let essential = serde_json::json!({ "essential": true });
        let mut asked = serde_json::json!({ "amr": essential, "auth_time": essential });
        if !self.provider.acr.is_empty() {
            asked["acr"] = serde_json::json!({ "essential": true, "values": self.provider.acr });
        }
        asked
    }

    /// Exchanges the code of an answer for what the provider states.
    pub(crate) fn exchange(
        &self,
        code: &str,
        verifier: &str,
        back: &str,
        now: Instant,
    ) -> Result<Stated, Fault> {
        #[derive(Deserialize)]
        struct Tokens {
            access_token: Zeroizing<String>,
            id_token: Zeroizing<String>,
        }
        let until = Deadline::new();
        let known = self.known(now, until)?;
        let mut parts = vec![("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back)];
        if self.provider.pkce {
            parts.push(("code_verifier", verifier));
        }
        let (basic, form) = self.signed_form(&known.description, parts);
        let answer = self.wire.post(
            &known.description.token_endpoint,
            basic.as_deref().map(String::as_str),
            &form,
            until,
        )?;
        if answer.status != 200 {
            return Err(Fault::Refused(error_code(&answer)));
        }
        let tokens: Tokens = read(&answer.body)?;
        let expected = Expected { issuer: &self.provider.issuer, client: &self.provider.client_id, now };
        let (payload, known) = self.signed(&tokens.id_token, known, now, until)?;
        let id_token = expected.id_token(&payload, &tokens.access_token)?;
        let info = match &known.description.userinfo_endpoint {
            None => None,
            Some(endpoint) => {
                let answer = self.wire.get(endpoint, Some(&tokens.access_token), until)?;
                if answer.status != 200 {
                    return Err(Fault::Refused(error_code(&answer)));
                }
                let payload = self.user_info(answer, known, now, until)?;
                Some(expected.user_info(&payload, &id_token)?)
            }
        };
        Ok(Stated { claims: claims(id_token, info), id_token: tokens.id_token })
    }

    /// The address that takes the browser out of the provider, and then to `back`; nothing when the provider has none.
    pub(crate) fn way_out(
        &self,
        id_token: &str,
        state: &str,
        back: &str,
        now: Instant,
    ) -> Result<Option<String>, Fault> {
        let known = self.known(now, Deadline::new())?;
        let parts = [("id_token_hint", id_token), ("state", state), ("post_logout_redirect_uri", back)];
        Ok(known.description.end_session_endpoint.as_deref().map(|there| address(there, &parts)))
    }

    /// The form of the exchange with Liant's secret: among the fields, as ProConnect asks, or in the header of RFC 6749, 2.3.1.
    fn signed_form<'a>(
        &'a self,
        description: &Description,
        mut parts: Vec<(&'a str, &'a str)>,
    ) -> (Option<Zeroizing<String>>, Zeroizing<String>) {
        let ways = description.token_endpoint_auth_methods_supported.as_ref();
        let by_form = ways.is_some_and(|ways| ways.iter().any(|way| way == "client_secret_post"));
        if by_form {
            parts.extend([("client_id", self.provider.client_id.as_str()), ("client_secret", &self.secret)]);
            return (None, Zeroizing::new(query(&parts)));
        }
        let pair = format!("{}:{}", encoded(&self.provider.client_id), encoded(&self.secret));
        let pair = Zeroizing::new(pair);
        (Some(Zeroizing::new(STANDARD.encode(pair.as_bytes()))), Zeroizing::new(query(&parts)))
    }

    /// What a token states once its signature is checked. A key that is not among those we know is looked for once more:
    /// providers change theirs.
    fn signed(
        &self,
        token: &str,
        known: Arc<Known>,
        now: Instant,
        until: Deadline,
    ) -> Result<(Vec<u8>, Arc<Known>), Fault> {
        let read =
            |known: &Known| verified(token, self.provider.signature, &known.keys, self.secret.as_bytes());
        match read(&known) {
            Ok(payload) => Ok((payload, known)),
            Err(JwsFault::NoKey) => {
                let renewed = self.renew(now, until)?;
                let payload = read(&renewed).map_err(untrusted)?;
                Ok((payload, renewed))
            }
            Err(fault) => Err(untrusted(fault)),
        }
    }

    /// `userinfo` is a signed token (ProConnect), or JSON that TLS vouches for.
    fn user_info(
        &self,
        answer: Answer,
        known: Arc<Known>,
        now: Instant,
        until: Deadline,
    ) -> Result<Vec<u8>, Fault> {
        if answer.kind.starts_with("application/json") {
            return Ok(answer.body);
        }
        let token =
            String::from_utf8(answer.body).map_err(|_| Fault::Untrusted("a userinfo that does not read"))?;
        Ok(self.signed(token.trim(), known, now, until)?.0)
    }

    fn known(&self, now: Instant, until: Deadline) -> Result<Arc<Known>, Fault> {
        let held = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match held.filter(|known| (0..GOOD).contains(&(now.micros() - known.read_at.micros()))) {
            Some(known) => Ok(known),
            None => self.renew(now, until),
        }
    }

    /// Reads the provider's description and keys again.
    fn renew(&self, now: Instant, until: Deadline) -> Result<Arc<Known>, Fault> {
        let place = format!("{}/.well-known/openid-configuration", self.provider.issuer);
        let description: Description = self.published(&place, until)?;
        if description.issuer != self.provider.issuer {
            return Err(Fault::Untrusted("its description is another provider's (issuer)"));
        }
        let is_outside = self.provider.issuer.starts_with("https://");
        let own = [&description.authorization_endpoint, &description.token_endpoint, &description.jwks_uri];
        let more = [&description.userinfo_endpoint, &description.end_session_endpoint];
        let sound = |place: &String| is_safe_address(place) && (!is_outside || place.starts_with("https://"));
        if !own.into_iter().chain(more.into_iter().flatten()).all(sound) {
            return Err(Fault::Untrusted("an address of its description is not https"));
        }
        let keys = self.published(&description.jwks_uri, until)?;
        let known = Arc::new(Known { description, keys, read_at: now });
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&known));
        Ok(known)
    }

    fn published<T: DeserializeOwned>(&self, place: &str, until: Deadline) -> Result<T, Fault> {
        let answer = self.wire.get(place, None, until)?;
        if answer.status != 200 {
            return Err(Fault::Down(format!("it answered {} to what it publishes", answer.status)));
        }
        read(&answer.body)
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(body).map_err(|_| Fault::Down("its answer does not read".to_owned()))
}

fn untrusted(fault: JwsFault) -> Fault {
    Fault::Untrusted(match fault {
        JwsFault::Malformed => "a token that does not read",
        JwsFault::Algorithm => "signed by another algorithm than the settings say",
        JwsFault::NoKey => "signed by no key that the provider publishes",
        JwsFault::Signature => "a signature that is not the provider's",
    })
}

/// The error code of an answer, for the log: a word of the standard, and nothing that could speak of a person.
fn error_code(answer: &Answer) -> String {
    #[derive(Deserialize)]
    struct Told {
        error: String,
    }
    let told: Option<Told> = serde_json::from_slice(&answer.body).ok();
    let word = told.map(|told| told.error).filter(|word| is_word(word));
    format!("{} {}", answer.status, word.unwrap_or_default()).trim_end().to_owned()
}

fn is_word(text: &str) -> bool {
    text.len() <= 60 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// An address with these parts after what it has already.
fn address(base: &str, parts: &[(&str, &str)]) -> String {
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}{}", query(parts))
}

fn query(parts: &[(&str, &str)]) -> String {
    parts.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_takes_a_word_and_nothing_else() {
        let told = |body: &str| {
            error_code(&Answer { status: 400, kind: String::new(), body: body.as_bytes().to_vec() })
        };
        assert_eq!(
            told(r#"{"error":"invalid_grant","error_description":"of A. Martin"}"#),
            "400 invalid_grant"
        );
        for body in [r#"{"error":"A. Martin"}"#, "{}", "<html>", ""] {
            assert_eq!(told(body), "400");
        }
    }

    #[test]
    fn an_address_keeps_what_it_has() {
        assert_eq!(address("https://a.example/x", &[("b", "c d&e")]), "https://a.example/x?b=c%20d%26e");
        assert_eq!(address("https://a.example/x?y=z", &[("b", "é")]), "https://a.example/x?y=z&b=%C3%A9");
    }
}
