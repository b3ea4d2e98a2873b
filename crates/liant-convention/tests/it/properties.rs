//! The gate against a second evaluator, written from the reference and not from the gate, on generated files.

use std::fmt::Write as _;

use liant_convention::{Channel, Consent, Consents, Convention, Decision, FlowQuery, Gate, Query, Reach};
use liant_model::{Field, FieldSet, Sensitivity, Source};
use proptest::prelude::*;

use crate::common::{MARCH_2026, actor, pas_de_calais, purpose};

const ROLES: [(&str, &str); 4] =
    [("here", "head"), ("here", "clerk"), ("there", "adviser"), ("there", "clerk")];
const PURPOSES: [&str; 3] = ["orientation", "follow-up", "review"];
const SOURCES: [Source; 3] = [Source::DEPARTEMENT, Source::CNAF, Source::FRANCE_TRAVAIL];
const PATTERNS: [&str; 8] = [
    "identity.*",
    "identity.birth_name",
    "identifiers.*",
    "registration.*",
    "contact.*",
    "contact.commune",
    "rights.state",
    "*",
];
const CHANNELS: [Channel; 4] = [Channel::Flow, Channel::Screen, Channel::Export, Channel::Api];
const REACHES: [Reach; 3] = [Reach::Caseload, Reach::Service, Reach::Territory];

/// A grant as the generator draws it: indices into the tables above.
#[derive(Clone, Debug)]
struct Drawn {
    to: Vec<usize>,
    purposes: Vec<usize>,
    sources: Vec<usize>,
    fields: Vec<usize>,
    except: Vec<usize>,
    channels: Vec<usize>,
    reach: usize,
    waits: bool,
    /// It waits for the person's consent.
    asks: bool,
}

fn some(of: usize) -> impl Strategy<Value = Vec<usize>> {
    proptest::sample::subsequence((0..of).collect::<Vec<_>>(), 1..=of)
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let except = proptest::sample::subsequence((0..PATTERNS.len() - 1).collect::<Vec<_>>(), 0..3);
    (
        some(4),
        some(3),
        some(3),
        some(8),
        except,
        some(4),
        0..3_usize,
        (proptest::bool::weighted(0.2), proptest::bool::weighted(0.3)),
    )
        .prop_map(|(to, purposes, sources, fields, except, channels, reach, (waits, asks))| Drawn {
            to,
            purposes,
            sources,
            fields,
            except,
            channels,
            reach,
            waits,
            asks,
        })
}

impl Drawn {
    /// The fields of its patterns, one by one: `except` always wins.
    fn lets_out(&self, field: Field) -> bool {
        let names = |pattern: &usize| {
            let pattern = PATTERNS[*pattern];
            let family = pattern.strip_suffix('*');
            family.map_or(field.code() == pattern, |family| field.code().starts_with(family))
        };
        let sealed = field.sensitivity() == Sensitivity::Sealed;
        self.fields.iter().any(names) && !self.except.iter().any(names) && !sealed
    }

    /// Whether its text is one that the lint lets pass (no idle `except`, something left).
    fn is_sound(&self) -> bool {
        let set = |patterns: &[usize]| {
            patterns
                .iter()
                .fold(FieldSet::EMPTY, |all, p| all.union(FieldSet::matching(PATTERNS[*p]).unwrap()))
        };
        let named = set(&self.fields);
        self.except.iter().all(|p| !set(&[*p]).intersection(named).is_empty())
            && Field::all().any(|field| self.lets_out(field))
    }

    fn text(&self) -> String {
        let list = |names: Vec<String>| {
            format!("[{}]", names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", "))
        };
        let mut except: Vec<_> = self.except.iter().map(|p| PATTERNS[*p].to_owned()).collect();
        if self.fields.iter().any(|p| ["*", "identifiers.*"].contains(&PATTERNS[*p])) {
            except.extend(["identifiers.nir".to_owned(), "identifiers.msa".to_owned()]);
        }
        format!(
            "[[grant]]\nclause = \"c\"\nto = {}\npurpose = {}\nsources = {}\npeople = \"everyone\"\nreach = \"{}\"\nfields = {}\nexcept = {}\nchannels = {}\nkeep = \"k\"\nrequires = {}\n{}",
            list(self.to.iter().map(|r| format!("{}/{}", ROLES[*r].0, ROLES[*r].1)).collect()),
            list(self.purposes.iter().map(|p| PURPOSES[*p].to_owned()).collect()),
            list(self.sources.iter().map(|s| SOURCES[*s].to_string()).collect()),
            REACHES[self.reach],
            list(self.fields.iter().map(|p| PATTERNS[*p].to_owned()).collect()),
            list(except),
            list(self.channels.iter().map(|c| CHANNELS[*c].to_string()).collect()),
            match (self.waits, self.asks) {
                (false, false) => "[]",
                (true, false) => "[\"later\"]",
                (false, true) => "[\"agreed\"]",
                (true, true) => "[\"later\", \"agreed\"]",
            },
            // `*` holds what tells of health: the lint wants to know what allows it.
            if self.fields.iter().any(|p| PATTERNS[*p] == "*") {
                "special_basis = \"right_of_access\"\n"
            } else {
                ""
            },
        )
    }
}

