//! Takes secrets out of pasted text before anything else sees it.
//!
//! People paste whole screens, environment and all. What is taken out here can no longer be shown, kept, logged or
//! exported by mistake, so this runs first and every other module gets its result. Where a number could be a card or
//! not, it goes; an error code, an amount, a date or a request id must stay, because the advice is found by them.
//!
//! The shapes are found by hand in the folded text, not by regular expressions: nearly every one depends on what
//! stands around it, which would need look-around, and a pasted megabyte must not stall.

mod folded;
mod keys;
mod labels;
mod named;
mod numbers;

use std::ops::Range;

use folded::Folded;
use keys::TOKEN_LENGTH;

/// What a removed piece of text was.
///
/// The order is the order of precedence: where two findings overlap, the earlier kind names the marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretKind {
    /// An API key, a bearer token, or a password or secret named as such.
    ApiKey,
    /// A payment card's number, or the expiry date beside it.
    CardNumber,
    /// The three or four digits that prove possession of a card.
    SecurityCode,
    /// A code sent by text message, e-mail or an app.
    OneTimeCode,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A long random string that no rule knows better.
    Token,
}

impl SecretKind {
    /// The words that stand in the text where a secret of this kind was.
    #[must_use]
    pub const fn marker(self) -> &'static str {
        match self {
            Self::ApiKey => "[key removed]",
            Self::CardNumber => "[card number removed]",
            Self::SecurityCode => "[security code removed]",
            Self::OneTimeCode => "[one-time code removed]",
            Self::Email => "[e-mail removed]",
            Self::Phone => "[phone number removed]",
            Self::Token => "[long token removed]",
        }
    }
}

/// An expiry date counts as part of its card number, but the text says what it was.
const DATE_MARKER: &str = "[date removed]";

/// Pasted text without its secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The text, with a marker in place of each secret.
    pub text: String,
    /// What was removed: each kind once, in the order of first appearance.
    pub kinds: Vec<SecretKind>,
}

/// Replaces keys, card data, codes, addresses and tokens in `text` by markers.
#[must_use]
pub fn redact(text: &str) -> Redacted {
    redact_kinds(text, |_| true)
}

/// The same for some kinds of secrets only.
#[must_use]
pub fn redact_kinds(text: &str, wanted: impl Fn(SecretKind) -> bool) -> Redacted {
    // What was pasted without a space beside a secret is seen for what it is once that is gone.
    const ROUNDS: usize = 4;
    let mut redacted = once(text, &wanted);
    let mut found = !redacted.kinds.is_empty();
    for _ in 1..ROUNDS {
        if !found {
            break;
        }
        let again = once(&redacted.text, &wanted);
        found = !again.kinds.is_empty();
        redacted.text = again.text;
        for kind in again.kinds {
            if !redacted.kinds.contains(&kind) {
                redacted.kinds.push(kind);
            }
        }
    }
    redacted
}

/// Whether a text could hold a secret at all. Each kind has some digits, an `@`, a long run of letters, or a word that
/// mixes letters and digits; most short texts have none of these, and looking is dear.
#[must_use]
pub fn may_hold_secret(text: &str) -> bool {
    const RANDOM: usize = 16;
    const MIXED: usize = 6;
    let (mut digits, mut run) = (0, 0);
    // Of the word that is being read.
    let (mut length, mut has_letter, mut has_digit) = (0, false, false);
    let mut is_long = false;
    let mut line_begins = false;
    for (_, c) in folded::chars(text) {
        // A narrow window may have broken a key over lines.
        if c == '\n' || (c == ' ' && line_begins) {
            line_begins = true;
            continue;
        }
        line_begins = false;
        match c {
            'a'..='z' | 'A'..='Z' => (run, length, has_letter) = (run + 1, length + 1, true),
            '0'..='9' => (run, length, has_digit, digits) = (run + 1, length + 1, true, digits + 1),
            '_' | '-' | '+' | '/' | '=' | '~' | '!' | '$' | '.' => (run, length) = (0, length + 1),
            '@' => return true,
            _ => (run, length, has_letter, has_digit) = (0, 0, false, false),
        }
        if digits >= 3 || run >= RANDOM || (length >= MIXED && has_letter && has_digit) {
            return true;
        }
        is_long |= length >= TOKEN_LENGTH;
    }
    is_long && Folded::new(text).text.contains("_secret_")
}

