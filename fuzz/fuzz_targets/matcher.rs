//! Any text against the signals of the built-in guide: what is recognised is in the guide, and is quoted.
#![no_main]

use std::sync::OnceLock;

use declined::guide::{Guide, check::check};
use declined::{content, signal::Matcher};
use libfuzzer_sys::fuzz_target;

static GUIDE: OnceLock<(Guide, Matcher)> = OnceLock::new();

fuzz_target!(|text: &str| {
    let (guide, matcher) = GUIDE.get_or_init(|| {
        let (guide, _) = check(&content::built_in_without_tests().files);
        let guide = guide.expect("the built-in guide has no faults");
        let matcher = Matcher::build(&guide).expect("its phrases fit");
        (guide, matcher)
    });
    let hits = matcher.hits(text);
    for pair in hits.windows(2) {
        assert!(guide.signals[pair[0].signal].rank <= guide.signals[pair[1].signal].rank);
    }
    for hit in hits {
        assert!(!hit.quote.is_empty(), "{} is quoted by nothing", guide.signals[hit.signal].id);
    }
});
