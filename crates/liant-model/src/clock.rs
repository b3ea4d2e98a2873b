use std::fmt;

/// A moment, in microseconds since 1970-01-01T00:00:00 UTC: how both engines store instants.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// The moment that lies `micros` microseconds after the Unix epoch.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Noon, UTC, of a day: that day in France too.
    pub fn noon_of(day: jiff::civil::Date) -> Self {
        let noon = day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC);
        Self(noon.map_or(0, |noon| noon.timestamp().as_microsecond()))
    }

    /// Microseconds since the Unix epoch.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Milliseconds since the Unix epoch, never negative: the time part of a UUIDv7.
    pub const fn unix_millis(self) -> u64 {
        if self.0 < 0 { 0 } else { (self.0 / 1000) as u64 }
    }

    /// The civil date of this moment in France (Europe/Paris), which every convention of the seed counts in.
    pub fn date(self) -> jiff::civil::Date {
        self.zoned().date()
    }

    /// The hour of the day in France, 0 to 23.
    pub fn hour(self) -> i8 {
        self.zoned().hour()
    }

    fn zoned(self) -> jiff::Zoned {
        let moment = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let paris = jiff::tz::TimeZone::get("Europe/Paris").unwrap_or(jiff::tz::TimeZone::UTC);
        moment.to_zoned(paris)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.zoned().strftime("%Y-%m-%d %H:%M:%S"))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Instant({self})")
    }
}

/// Where the present moment comes from. The shell passes the system's clock, tests a [`FixedClock`].
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Instant;
}

/// A clock that always shows the same moment.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(
    /// The moment it shows.
    pub Instant,
);

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        self.0
    }
}