/// The text searched once from end to end.
fn once(text: &str, wanted: &impl Fn(SecretKind) -> bool) -> Redacted {
    let folded = Folded::new(text);
    let mut finder = Finder::new(&folded.text);
    finder.labelled();
    finder.cards();
    finder.expiry_dates();
    finder.emails();
    finder.phones();
    finder.tokens();
    finder.spans.retain(|span| wanted(span.kind));
    folded.replace(text, finder.spans)
}

/// A piece of the folded text that has to go.
struct Span {
    at: Range<usize>,
    kind: SecretKind,
    marker: &'static str,
}

/// Collects what has to go. Findings may overlap: each rule looks at the whole text and knows of no other.
struct Finder<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// Every run of digits.
    groups: Vec<Range<usize>>,
    /// Numbers named as parts of an expiry date, which only count beside a card.
    expiry: Vec<Range<usize>>,
    /// How far keys and named values were read: a label inside of one begins none that was not looked at.
    keys_read: usize,
    values_read: usize,
    spans: Vec<Span>,
}

impl<'a> Finder<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut groups: Vec<Range<usize>> = Vec::new();
        for at in (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()) {
            match groups.last_mut() {
                Some(group) if group.end == at => group.end = at + 1,
                _ => groups.push(at..at + 1),
            }
        }
        Self { text, bytes, groups, expiry: Vec::new(), keys_read: 0, values_read: 0, spans: Vec::new() }
    }

    fn found(&mut self, at: Range<usize>, kind: SecretKind) {
        self.spans.push(Span { at, kind, marker: kind.marker() });
    }

    /// A piece of the text; empty where that would split a character.
    fn piece(&self, at: Range<usize>) -> &'a str {
        self.text.get(at).unwrap_or_default()
    }

    /// The byte at `at`; the text ends like a line.
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    /// The byte before `at`; the text begins like a line.
    fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b'\n', |at| self.byte(at))
    }

    /// Where the run of ASCII bytes in `class` that begins at `from` ends.
    fn run(&self, from: usize, class: impl Fn(u8) -> bool) -> usize {
        // No secret is longer, and without a limit a text made for it could be read again from each of its bytes.
        const LONGEST: usize = 2048;
        let from = from.min(self.bytes.len());
        from + self.bytes[from..].iter().take(LONGEST).take_while(|byte| class(**byte)).count()
    }

    /// Whether `word` stands at `at`, and as a whole word if it is written in ASCII.
    fn word_at(&self, at: usize, word: &str) -> bool {
        let end = at + word.len();
        self.bytes.get(at..end).is_some_and(|here| here.eq_ignore_ascii_case(word.as_bytes()))
            && !(self.byte(end - 1).is_ascii_alphabetic() && self.byte(end).is_ascii_alphanumeric())
    }

    /// Whether the word before `at`, punctuation aside, is `word`.
    fn stands_behind(&self, at: usize, word: &str) -> bool {
        let before = self.piece(0..at).trim_end_matches([' ', ':', '=', '"', '\'', '(', '[', '\\']).len();
        let start = before.saturating_sub(word.len());
        self.bytes[start..before].eq_ignore_ascii_case(word.as_bytes()) && !self.before(start).is_ascii_alphanumeric()
    }

    /// A run of digits that is a number of its own: no part of a word, a decimal, a date or a percentage.
    fn whole_number(&self, at: usize) -> Option<Range<usize>> {
        let end = self.run(at, |byte| byte.is_ascii_digit());
        (end > at && self.number_ends(end) && !is_word(self.before(at))).then_some(at..end)
    }

    /// Whether a number that ends at `end` does not go on as something else.
    fn number_ends(&self, end: usize) -> bool {
        let (next, after) = (self.byte(end), self.byte(end + 1));
        !is_word(next) && next != b'%' && !(matches!(next, b'.' | b'/' | b':' | b'-') && after.is_ascii_digit())
    }

    fn emails(&mut self) {
        for (at, _) in self.text.match_indices('@') {
            // Latin letters only: Chinese stands before an address without a space.
            let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-*".contains(c) || ('À'..'\u{250}').contains(&c);
            let local = self.piece(0..at).char_indices().rev().take_while(|(_, c)| is_local(*c)).last();
            let Some((start, _)) = local else {
                continue;
            };
            let broken = self.byte(at + 1) == b'\n';
            let from = if broken { self.run(at + 2, |byte| byte == b' ') } else { at + 1 };
            let end = self.run(from, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
            let domain = self.piece(from..end).trim_end_matches(['.', '-']);
            let complete = domain.rsplit_once('.').is_some_and(|(host, top)| {
                !host.is_empty() && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
            });
            if complete {
                self.found(start..from + domain.len(), SecretKind::Email);
            }
        }
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use SecretKind::{ApiKey, CardNumber, Email, OneTimeCode, Phone, SecurityCode, Token};

    #[track_caller]
    fn removes(kind: SecretKind, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let redacted = redact(text);
            assert_eq!(redacted.text, *expected, "from {text:?}");
            assert!(redacted.kinds.contains(&kind), "{:?} from {text:?}", redacted.kinds);
            assert!(may_hold_secret(text), "{text:?}");
            assert_eq!(redact(expected).text, *expected, "a second run changed more");
        }
    }

    #[track_caller]
    fn keeps(cases: &[&str]) {
        for text in cases {
            assert_eq!(redact(text).text, *text);
            assert_eq!(redact(text).kinds, [], "{text:?}");
        }
    }

    #[test]
    fn keys() {
        removes(
            ApiKey,
            &[
                ("KEY=sk-FAKE00000000", "KEY=[key removed]"),
                ("\"sk-proj-FAKE_0000-FAKE\"", "\"[key removed]\""),
                ("sk-or-v1-FAKE0000FAKE0000", "[key removed]"),
                ("sk-fakefakefakefakefake", "[key removed]"),
                ("pk_live_FAKE0000FAKE", "[key removed]"),
                ("rk_test_FAKE0000FAKE, whsec_FAKE0000FAKE", "[key removed], [key removed]"),
                ("密钥sk-FAKE00000000。", "密钥[key removed]。"),
                ("Authorization: Bearer FAKE.0000.fake", "Authorization: Bearer [key removed]"),
                ("'authorization': 'bearer fake0000fake='", "'authorization': 'bearer [key removed]'"),
                ("api_key: Fa0ke1Fa2ke3", "api_key: [key removed]"),
                ("x-api-key=fa0ke1fa2ke3;", "x-api-key=[key removed];"),
                ("密码：Fa0ke1Fa2ke3", "密码：[key removed]"),
                ("password: fake000", "password: [key removed]"),
                ("eyJFAKE000.eyJFAKE000.FAKE-000", "[key removed]"),
                ("sk-FAKE\u{200B}0000FAKE", "[key removed]"),
                ("ｓｋ－FAKE00000000", "[key removed]"),
            ],
        );
    }

    #[test]
    fn keys_broken_over_lines() {
        removes(
            ApiKey,
            &[
                ("K=sk-proj-FAKE0000\nFAKE1111FAKE\nquota", "K=[key removed]\nquota"),
                ("sk-FAKE0000\r\n  FAKE1111fake2\r\n  0000FAKE\r\n", "[key removed]\r\n"),
                ("key sk-FAKE0000FAKE\r0FAKE1FAKE. You can", "key [key removed]. You can"),
                ("sk-\nFAKE0fake1", "[key removed]"),
                ("Bearer FAKE0fake1\nfake2FAKE3", "Bearer [key removed]"),
            ],
        );
        removes(Token, &[("fake0FAKE1fake2FAKE3fake4FAKE5\nfake6FAKE7 !", "[long token removed] !")]);
        // What stands under a key, and is none.
        for below in [
            "insufficient_quota",
            "429",
            "gpt-4o-mini",
            "OPENAI_MODEL=gpt-4o",
            "HTTP/1.1 429 Too Many Requests",
            "RateLimitError: quota",
            "$ run",
            "error429: no",
        ] {
            let text = format!("sk-FAKE00000000\n{below}");
            assert_eq!(redact(&text).text, format!("[key removed]\n{below}"));
        }
    }

    #[test]
    fn cards() {
        removes(
            CardNumber,
            &[
                ("4000000000000002", "[card number removed]"),
                ("no 5000 0000 0000 0009.", "no [card number removed]."),
                ("5000-0000-0000-0009", "[card number removed]"),
                ("5000–0000–\r\n0000–0009", "[card number removed]"),
                ("5000 0000 00\n00 0009", "[card number removed]"),
                ("50000000\n00000009", "[card number removed]"),
                ("５０００　００００　００００　０００９", "[card number removed]"),
                ("5 0 0 0 0 0 0 0 0 0 0 0 0 0 0 9", "[card number removed]"),
                ("3000 000000 00007", "[card number removed]"),
                ("卡号6200000000000000000到期", "卡号[card number removed]到期"),
                ("400000000002", "[card number removed]"),
                ("NOT_4000 0012 3456 7899EE", "NOT_[card number removed]EE"),
                ("{\"number\":\"30000000000004\"}", "{\"number\":\"[card number removed]\"}"),
                // One digit wrong.
                ("5000 0000 0000 0008", "[card number removed]"),
                ("card number: 5000000000000008", "card number: [card number removed]"),
                ("卡号：5000000000000008", "卡号：[card number removed]"),
            ],
        );
    }

    #[test]
    fn card_dates_and_codes() {
        removes(
            CardNumber,
            &[
                ("4000000000000002 08/29", "[card number removed] [date removed]"),
                ("4000000000000002, 2029/08", "[card number removed], [date removed]"),
                ("08 / 2029, 4000000000000002", "[date removed], [card number removed]"),
                ("4000000000000002|08|29|000", "[card number removed]|[date removed]|[security code removed]"),
                (
                    "card[number]=4000000000000002&card[exp_month]=8&card[exp_year]=29",
                    "card[number]=[card number removed]&card[exp_month]=[date removed]&card[exp_year]=[date removed]",
                ),
                ("4000000000000002 on 2026-11-22 at 10:08", "[card number removed] on 2026-11-22 at 10:08"),
            ],
        );
        removes(
            SecurityCode,
            &[
                ("CVC 000", "CVC [security code removed]"),
                ("cvv2:0000", "cvv2:[security code removed]"),
                ("ＣＶＶ：０００", "ＣＶＶ：[security code removed]"),
                ("\"cvc\":\"000\"", "\"cvc\":\"[security code removed]\""),
                ("{\\\"cvc\\\": \\\"000\\\"}", "{\\\"cvc\\\": \\\"[security code removed]\\\"}"),
                ("card_cvc=000", "card_cvc=[security code removed]"),
                ("cardCvc: \"000\"", "cardCvc: \"[security code removed]\""),
                ("card[cvc]=000", "card[cvc]=[security code removed]"),
                ("My security code is 000", "My security code is [security code removed]"),
                ("安全码是000，", "安全码是[security code removed]，"),
                ("CVV码：\n000", "CVV码：\n[security code removed]"),
                ("セキュリティコードは000です", "セキュリティコードは[security code removed]です"),
            ],
        );
    }

    #[test]
    fn one_time_codes() {
        removes(
            OneTimeCode,
            &[
                ("短信验证码：000000", "短信验证码：[one-time code removed]"),
                ("【假银行】验证码0000，", "【假银行】验证码[one-time code removed]，"),
                ("驗證碼為 000000", "驗證碼為 [one-time code removed]"),
                (
                    "Your verification code for the shop is 000-000",
                    "Your verification code for the shop is [one-time code removed]",
                ),
                ("000 000 is your one-time code", "[one-time code removed] is your one-time code"),
                ("000000是您的验证码", "[one-time code removed]是您的验证码"),
                ("OTP: G-000000", "OTP: G-[one-time code removed]"),
                ("otp=000000&", "otp=[one-time code removed]&"),
                ("Your security code: 000000", "Your security code: [one-time code removed]"),
                (
                    "Your OTP for 5.00 USD at a shop (1,000 points) is 000000.",
                    "Your OTP for 5.00 USD at a shop (1,000 points) is [one-time code removed].",
                ),
                ("SMS code\n\n00000000", "SMS code\n\n[one-time code removed]"),
            ],
        );
    }

    #[test]
    fn addresses_and_telephones() {
        removes(
            Email,
            &[
                ("邮箱fake.person+x@example.com，", "邮箱[e-mail removed]，"),
                ("<fake@mail.example.co.uk>.", "<[e-mail removed]>."),
                ("fake＠example.com。", "[e-mail removed]。"),
                ("fäke@example.org", "[e-mail removed]"),
                ("fake@\n  example.org", "[e-mail removed]"),
            ],
        );
        removes(
            Phone,
            &[
                ("+1 (555) 010-0000", "[phone number removed]"),
                ("(555) 010-0000", "[phone number removed]"),
                ("555-010-0000", "[phone number removed]"),
                ("+86 138 0000 0000", "[phone number removed]"),
                ("手机13800000000收不到", "手机[phone number removed]收不到"),
                ("138-0000-0000", "[phone number removed]"),
                ("090-0000-0000", "[phone number removed]"),
                ("0900000000", "[phone number removed]"),
                ("06 00 00 00 00", "[phone number removed]"),
                ("+49 151 00000000", "[phone number removed]"),
                ("phone: 555 0100", "phone: [phone number removed]"),
            ],
        );
    }

    #[test]
    fn tokens() {
        removes(
            Token,
            &[
                ("fa0ke1fa2ke3fa4ke5fa6ke7", "[long token removed]"),
                ("id 00000000-fa4e-4000-fa4e-0000fa4e0000", "id [long token removed]"),
                ("0Fak3/Fa0k1+2fAk/9fa8kE7f+aK/0==", "[long token removed]"),
                (
                    "https://example.com/pay/fa0ke1fa2ke3fa4ke5fa6ke7?x=1",
                    "https://example.com/pay/[long token removed]?x=1",
                ),
                ("pi_FAKE0000_secret_FAKE0000", "[long token removed]"),
            ],
        );
    }

    #[test]
    fn what_advice_is_found_by_stays() {
        keeps(&[
            "insufficient_quota, card_declined, unsupported_country_region_territory",
            "{\"code\":\"incorrect_cvc\",\"status\":402}",
            "incorrect_cvc 402, invalid_cvc: 402",
            "organization_usage_limit_exceeded_2026_v2",
            "org-FAKE0000 acme-fake-bv req_FAKE000000000 ch_FAKE0000",
            "req_fa0ke1fa2ke3fa4ke5fa6ke7fa8ke9",
            "request id: fa0ke1fa2ke3fa4ke5fa6ke7",
            "(request id: 20261122FAKE)",
            "sk-FAK***000, sk-proj-************************2222 .",
            "sk-your-key-here, $OPENAI_API_KEY, Bearer authentication",
            "https://platform.openai.com/docs/guides/error-codes/api-errors",
            "https://example.com/how-to-fix-openai-error-429-in-2026-step-by-step",
            "gpt-4o-realtime-preview-2024-12-17",
            "/usr/lib/python3.11/site-packages/openai/_base_client.py",
            "mozilla/fxa-content-server-l10n",
            "Error code: 429 - Limit 30000, Used 28640, Requested 4210. Please try again in 5.7s.",
            "2026-11-22T10:30:00+08:00, 22/11/2026, 11-22-2026, Sat Nov 22 10:00:00 +0800 2026",
            "2026-11-22 2026-11-23 2026-11-24",
            "2024 2025 2026 2027",
            "1763800000000 ms, 1763800000 s, 0.30000000000000004",
            "OPENAI USD 5.00, $11.90, 3,000円, ¥20000000",
            "ending in 1234, 尾号 88 的手机, card 4242 **** **** 4242",
            "the security code is incorrect. 402 Payment Required",
            "expires 08/29 without a card",
            "验证码发送失败，错误 5003",
            "the verification code cost 2000 tokens",
            "mobile 2026-11-22, index id 14540391505",
            "react@18.2.0, @handle, a @ b.com",
            "192.168.100.100:8080, 114-1234567-1234567",
        ]);
    }

    #[test]
    fn each_kind_is_named_once_in_order() {
        let redacted = redact("a@example.com sk-FAKE00000000 b@example.com");
        assert_eq!(redacted.text, "[e-mail removed] [key removed] [e-mail removed]");
        assert_eq!(redacted.kinds, [Email, ApiKey]);
    }

    #[test]
    fn what_touches_a_secret_is_looked_at_again() {
        let redacted = redact("a@example.com4000 0000 0000 0002");
        assert_eq!(redacted.text, "[e-mail removed][card number removed]");
        assert_eq!(redacted.kinds, [CardNumber, Email]);
    }

    #[test]
    fn a_quick_look_misses_nothing() {
        for text in [
            "Authorization: Bearer abc.def.g1h",
            "sk-abcdefgh\na1b2",
            "sk-abcdefgh\n  ijklmnopQrst",
            "ｓｋ－abcdefghijklmnop",
            "sk-abcdefgh\u{200B}ijklmnop",
            "token: abc—d1e",
            "passwort: ａｂｃｄｅ1",
            "pi_abcdefghijk＿secret＿abcdefghijk",
        ] {
            assert!(!redact(text).kinds.is_empty(), "{text:?}");
            assert!(may_hold_secret(text), "{text:?}");
        }
        assert!(!may_hold_secret("Wait for 15 minutes.\nThen try it again."));
    }

    #[test]
    fn what_overlaps_goes_as_one() {
        assert_eq!(redact("sk-FAKE0000@example.com").text, "[key removed]");
    }
}
