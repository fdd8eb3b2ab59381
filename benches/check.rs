//! How long a check takes: the guide that is compiled in, and grown guides, to see how the time grows with the screens:
//!
//! ```console
//! cargo bench --bench check
//! cargo bench --bench check -- 100000
//! ```
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark takes the time and prints it")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use declined::content;
use declined::diagnostic::SourceFile;
use declined::guide::check::{Examined, examine};
use declined::scenario;
use declined::tui::fit;

const ROUNDS: usize = 7;

/// Everything that `declined check` does between reading the files and printing: the time, and what it found.
fn check(files: &[SourceFile]) -> (Duration, usize) {
    let from = Instant::now();
    let Examined { guide, mut findings, places } = examine(files, Some(time::macros::date!(2026 - 11 - 22)));
    if let Some(guide) = &guide {
        let (_, _, wrong) = scenario::run_all(guide, &places);
        findings.extend(wrong);
        std::hint::black_box(fit::too_long(guide));
    }
    (from.elapsed(), findings.len())
}

/// A guide of that many questions. Every tenth has a cause and a fix of its own, and is asked only after an answer to
/// the tenth before it, so that up to nine conditions hang on each other.
fn grown(screens: usize) -> Vec<SourceFile> {
    let mut text = String::from(
        "format = 1\nid = \"grown\"\nversion = \"1\"\nlanguages = [\"en\", \"zh\"]\ntitle = { en = \"Grown\", zh = \"长大的\" }\n\
         [[source]]\nid = \"bench\"\nkind = \"official\"\ntitle = \"A bench\"\nurl = \"https://bench.example\"\nchecked = 2026-11-01\nmax_age_days = 365\n\
         [[cause]]\nid = \"other\"\ntitle = { en = \"Something else\", zh = \"其他\" }\nhow_common = \"sometimes\"\nbasis = \"guess\"\n\
         explain = { en = \"None of these.\", zh = \"以上都不是。\" }\n\
         [[fix]]\nid = \"wait\"\ntitle = { en = \"Wait\", zh = \"等\" }\nwho = \"you\"\nminutes = 5\nwait = \"none\"\n\
         works_for = { other = \"often\" }\nsteps = [{ en = \"Wait.\", zh = \"等。\" }]\nsources = [\"bench\"]\nreviewed = 2026-11-01\n",
    );
    for n in 0..screens {
        let tenth = n - n % 10;
        if n == tenth {
            let _ = write!(
                text,
                "[[cause]]\nid = \"c{n}\"\ntitle = {{ en = \"Cause {n}\", zh = \"原因 {n}\" }}\nhow_common = \"sometimes\"\n\
                 basis = \"guess\"\nexplain = {{ en = \"It happens.\", zh = \"会发生。\" }}\n\
                 [[fix]]\nid = \"f{n}\"\ntitle = {{ en = \"Mend it\", zh = \"修好\" }}\nwho = \"you\"\nminutes = 5\nwait = \"none\"\n\
                 works_for = {{ c{n} = \"often\" }}\nsteps = [{{ en = \"Mend it.\", zh = \"修好它。\" }}]\nsources = [\"bench\"]\n\
                 reviewed = 2026-11-01\n",
            );
        }
        let _ = write!(
            text,
            "[[screen]]\nid = \"s{n}\"\nkind = \"choice\"\nshort = {{ en = \"Number {n}\", zh = \"第 {n} 题\" }}\n\
             ask = {{ en = \"Is it so?\", zh = \"是这样吗？\" }}\n"
        );
        if n == tenth && n % 100 > 0 {
            let _ = writeln!(text, "when = {{ s{} = [\"yes\", \"not-sure\"] }}", n - 10);
        }
        let _ = write!(
            text,
            "[[screen.choice]]\nid = \"yes\"\nlabel = {{ en = \"Yes\", zh = \"是\" }}\npoints_to = {{ c{tenth} = \"points\" }}\n\
             [[screen.choice]]\nid = \"no\"\nlabel = {{ en = \"No\", zh = \"否\" }}\npoints_to = {{ c{tenth} = \"against\" }}\n"
        );
    }
    vec![SourceFile { path: "grown.toml".into(), text }]
}

fn main() {
    let say = |what: &str, files: &[SourceFile]| {
        let mut runs: Vec<(Duration, usize)> = (0..ROUNDS).map(|_| check(files)).collect();
        runs.sort_unstable();
        let bytes: usize = files.iter().map(|file| file.text.len()).sum();
        let (time, found) = runs[ROUNDS / 2];
        println!("{what}: {:.1} ms, {} KB, {found} found", time.as_secs_f64() * 1e3, bytes / 1000);
    };
    say("the guide that is compiled in", &content::built_in().files);
    let wanted: Vec<usize> = std::env::args().filter_map(|size| size.parse().ok()).collect();
    for screens in if wanted.is_empty() { vec![100, 1000, 10_000] } else { wanted } {
        say(&format!("{screens} screens"), &grown(screens));
    }
}
