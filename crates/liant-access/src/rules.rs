use crate::claims::Provider;
use crate::password::{HashCost, PasswordPolicy};
use crate::{session, throttle};

/// Every figure of accounts: `[accounts]` of `liant.toml`. What is absent has its default.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountRules {
    /// How strong a password must be.
    pub password: PasswordPolicy,
    /// How dear it is to try one.
    pub hash: HashCost,
    /// How failures delay.
    pub throttle: throttle::Rules,
    /// How long a session lasts.
    pub session: session::Limits,
    /// Days for which an invitation, or leave to link a provider, stands.
    pub invitation_days: u32,
    /// Hours for which the link to a new password is good.
    pub password_link_hours: u32,
    /// Hours for which the code is good that lets a person into her own space: short, since whoever finds the paper may come in
    /// first.
    pub space_code_hours: u32,
    /// Minutes within which a sign-in that has begun must end.
    pub sign_in_minutes: u32,
    /// Codes that may be tried in one sign-in before it must begin again.
    pub codes_per_sign_in: u32,
    /// Days for which a browser that has signed in is known.
    pub known_browser_days: u32,
    /// The OpenID providers.
    #[serde(rename = "provider")]
    pub providers: Vec<Provider>,
}

impl Default for AccountRules {
    fn default() -> Self {
        Self {
            password: PasswordPolicy::default(),
            hash: HashCost::default(),
            throttle: throttle::Rules::default(),
            session: session::Limits::default(),
            invitation_days: 7,
            password_link_hours: 24,
            space_code_hours: 2,
            sign_in_minutes: 10,
            codes_per_sign_in: 5,
            known_browser_days: 180,
            providers: Vec::new(),
        }
    }
}

/// A figure of `[accounts]` that would undo a protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("[accounts] {what}: {why}")]
pub struct UnsafeRules {
    /// Which figure.
    pub what: &'static str,
    /// Why it is refused.
    pub why: &'static str,
}

impl AccountRules {
    /// Refuses figures under the floors of the texts that we follow.
    ///
    /// # Errors
    /// The first [`UnsafeRules`].
    pub fn check(&self) -> Result<(), UnsafeRules> {
        let lanes =
            [&self.throttle.pair, &self.throttle.account, &self.throttle.address, &self.throttle.device];
        let floors = [
            (
                self.password.bits >= PasswordPolicy::FLOOR_BITS,
                "password.bits",
                "at least 50, where attempts are throttled (CNIL, 2022-100)",
            ),
            (
                self.hash.memory_kib >= HashCost::FLOOR.memory_kib
                    && self.hash.passes >= HashCost::FLOOR.passes,
                "hash",
                "at least memory_kib = 19456 and passes = 2 (OWASP)",
            ),
            (
                self.hash.memory_kib <= 1 << 20,
                "hash.memory_kib",
                "at most 1048576: each sign-in takes so much",
            ),
            ((1..=240).contains(&self.session.idle_minutes), "session.idle_minutes", "between 1 and 240"),
            ((1..=24).contains(&self.session.absolute_hours), "session.absolute_hours", "between 1 and 24"),
            ((1..=31).contains(&self.invitation_days), "invitation_days", "between 1 and 31"),
            ((1..=72).contains(&self.password_link_hours), "password_link_hours", "between 1 and 72"),
            ((1..=72).contains(&self.space_code_hours), "space_code_hours", "between 1 and 72"),
            ((1..=60).contains(&self.sign_in_minutes), "sign_in_minutes", "between 1 and 60"),
            ((1..=10).contains(&self.codes_per_sign_in), "codes_per_sign_in", "between 1 and 10"),
            (
                lanes.iter().all(|lane| lane.longest_delay_seconds <= 3_600),
                "throttle",
                "a longest delay above an hour locks honest people out",
            ),
            (
                lanes.iter().all(|lane| {
                    lane.first_delay_seconds >= 1
                        && lane.longest_delay_seconds >= 30
                        && lane.forgotten_after_minutes >= 60
                        && lane.free <= 100
                }),
                "throttle",
                "at most 100 free failures, delays of at least 1 s growing to at least 30 s, remembered for at least an hour",
            ),
        ];
        if let Some((_, what, why)) = floors.into_iter().find(|(holds, _, _)| !holds) {
            return Err(UnsafeRules { what, why });
        }
        let is_there_twice = |(place, one): (usize, &Provider)| {
            self.providers.iter().skip(place + 1).any(|other| other.issuer == one.issuer)
        };
        if self.providers.iter().enumerate().any(is_there_twice) {
            return Err(UnsafeRules { what: "provider.issuer", why: "each provider once" });
        }
        match self.providers.iter().find_map(Provider::fault) {
            Some((what, why)) => Err(UnsafeRules { what, why }),
            None => Ok(()),
        }
    }
}
