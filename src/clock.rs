//! The time by the person's clock, or a fixed one.
#![expect(clippy::disallowed_methods, reason = "reading the clock is what this module is for")]

use time::{OffsetDateTime, UtcOffset};

/// Where the time comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// Always the same.
    Fixed(OffsetDateTime),
    /// The system's, so far from UTC.
    Running(UtcOffset),
}

impl Clock {
    /// The system's clock as it is set here. How far it is from UTC can be read safely only while there is a single
    /// thread, so this is for the start.
    #[must_use]
    pub fn local() -> Self {
        // Where the system does not tell how far its clocks are from UTC, that is what they show.
        let offset = UtcOffset::local_offset_at(OffsetDateTime::now_utc()).unwrap_or(UtcOffset::UTC);
        // Seconds, as some old zones have them, cannot be written down.
        let minutes = offset.whole_seconds() / 60;
        Self::Running(UtcOffset::from_whole_seconds(minutes * 60).unwrap_or(UtcOffset::UTC))
    }

    /// What it shows.
    #[must_use]
    pub fn now(self) -> OffsetDateTime {
        match self {
            Self::Fixed(now) => now,
            Self::Running(offset) => OffsetDateTime::now_utc().to_offset(offset),
        }
    }
}
