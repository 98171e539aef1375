//! Access tokens: signed JWTs that say who is asking and nothing about what he may do.

use accounts::{Accounts, SigningKey, VerifyingKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use kernel::{Id, Instant};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How long an access token holds: 15 minutes, in seconds.
const LIFETIME: i64 = 15 * 60;

/// A token that does not say who is asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadToken {
    /// Not signed by us, changed on its way, or no token at all.
    #[error("the access token is not one of ours")]
    Foreign,
    /// Its time is over.
    #[error("the access token has expired")]
    Expired,
}

/// What a token says.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    iat: i64,
    exp: i64,
    jti: String,
}

/// A key that tokens are verified with.
struct Known {
    kid: String,
    key: DecodingKey,
    /// The public key in base64url, as key sets print it.
    x: String,
}

/// Issues and verifies access tokens.
pub(crate) struct Tokens {
    kid: String,
    signing: EncodingKey,
    known: Vec<Known>,
}

impl Tokens {
    /// Reads the keys, and makes the first one where there is none.
    pub(crate) async fn load(accounts: &Accounts) -> Result<Self, accounts::Error> {
        // In this order: the signing key is then among those that verify.
        let signing = accounts.signing_key().await?;
        let verifying = accounts.verifying_keys().await?;
        Ok(Self::new(&signing, &verifying))
    }

    /// Signs with `signing` and accepts what any of `verifying` has signed.
    pub(crate) fn new(signing: &SigningKey, verifying: &[VerifyingKey]) -> Self {
        let known = verifying
            .iter()
            .map(|VerifyingKey { kid, public }| Known {
                kid: kid.clone(),
                key: DecodingKey::from_ed_der(public),
                x: URL_SAFE_NO_PAD.encode(public),
            })
            .collect();
        Self { kid: signing.kid.clone(), signing: EncodingKey::from_ed_der(&signing.pkcs8_der), known }
    }

    /// Issues a token of `account`, with the seconds it holds. Fails only when the signing key is no key.
    pub(crate) fn issue(&self, account: Id, now: Instant) -> Result<(String, i64), jsonwebtoken::errors::Error> {
        let header = Header { kid: Some(self.kid.clone()), ..Header::new(Algorithm::EdDSA) };
        let iat = now.seconds();
        let claims = Claims { sub: account.to_string(), iat, exp: iat + LIFETIME, jti: Id::new(now).to_string() };
        Ok((jsonwebtoken::encode(&header, &claims, &self.signing)?, LIFETIME))
    }

    /// The account that a token was issued to, while it holds at `now`.
    pub(crate) fn verify(&self, token: &str, now: Instant) -> Result<Id, BadToken> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| BadToken::Foreign)?;
        let known = self.known.iter().find(|known| header.kid.as_ref() == Some(&known.kid)).ok_or(BadToken::Foreign)?;
        let claims = jsonwebtoken::decode::<Claims>(token, &known.key, &signature_only()).map_err(|_| BadToken::Foreign)?.claims;
        let account = Id::parse(&claims.sub).ok_or(BadToken::Foreign)?;
        if now.seconds() >= claims.exp { Err(BadToken::Expired) } else { Ok(account) }
    }

    /// The public keys as a JSON Web Key Set (RFC 7517, RFC 8037).
    pub(crate) fn jwks(&self) -> Value {
        let keys: Vec<Value> = self
            .known
            .iter()
            .map(|Known { kid, x, .. }| json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": x }))
            .collect();
        json!({ "keys": keys })
    }
}

