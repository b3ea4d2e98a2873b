//! Signing in at an OpenID provider.

use liant_access::AccountRules;
use liant_access::ProfessionalRole as Role;
use liant_access::claims::{ClaimFault, Claims};
use liant_app::accounts::invitations::{self, Invite};
use liant_app::accounts::{AccountError, Authority, Refusal, Step, oidc, people, sessions};

use crate::world::{MINUTE, World, at, email, every_engine, opened, operator, refusal};

const ISSUER: &str = "https://op.example/api/v2";
const STRONG: &str = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa";

fn with_provider(mut world: World) -> World {
    let text = format!(
        "[[provider]]\nissuer = \"{ISSUER}\"\nname = \"ProConnect\"\nclient_id = \"liant\"\nsecret_file = \"s\"\n\
         acr = [\"eidas1\", \"{STRONG}\"]\nsecond_factor_acr = [\"{STRONG}\"]\n"
    );
    world.rules.providers = toml::from_str::<AccountRules>(&text).unwrap().providers;
    world
}

fn claims(local: &str, nonce: &str) -> Claims {
    Claims {
        issuer: ISSUER.into(),
        subject: format!("sub-of-{local}"),
        nonce: Some(nonce.into()),
        acr: Some(STRONG.into()),
        amr: Vec::new(),
        auth_time: None,
        email: Some(email(local).as_str().to_uppercase()),
        email_verified: Some(true),
        name: Some("Une Professionnelle".into()),
        pivot: None,
    }
}

/// From the question to the answer, for someone the provider names so.
fn sign_in(
    world: &World,
    invitation: Option<&liant_access::Token>,
    change: impl FnOnce(Claims) -> Claims,
    local: &str,
) -> Result<Step, AccountError> {
    let question = oidc::begin(&world.office(), ISSUER, invitation)?;
    let answered = oidc::take(&world.office(), &question.state)?;
    assert_eq!((&answered.nonce, answered.verifier.as_str()), (&question.nonce, question.verifier.as_str()));
    let claims = change(claims(local, &question.nonce));
    oidc::complete(&world.office(), &answered, &claims, "the.id.token", &at("10.0.0.1"))
}

fn invited(world: &World, local: &str) -> liant_access::Token {
    let (who, operator) = (email(local), operator());
    let invite =
        Invite { email: &who, organisation: world.agency, role: Role::Adviser, is_admin: false, term: None };
    invitations::invite(&world.office(), Authority::Operator(&operator), &invite).unwrap().token
}

#[test]
fn a_question_is_answered_once_and_in_time() {
    for world in every_engine().map(with_provider) {
        let office = world.office();
        assert_eq!(refusal(oidc::begin(&office, "https://other.example", None)), Refusal::Absent("provider"));
        let question = oidc::begin(&office, ISSUER, None).unwrap();
        assert!(question.nonce.len() >= 32 && question.state.reveal().len() >= 32);
        assert!((43..=128).contains(&question.verifier.len()), "RFC 7636");
        oidc::take(&office, &question.state).unwrap();
        assert_eq!(refusal(oidc::take(&office, &question.state)), Refusal::Expired, "{}", world.test.engine);
        let late = oidc::begin(&office, ISSUER, None).unwrap();
        world.clock.pass(10 * MINUTE);
        assert_eq!(refusal(oidc::take(&office, &late.state)), Refusal::Expired);
    }
}

#[test]
fn an_invitation_links_by_a_verified_address() {
    for world in every_engine().map(with_provider) {
        let token = invited(&world, "adviser");
        let unverified = |claims| Claims { email_verified: Some(false), ..claims };
        assert_eq!(refusal(sign_in(&world, Some(&token), unverified, "adviser")), Refusal::NotLinked);
        assert_eq!(refusal(sign_in(&world, Some(&token), |claims| claims, "another")), Refusal::NotLinked);
        let step = sign_in(&world, Some(&token), |claims| claims, "adviser").unwrap();
        let first = opened(step);
        assert_eq!(first.signed_in.name, "Une Professionnelle");
        assert!(first.signed_in.second_factor, "{}", world.test.engine);
        // From then on she is known by the provider's name for her, whatever her address becomes.
        let moved = |claims| Claims { email: None, email_verified: None, ..claims };
        let second = opened(sign_in(&world, None, moved, "adviser").unwrap());
        assert_eq!(second.signed_in.account, first.signed_in.account);
        let logout = sessions::sign_out(&world.office(), &second.signed_in).unwrap().unwrap();
        assert_eq!((logout.issuer.as_str(), logout.id_token.as_str()), (ISSUER, "the.id.token"));
    }
}

#[test]
fn without_a_second_factor_there_one_is_asked_here() {
    for world in every_engine().map(with_provider) {
        let token = invited(&world, "adviser");
        let weak = |claims| Claims { acr: Some("eidas1".into()), ..claims };
        let step = sign_in(&world, Some(&token), weak, "adviser").unwrap();
        assert!(matches!(step, Step::Enrol { .. }), "{}", world.test.engine);
    }
}

#[test]
fn an_admin_lets_an_account_be_linked() {
    for world in every_engine().map(with_provider) {
        let (account, _) = world.person("adviser", world.agency, Role::Adviser, false);
        // An address alone links nothing: whoever gets hold of it elsewhere would be let in.
        assert_eq!(refusal(sign_in(&world, None, |claims| claims, "adviser")), Refusal::NotLinked);
        let operator = operator();
        people::allow_link(&world.office(), Authority::Operator(&operator), account).unwrap();
        let step = sign_in(&world, None, |claims| claims, "adviser").unwrap();
        assert_eq!(opened(step).signed_in.account, account);
        // Once: another subject with the same address is not linked.
        let other = |claims| Claims { subject: "other".into(), ..claims };
        assert_eq!(refusal(sign_in(&world, None, other, "adviser")), Refusal::NotLinked);
        people::disable(&world.office(), Authority::Operator(&operator), account).unwrap();
        assert_eq!(refusal(sign_in(&world, None, |claims| claims, "adviser")), Refusal::NotLinked);
    }
}

#[test]
fn a_statement_that_does_not_hold_is_refused_and_audited() {
    for world in every_engine().map(with_provider) {
        let weak = |claims| Claims { acr: Some("self-asserted".into()), ..claims };
        assert_eq!(refusal(sign_in(&world, None, weak, "adviser")), Refusal::Claims(ClaimFault::Acr));
        let replayed = |claims| Claims { nonce: Some("another".into()), ..claims };
        assert_eq!(refusal(sign_in(&world, None, replayed, "adviser")), Refusal::Claims(ClaimFault::Nonce));
        let subjects: Vec<String> = world.audited().into_iter().map(|(_, subject)| subject).collect();
        assert!(subjects.iter().any(|subject| subject.contains("(acr)")), "{subjects:?}");
        assert!(!subjects.iter().any(|subject| subject.contains("sub-of")));
    }
}
