//! A signed token (JWS, RFC 7515, compact): split, held to the one algorithm of the settings, its signature checked by ring.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liant_access::provider::Signature;
use ring::{hmac, signature};
use serde::Deserialize;

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JwsFault {
    /// It does not read.
    Malformed,
    /// It names another algorithm than the settings, or asks for what we do not know (`crit`).
    Algorithm,
    /// No key of the provider may have signed it: its keys may have changed since they were read.
    NoKey,
    /// The signature is not of this key.
    Signature,
}

/// The keys that a provider publishes (JWKS, RFC 7517).
#[derive(Default, Deserialize)]
pub(super) struct Keys {
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct Jwk {
    #[serde(default)]
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

impl Keys {
    /// Those that may have signed a token with this header.
    fn fitting(&self, algorithm: Signature, kid: Option<&str>) -> impl Iterator<Item = &Jwk> {
        let kind = match algorithm {
            Signature::Rs256 => "RSA",
            Signature::Es256 => "EC",
            Signature::Hs256 => "none: the secret is published by nobody",
        };
        self.keys.iter().filter(move |key| {
            key.kty == kind
                && key.usage.as_deref().is_none_or(|usage| usage == "sig")
                && key.alg.as_deref().is_none_or(|alg| alg == algorithm.code())
                && kid.is_none_or(|kid| key.kid.as_deref() == Some(kid))
        })
    }
}

/// What a token states, once it is sure who signed it. `secret` is Liant's own at the provider, for HS256.
pub(super) fn verified(
    token: &str,
    algorithm: Signature,
    keys: &Keys,
    secret: &[u8],
) -> Result<Vec<u8>, JwsFault> {
    let (signed, tag) = token.rsplit_once('.').ok_or(JwsFault::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(JwsFault::Malformed)?;
    let header: Header = serde_json::from_slice(&decoded(header)?).map_err(|_| JwsFault::Malformed)?;
    let (payload, tag) = (decoded(payload)?, decoded(tag)?);
    if header.alg != algorithm.code() || header.crit.is_some() {
        return Err(JwsFault::Algorithm);
    }
    if algorithm == Signature::Hs256 {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        return match hmac::verify(&key, signed.as_bytes(), &tag) {
            Ok(()) => Ok(payload),
            Err(_) => Err(JwsFault::Signature),
        };
    }
    let mut verdict = JwsFault::NoKey;
    for key in keys.fitting(algorithm, header.kid.as_deref()) {
        if key.signed(algorithm, signed.as_bytes(), &tag) {
            return Ok(payload);
        }
        verdict = JwsFault::Signature;
    }
    Err(verdict)
}

impl Jwk {
    fn signed(&self, algorithm: Signature, message: &[u8], tag: &[u8]) -> bool {
        match algorithm {
            Signature::Rs256 => {
                let (Some(n), Some(e)) = (number(self.n.as_deref()), number(self.e.as_deref())) else {
                    return false;
                };
                let key = signature::RsaPublicKeyComponents { n: &n, e: &e };
                key.verify(&signature::RSA_PKCS1_2048_8192_SHA256, message, tag).is_ok()
            }
            Signature::Es256 => {
                let (Some(x), Some(y)) = (coordinate(self.x.as_deref()), coordinate(self.y.as_deref()))
                else {
                    return false;
                };
                let point = [&[4], x.as_slice(), y.as_slice()].concat();
                let key = signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point);
                self.crv.as_deref() == Some("P-256") && key.verify(message, tag).is_ok()
            }
            Signature::Hs256 => false,
        }
    }
}

/// A number, without the zeros that some write before it.
fn number(text: Option<&str>) -> Option<Vec<u8>> {
    let bytes = decoded(text?).ok()?;
    let first = bytes.iter().position(|byte| *byte != 0)?;
    bytes.get(first..).map(<[u8]>::to_vec)
}

/// A coordinate of P-256: exactly 32 bytes (RFC 7518, 6.2.1.2).
fn coordinate(text: Option<&str>) -> Option<Vec<u8>> {
    decoded(text?).ok().filter(|bytes| bytes.len() == 32)
}

fn decoded(text: &str) -> Result<Vec<u8>, JwsFault> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| JwsFault::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7515, appendix A.
    const HMAC: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const HMAC_KEY: &str =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    const RSA: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    const RSA_N: &str = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ";
    const EC: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    const EC_X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    const EC_Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";

    fn published(keys: &str) -> Keys {
        serde_json::from_str(&format!("{{\"keys\":[{keys}]}}")).unwrap()
    }

    fn rsa(more: &str) -> String {
        format!("{{\"kty\":\"RSA\",\"n\":\"{RSA_N}\",\"e\":\"AQAB\"{more}}}")
    }

    fn ec(more: &str) -> String {
        format!("{{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"{EC_X}\",\"y\":\"{EC_Y}\"{more}}}")
    }

    #[test]
    fn the_examples_of_the_standard_are_taken() {
        let secret = URL_SAFE_NO_PAD.decode(HMAC_KEY).unwrap();
        let keys = published(&format!("{},{}", rsa(""), ec("")));
        for (token, algorithm) in [(HMAC, Signature::Hs256), (RSA, Signature::Rs256), (EC, Signature::Es256)]
        {
            let stated = verified(token, algorithm, &keys, &secret).unwrap();
            assert!(stated.starts_with(b"{\"iss\":\"joe\""), "{algorithm:?}");
            let turned = token.replacen("iss", "isz", 1).replacen("eyJpc3Mi", "eyJpc3Ni", 1);
            assert_eq!(verified(&turned, algorithm, &keys, &secret), Err(JwsFault::Signature));
        }
    }

    #[test]
    fn a_token_chooses_neither_its_algorithm_nor_its_key() {
        let keys = published(&format!("{},{}", rsa(""), ec("")));
        let none = URL_SAFE_NO_PAD.encode("{\"alg\":\"none\"}");
        let payload = RSA.split('.').nth(1).unwrap();
        for (token, algorithm) in [
            (format!("{none}.{payload}."), Signature::Rs256),
            (RSA.to_owned(), Signature::Es256),
            (RSA.to_owned(), Signature::Hs256),
            // The public key of the provider used as a secret that everyone knows.
            (HMAC.to_owned(), Signature::Rs256),
        ] {
            assert_eq!(verified(&token, algorithm, &keys, RSA_N.as_bytes()), Err(JwsFault::Algorithm));
        }
        let critical = URL_SAFE_NO_PAD.encode("{\"alg\":\"RS256\",\"crit\":[\"b64\"]}");
        let token = format!("{critical}.{payload}.AAAA");
        assert_eq!(verified(&token, Signature::Rs256, &keys, b""), Err(JwsFault::Algorithm));
    }

    #[test]
    fn only_a_key_for_signing_under_the_name_given_is_tried() {
        for (keys, expected) in [
            (rsa(",\"use\":\"sig\",\"alg\":\"RS256\""), Ok(())),
            (rsa(",\"use\":\"enc\""), Err(JwsFault::NoKey)),
            (rsa(",\"alg\":\"PS256\""), Err(JwsFault::NoKey)),
            (ec(""), Err(JwsFault::NoKey)),
            (String::new(), Err(JwsFault::NoKey)),
            // One of the keys may not read: the others still serve.
            (format!("{{\"kty\":\"RSA\"}},{}", rsa("")), Ok(())),
            ("{\"kty\":\"RSA\"}".to_owned(), Err(JwsFault::Signature)),
        ] {
            let found = verified(RSA, Signature::Rs256, &published(&keys), b"").map(drop);
            assert_eq!(found, expected, "{keys}");
        }
        let named = URL_SAFE_NO_PAD.encode("{\"alg\":\"RS256\",\"kid\":\"new\"}");
        let token = format!("{named}.{}.AAAA", RSA.split('.').nth(1).unwrap());
        let known = published(&rsa(",\"kid\":\"old\""));
        assert_eq!(verified(&token, Signature::Rs256, &known, b""), Err(JwsFault::NoKey));
    }

    #[test]
    fn what_does_not_read_is_told_so() {
        for token in ["", ".", "..", "a.b", "a.b.c.d", "e30.e30.", "!!.e30.e30", "é.é.é"] {
            let found = verified(token, Signature::Rs256, &Keys::default(), b"");
            assert_eq!(found, Err(JwsFault::Malformed), "{token:?}");
        }
    }
}
