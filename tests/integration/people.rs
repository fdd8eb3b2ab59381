//! The invented people.
