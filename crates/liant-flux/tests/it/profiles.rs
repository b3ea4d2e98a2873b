//! What makes a flow profile, and what does not.

use crate::support;
use liant_flux::{Format, Profile};
use liant_model::{Block, Source};

#[test]
fn shipped_profiles_are_sound() {
    for name in Profile::shipped_names() {
        let profile = Profile::shipped(&name.to_uppercase()).unwrap();
        assert_eq!(profile.id(), name.to_uppercase());
        assert!(profile.fields().count() > 5, "{name}");
        assert!(profile.blocks().contains(&Block::Identity), "{name}");
    }
    let pecgm = Profile::shipped("PECGM").unwrap();
    assert_eq!((pecgm.format(), pecgm.source()), (Format::Xml, &Source::FRANCE_TRAVAIL));
    assert_eq!(pecgm.blocks(), [Block::Identity, Block::Registration, Block::FollowUp, Block::Training]);
    let pecdh = Profile::shipped("PECDH").unwrap();
    assert_eq!(pecdh.blocks(), [Block::Identity, Block::Registration]);
    assert!(pecdh.fields().all(|field| pecgm.fields().any(|found| found == field)));
    assert!(Profile::shipped("PECXX").is_err());
}

#[test]
fn profiles_that_contradict_themselves_are_refused() {
    let text = include_str!("../../profiles/pecdh.toml");
    assert!(Profile::parse("own.toml", text).is_ok());
    for (from, to, says) in [
        ("identifiers.nir", "identifiers.nothing", "no field"),
        ("path = \"individu/prenom\"", "path = \"individu/nom-naissance\"", "rule"),
        ("path = \"individu/prenom\"", "path = \"individu\"", "both an element and a group"),
        ("field = \"identity.married_name\"", "field = \"identity.birth_name\"", "two elements carry"),
        ("encoding = \"ISO-8859-1\"", "encoding = \"UTF-16\"", "unknown encoding"),
        ("key = [\"identifiers.ft_region\"", "key = [\"rights.state\"", "neither an element nor a field"),
        ("source = \"france-travail\"", "source = \"France Travail\"", "short name"),
        ("role = \"flow\"", "role = \"flux\"", "unknown variant"),
        ("max = 13", "maximum = 13", "unknown field"),
        ("format = \"xml\"", "format = ", "TOML parse error"),
    ] {
        assert!(text.contains(from), "{from}");
        let error = Profile::parse("own.toml", &text.replacen(from, to, 1)).unwrap_err();
        assert!(error.to_string().starts_with("flow profile own.toml: "), "{error}");
        assert!(error.cause.contains(says), "{from}: {error}");
    }
}

#[test]
fn an_operator_s_profile_replaces_a_rule() {
    let text = include_str!("../../profiles/pecgm.toml");
    let rule = "field = \"registration.category\"\nmax = 1";
    let strict = text.replacen(rule, &format!("{rule}\ncode = \"error\""), 1);
    assert_ne!(text, strict);
    let inscription = "<inscription><code-categorie>9</code-categorie></inscription>";
    let file = support::pecgm(&[&support::dossier(support::PERSON, inscription)]);
    for (text, rejected) in [(text, 0), (&strict, 1)] {
        let profile = Profile::parse("own.toml", text).unwrap();
        let seen = support::read_with(&profile, file.as_bytes(), &support::options()).unwrap();
        assert_eq!(seen.summary.rejected, rejected);
    }
}
