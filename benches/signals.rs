//! How fast a text is matched against all signals, and how that changes with ten times as many:
//!
//! ```console
//! cargo bench
//! ```
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark takes the time and prints it"
)]

use std::time::{Duration, Instant};

use declined::guide::{Guide, check::check};
use declined::redact::redact;
use declined::signal::Matcher;
use declined::{content, explain};

const ROUNDS: usize = 7;

/// The middle of some runs.
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let from = Instant::now();
            run();
            from.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[ROUNDS / 2]
}

/// The guide with its signals as often as that; the copies have phrases and codes of their own.
fn grown(guide: &Guide, times: usize) -> Guide {
    let mut grown = guide.clone();
    for copy in 1..times {
        for signal in &guide.signals {
            let mut signal = signal.clone();
            for text in signal.codes.iter_mut().chain(&mut signal.phrases).chain(&mut signal.unless) {
                text.extend(["_", &copy.to_string()]);
            }
            grown.signals.push(signal);
        }
    }
    grown
}

fn main() {
    let (guide, _) = check(&content::built_in_without_tests().files);
    let guide = guide.expect("the built-in guide has no faults");
    let line =
        "2026-11-22 12:00:00 INFO request finished in 120 ms: {\"status\": 200, \"message\": \"付款页面已打开\"}\n";
    let error =
        "Error code: 429 - {'error': {'message': 'You exceeded your current quota', 'code': 'insufficient_quota'}}\n";
    let mut text = line.repeat(1_000_000 / line.len());
    text.push_str(error);
    #[expect(clippy::cast_precision_loss, reason = "a text of a megabyte")]
    let megabytes = text.len() as f64 / 1e6;
    let say = |what: &str, time: Duration| {
        println!("{what}: {:.1} ms, {:.0} MB/s", time.as_secs_f64() * 1e3, megabytes / time.as_secs_f64());
    };
    for times in [1, 10] {
        let guide = grown(&guide, times);
        let patterns: usize = guide.signals.iter().map(|s| s.codes.len() + s.phrases.len() + s.unless.len()).sum();
        let build = median(|| drop(Matcher::build(&guide)));
        println!("{} signals, {patterns} patterns, built in {:.1} ms", guide.signals.len(), build.as_secs_f64() * 1e3);
        let for_error = median(|| drop(Matcher::for_texts(&guide, [error])));
        println!("  for one message only {:.1} ms", for_error.as_secs_f64() * 1e3);
        let matcher = Matcher::build(&guide).expect("the patterns fit");
        assert!(!matcher.hits(&text).is_empty());
        say("  1 MB matched", median(|| drop(matcher.hits(&text))));
    }
    say("secrets taken out of 1 MB", median(|| drop(redact(&text))));
    say("both", median(|| drop(explain::recognise(&guide, &text))));
}
