//! Words and prefixes that announce a secret, in the languages in which payment forms and banks write them.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// What a known word or prefix announces.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The beginning of a key itself.
    Key,
    /// The word before a token in an HTTP header.
    Bearer,
    /// A name that a secret value is given to.
    Secret,
    SecurityCode,
    OneTimeCode,
    CardNumber,
    Expiry,
    Phone,
}

/// Names divided by `|`; those of several words also match with `_`, with `-` and joined.
const TABLE: &[(Label, &str)] = &[
    (
        Label::Key,
        "sk-|sk_live_|sk_test_|pk_live_|pk_test_|rk_live_|rk_test_|cs_live_|cs_test_|whsec_|sess-|ghp_|gho_|ghs_|ghu_|\
         github_pat_|glpat-|gsk_|hf_|r8_|xai-|xoxb-|xoxp-|pplx-|nvapi-|akia|aiza|eyj",
    ),
    (Label::Bearer, "bearer"),
    (
        Label::Secret,
        "api key|secret key|access key|secret|token|password|passwd|passwort|contraseña|密钥|密鑰|金鑰|令牌|密码|密碼|パスワード",
    ),
    (
        Label::SecurityCode,
        "cvc|cvc2|cvv|cvv2|csc|security code|安全码|安全碼|校验码|校驗碼|检验码|檢查碼|后三位|後三碼|末三碼|背面三位|\
         セキュリティコード|보안코드|código de seguridad|code de sécurité|cryptogramme|prüfnummer|prüfziffer",
    ),
    (
        Label::OneTimeCode,
        "verification code|one time code|one-time code|one-time password|one-time passcode|one time pin|one-time pin|otp|sms code|passcode|\
         authentication code|auth code|confirmation code|login code|2fa code|验证码|驗證碼|动态码|動態碼|动态密码|\
         動態密碼|短信码|簡訊碼|确认码|確認碼|认证码|認証コード|確認コード|ワンタイムパスワード|인증번호|\
         código de verificación|code de vérification|bestätigungscode",
    ),
    (
        Label::CardNumber,
        "card number|card no|card[number]|pan|卡号|卡號|カード番号|카드 번호|número de tarjeta|numéro de carte|\
         kartennummer",
    ),
    (
        Label::Expiry,
        "exp|exp date|exp month|exp year|expiry|expiry month|expiry year|expiration|expires|valid thru|有效期|到期|\
         有効期限",
    ),
    (
        Label::Phone,
        "phone|phone number|mobile|cell|tel|telephone|whatsapp|手机|手機|手机号|电话|電話|携帯|門號|전화|telefon|\
         handy|teléfono|móvil|téléphone",
    ),
];

/// Words that may stand between a label and its value.
pub(super) const FILLERS: &[&str] = &[
    "is", "was", "are", "code", "number", "no.", "no", "nr.", "nr", "ist", "lautet", "es", "est", "号码", "號碼", "号",
    "號", "码", "碼", "是", "为", "為", "は",
];

/// Words between a one-time code and a label that follows it.
pub(super) const LINKS: &[&str] = &["is", "as", "ist", "es", "est", "是", "为", "為", "作", "が", "は"];

/// Words that make the number before them an amount, a year or a duration.
pub(super) const UNITS: &[&str] = &[
    "年", "月", "日", "元", "块", "塊", "刀", "美", "円", "秒", "分", "小时", "次", "%", "$", "€", "usd", "eur",
    "dollars", "euros", "ms", "s", "seconds", "minutes", "hours", "days", "tokens", "times",
];

/// Beginnings of ids that name an object to its owner and open nothing; support asks for them.
pub(super) const PUBLIC_IDS: &str = "org-|proj_|user-|req_|ch_|py_|pi_|pm_|in_|cus_|evt_|acct_|seti_|sub_|chatcmpl-|resp_|\
                                     msg_|run_|thread_|asst_|file-|batch_";

/// Every label of the table, found in one pass.
pub(super) struct Labels {
    pub(super) automaton: AhoCorasick,
    of_pattern: Vec<Label>,
}

impl Labels {
    /// The labels, or `None` if the table could not be compiled, which a test rules out.
    pub(super) fn get() -> Option<&'static Self> {
        static LABELS: LazyLock<Option<Labels>> = LazyLock::new(|| {
            let mut patterns = Vec::new();
            let mut of_pattern = Vec::new();
            for (label, names) in TABLE {
                for name in names.split('|') {
                    let joints: &[&str] = if name.contains(' ') { &[" ", "_", "-", ""] } else { &[" "] };
                    for joint in joints {
                        patterns.push(name.replace(' ', joint));
                        of_pattern.push(*label);
                    }
                }
            }
            let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(patterns).ok()?;
            Some(Labels { automaton, of_pattern })
        });
        LABELS.as_ref()
    }

    pub(super) fn label(&self, pattern: aho_corasick::PatternID) -> Option<Label> {
        self.of_pattern.get(pattern.as_usize()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_compiles() {
        assert!(Labels::get().is_some());
    }
}