fn file(grants: &[Drawn], suspended: bool, carries: usize) -> String {
    let mut text = "[convention]\nid = \"x\"\ntitle = { fr = \"x\", en = \"x\" }\nterritory = \"62\"\nin_force = { from = 2026-01-01, years = 1 }\n".to_owned();
    if suspended {
        text.push_str("suspended = { since = 2026-02-01, clause = \"c\" }\n");
    }
    text.push_str("[[party]]\norg = \"here\"\ncapacity = \"controller\"\nroles = [\"head\", \"clerk\"]\n[[party]]\norg = \"there\"\ncapacity = \"joint\"\nroles = [\"adviser\", \"clerk\"]\n");
    for id in PURPOSES {
        writeln!(text, "[[purpose]]\nid = \"{id}\"\ntext = {{ fr = \"x\", en = \"x\" }}\nbasis = [\"x\"]")
            .unwrap();
    }
    text.push_str("[[condition]]\nid = \"later\"\ntext = { fr = \"x\", en = \"x\" }\nclause = \"c\"\n");
    text.push_str("[[condition]]\nid = \"agreed\"\ntext = { fr = \"x\", en = \"x\" }\nclause = \"c\"\nconsent = \"form\"\n");
    text.push_str("[[retention]]\nid = \"k\"\nclause = \"c\"\nstarts = \"receipt\"\nkeep = \"1 year\"\n");
    writeln!(text, "[[flow]]\nprofile = \"F\"\nclause = \"c\"\nfrom = \"here\"\nto = \"there\"\nby = [\"here/clerk\"]\npurpose = [\"follow-up\"]\nsources = [\"cnaf\", \"departement\"]\ncarries = [\"{}\"]\nrhythm = \"daily\"", PATTERNS[carries]).unwrap();
    text.extend(grants.iter().map(Drawn::text));
    text
}

proptest! {
    #[test]
    fn the_gate_agrees_with_the_second_evaluator(
        grants in proptest::collection::vec(drawn().prop_filter("sound", Drawn::is_sound), 0..6),
        suspended in proptest::bool::weighted(0.15),
        agreed in proptest::bool::ANY,
        carries in 0..PATTERNS.len(),
    ) {
        let text = file(&grants, suspended, carries);
        let convention = Convention::parse("x", &text).map_err(|all| TestCaseError::fail(format!("{all:?}")))?;
        let gate = Gate::new(vec![convention]).unwrap();
        let nobody_asked = |grant: &&Drawn| !suspended && !grant.waits && !grant.asks;
        let consents = if agreed { Consents::NONE.with(Consent::Form) } else { Consents::NONE.with(Consent::Email) };
        let open = |grant: &&Drawn| !suspended && !grant.waits && (agreed || !grant.asks);
        for (role, (party, name)) in ROLES.iter().enumerate() {
            let actor = actor(party, name);
            for (why, id) in PURPOSES.iter().enumerate() {
                let purpose = purpose(id);
                for (way, channel) in CHANNELS.iter().enumerate() {
                    for (far, reach) in REACHES.iter().enumerate() {
                        let query = Query { actor: &actor, purpose: &purpose, channel: *channel, territory: pas_de_calais(), reach: *reach, now: MARCH_2026 };
                        let decision = gate.decide_of(&query, consents);
                        prop_assert!(agreed || decision == gate.decide(&query));
                        let mut anything = false;
                        for (from, source) in SOURCES.iter().enumerate() {
                            let expected: FieldSet = Field::all().filter(|field| grants.iter().filter(open).any(|grant| {
                                grant.to.contains(&role) && grant.purposes.contains(&why) && grant.channels.contains(&way)
                                    && grant.reach >= far && grant.sources.contains(&from) && grant.lets_out(*field)
                                    && *channel != Channel::Flow
                            })).collect();
                            anything |= !expected.is_empty();
                            let out = match &decision {
                                Decision::Granted(granted) => granted.fields(source),
                                Decision::Refused(_) => FieldSet::EMPTY,
                            };
                            prop_assert_eq!(out, expected, "{} {} {} {}", actor, id, channel, source);
                        }
                        prop_assert_eq!(anything, matches!(decision, Decision::Granted(_)));
                    }
                }
            }
        }
        let clerk = actor("here", "clerk");
        let sent = gate.send(&FlowQuery { profile: "F", actor: &clerk, territory: pas_de_calais(), now: MARCH_2026 });
        let carried = FieldSet::matching(PATTERNS[carries]).unwrap();
        for (from, source) in SOURCES.iter().enumerate() {
            let expected: FieldSet = carried.iter().filter(|field| from < 2 && grants.iter().filter(nobody_asked).any(|grant| {
                grant.to.iter().any(|role| *role >= 2) && grant.purposes.contains(&1) && grant.channels.contains(&0)
                    && grant.sources.contains(&from) && grant.lets_out(*field)
            })).collect();
            let out = sent.as_ref().map_or(FieldSet::EMPTY, |permit| permit.content.fields(source));
            prop_assert_eq!(out, expected, "flow of {}", source);
        }
    }
}