/// The algorithm is ours to say, never the token's. Time is compared by us, against a given clock.
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.validate_exp = false;
    validation.required_spec_claims.clear();
    validation
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    // The key of RFC 8037, appendix A.
    const SEED: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    // That of RFC 8032, 7.1, test 2.
    const OTHER_SEED: &str = "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs";

    fn signing(kid: &str, seed: &str) -> SigningKey {
        let prefix = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
        let seed = URL_SAFE_NO_PAD.decode(seed).unwrap();
        SigningKey { kid: kid.into(), pkcs8_der: [prefix.as_slice(), &seed].concat() }
    }

    fn public() -> [u8; 32] {
        URL_SAFE_NO_PAD.decode(PUBLIC).unwrap().try_into().unwrap()
    }

    fn tokens() -> Tokens {
        Tokens::new(&signing("one", SEED), &[VerifyingKey { kid: "one".into(), public: public() }])
    }

    fn now() -> Instant {
        Instant::parse("2026-11-22T10:00:00+07:00").unwrap()
    }

    fn part(value: &Value) -> String {
        URL_SAFE_NO_PAD.encode(value.to_string())
    }

    fn claims(account: Id) -> Value {
        json!({ "sub": account.to_string(), "iat": now().seconds(), "exp": now().seconds() + 60, "jti": "x" })
    }

    #[test]
    fn a_token_holds_for_fifteen_minutes_of_the_given_clock() {
        let account = Id::new(now());
        let (token, seconds) = tokens().issue(account, now()).unwrap();
        assert_eq!(seconds, 900);
        assert_eq!(tokens().verify(&token, now()), Ok(account));
        assert_eq!(tokens().verify(&token, now().plus_seconds(899)), Ok(account));
        assert_eq!(tokens().verify(&token, now().plus_seconds(900)), Err(BadToken::Expired));
    }

    #[test]
    fn a_token_says_who_and_when_and_which_key() {
        let account = Id::new(now());
        let (token, _) = tokens().issue(account, now()).unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let read = |at: usize| serde_json::from_slice::<Value>(&URL_SAFE_NO_PAD.decode(parts[at]).unwrap()).unwrap();
        assert_eq!(read(0), json!({ "typ": "JWT", "alg": "EdDSA", "kid": "one" }));
        let claims = read(1);
        assert_eq!(claims["sub"], account.to_string());
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
        assert_eq!(claims.as_object().unwrap().keys().collect::<Vec<_>>(), ["sub", "iat", "exp", "jti"]);
    }

    #[test]
    fn a_token_without_a_signature_is_refused() {
        for alg in ["none", "None", "NONE", ""] {
            let unsigned = format!("{}.{}.", part(&json!({ "alg": alg, "kid": "one" })), part(&claims(Id::new(now()))));
            assert_eq!(tokens().verify(&unsigned, now()), Err(BadToken::Foreign), "{alg}");
        }
        let (token, _) = tokens().issue(Id::new(now()), now()).unwrap();
        let unsigned = format!("{}.", token.rsplit_once('.').unwrap().0);
        assert_eq!(tokens().verify(&unsigned, now()), Err(BadToken::Foreign));
    }

    #[test]
    fn a_token_signed_with_the_public_key_as_a_secret_is_refused() {
        let header = Header { kid: Some("one".into()), ..Header::new(Algorithm::HS256) };
        for secret in [public().to_vec(), PUBLIC.as_bytes().to_vec()] {
            let token = jsonwebtoken::encode(&header, &claims(Id::new(now())), &EncodingKey::from_secret(&secret)).unwrap();
            assert_eq!(tokens().verify(&token, now()), Err(BadToken::Foreign));
        }
    }

    #[test]
    fn a_token_of_another_key_is_refused_under_any_name() {
        for (kid, seed) in [("two", SEED), ("two", OTHER_SEED), ("one", OTHER_SEED)] {
            let (token, _) = Tokens::new(&signing(kid, seed), &[]).issue(Id::new(now()), now()).unwrap();
            assert_eq!(tokens().verify(&token, now()), Err(BadToken::Foreign), "{kid}");
        }
        let nameless = Header::new(Algorithm::EdDSA);
        let key = EncodingKey::from_ed_der(&signing("one", SEED).pkcs8_der);
        let token = jsonwebtoken::encode(&nameless, &claims(Id::new(now())), &key).unwrap();
        assert_eq!(tokens().verify(&token, now()), Err(BadToken::Foreign));
    }

    #[test]
    fn one_changed_character_breaks_a_token() {
        let (token, _) = tokens().issue(Id::new(now()), now()).unwrap();
        for at in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(tokens().verify(&changed, now()), Err(BadToken::Foreign), "character {at}");
        }
    }

    #[test]
    fn a_token_that_lacks_a_claim_is_refused() {
        let key = EncodingKey::from_ed_der(&signing("one", SEED).pkcs8_der);
        let header = Header { kid: Some("one".into()), ..Header::new(Algorithm::EdDSA) };
        for missing in ["sub", "iat", "exp", "jti"] {
            let mut claims = claims(Id::new(now()));
            claims.as_object_mut().unwrap().remove(missing);
            let token = jsonwebtoken::encode(&header, &claims, &key).unwrap();
            assert_eq!(tokens().verify(&token, now()), Err(BadToken::Foreign), "{missing}");
        }
    }

    #[test]
    fn garbage_is_refused_without_a_panic() {
        let (token, _) = tokens().issue(Id::new(now()), now()).unwrap();
        let cut = (0..token.len()).map(|at| token[..at].to_owned());
        let odd = ["", ".", "..", "...", "a.b.c", "\0.\0.\0", "ck_abc", "ộ.ộ.ộ", "e30.e30.", "bnVsbA.bnVsbA.bnVsbA"];
        for garbage in cut.chain(odd.map(str::to_owned)) {
            assert_eq!(tokens().verify(&garbage, now()), Err(BadToken::Foreign), "{garbage}");
        }
    }

    #[test]
    fn the_key_set_is_public_only() {
        let key = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "one", "x": PUBLIC });
        assert_eq!(tokens().jwks(), json!({ "keys": [key] }));
    }
}
