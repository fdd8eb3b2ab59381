//! Any bytes as a file of a guide: findings or a guide, never a crash, and findings can be drawn.
#![no_main]

use declined::diagnostic::{SourceFile, render};
use declined::guide::answer::{Facts, Given};
use declined::guide::check::check;
use declined::guide::money::Month;
use declined::report::{Report, Tongue};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let files = [SourceFile { path: "guide.toml".into(), text: text.into() }];
    let (guide, findings) = check(&files);
    assert!(guide.is_some() || !findings.is_empty());
    let _ = render(&findings, &files, false);
    if let Some(guide) = guide {
        let facts = Facts::new(&guide, &Given::default(), Month { year: 2026, month: 11 });
        let _ = Report::of(&facts, Tongue::new(&guide, 0));
    }
});
