//! The accounts of a demo workplace (*démonstration*): invented people whose password and second factor anyone at the machine may
//! read. They sign in as everyone does: the rules of accounts are those of production, and only what each would keep for herself
//! is written down. A site that others than this machine can reach refuses to serve such a workplace.

use std::io::Write as _;
use std::path::Path;

use liant_access::password::Password;
use liant_access::totp::{self, Secret};
use liant_model::Instant;

use crate::AppError;
use crate::accounts::{AccountError, Office, Origin, SignedIn, Step, factors, sign_in};
use crate::private::PrivateFile;

/// The accounts of a demo workplace, as a file keeps them.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Roster {
    /// The password of each.
    pub password: String,
    /// Who there is, in the order in which they are shown.
    pub accounts: Vec<DemoAccount>,
}

/// Someone of the demo.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct DemoAccount {
    /// Her address.
    pub email: String,
    /// Her name.
    pub name: String,
    /// Her role, as conventions name it.
    pub role: String,
    /// Her organisation.
    pub organisation: String,
    /// Whether she manages access.
    pub is_admin: bool,
    /// What her authenticator application keeps, in base 32; empty when her role needs none.
    pub secret: String,
}

/// A code of the second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Six digits.
    pub digits: String,
    /// When the next one comes.
    pub until: Instant,
}

const STEP_MICROS: i64 = 30_000_000;

impl DemoAccount {
    /// The code that her application shows; none when she needs none.
    pub fn code(&self, now: Instant) -> Option<Code> {
        let secret = Secret::from_base32(&self.secret)?;
        let step = totp::step_of(now);
        let until = Instant::from_micros(step.saturating_add(1).saturating_mul(STEP_MICROS));
        Some(Code { digits: secret.code(step), until })
    }
}

impl Roster {
    /// Reads the file.
    ///
    /// # Errors
    /// [`AppError::File`].
    pub fn read(path: &Path) -> Result<Self, AppError> {
        let text = std::fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
        serde_json::from_str(&text).map_err(|error| AppError::file(path, error.to_string()))
    }

    /// Writes the file, for its owner alone.
    ///
    /// # Errors
    /// [`AppError::File`].
    pub fn write(&self, path: &Path) -> Result<(), AppError> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| AppError::Internal(error.to_string()))?;
        let fault = |error: std::io::Error| AppError::file(path, error);
        let (place, mut file) = PrivateFile::begin(path).map_err(fault)?;
        file.write_all(&text).map_err(fault)?;
        place.finish().map_err(fault)
    }

    /// The account of this address.
    pub fn account(&self, email: &str) -> Option<&DemoAccount> {
        self.accounts.iter().find(|account| account.email.eq_ignore_ascii_case(email))
    }
}

/// Signs in for the first time with a password, as someone who has just been given an account: sets up her second factor when her
/// role needs one. Gives its secret in base 32, and who she is.
///
/// # Errors
/// As [`sign_in::password`] and [`factors::confirm_in_sign_in`].
pub fn come_in(
    office: &Office<'_>,
    email: &str,
    password: &Password,
) -> Result<(String, Box<SignedIn>), AccountError> {
    let origin = Origin { address: "127.0.0.1", known_browser: None, browser: "liant demo" };
    let wrong = || AppError::Internal("a demo account could not come in".to_owned());
    let (step, secret) = match sign_in::password(office, email, password, &origin)? {
        Step::Enrol { pending } => {
            let enrolment = factors::begin_in_sign_in(office, &pending)?;
            let secret = Secret::from_base32(&enrolment.secret).ok_or_else(wrong)?;
            // The code of the step before: the present one is left for the sign-in that follows.
            let code = secret.code(totp::step_of(office.now()) - 1);
            let (step, _, _) = factors::confirm_in_sign_in(office, &pending, &code, &origin)?;
            (step, enrolment.secret.to_string())
        }
        step => (step, String::new()),
    };
    match step {
        Step::Open(opened) => Ok((secret, Box::new(opened.signed_in))),
        _ => Err(wrong().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_that_of_the_present_step_and_says_until_when() {
        let secret = Secret::new([7; 20]);
        let account = DemoAccount {
            email: "a@demo.example".into(),
            name: "A".into(),
            role: "technician".into(),
            organisation: "D".into(),
            is_admin: false,
            secret: secret.base32().to_string(),
        };
        let now = Instant::from_micros(1_794_816_240_000_001);
        let code = account.code(now).unwrap();
        assert_eq!(code.digits, secret.code(totp::step_of(now)));
        assert_eq!(code.until.micros(), 1_794_816_270_000_000);
        assert_eq!(DemoAccount { secret: String::new(), ..account }.code(now), None);
    }
}
