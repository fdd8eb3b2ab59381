//! A planted secret in any text is gone afterwards, whatever stands around it, and nothing is taken out twice.
#![no_main]

use declined::redact::redact;
use libfuzzer_sys::fuzz_target;

const KEY: &str = "sk-proj-FAKE0example0000000000000000000000000000";
const CARD: &str = "4000 0012 3456 7899";

fuzz_target!(|text: &str| {
    let plain = redact(text);
    assert_eq!(redact(&plain.text).text, plain.text, "what is clean stays as it is");
    let middle = (0..=text.len() / 2).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let (before, after) = text.split_at(middle);
    for secret in [KEY, CARD] {
        let clean = redact(&format!("{before}\n{secret}\n{after}")).text;
        // The one that was planted: a piece of a longer number may well look like it.
        assert!(!clean.contains(&format!("\n{secret}\n")), "{clean:?}");
    }
});
