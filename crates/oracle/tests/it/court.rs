//! One question, put to the gate and to the oracle: where both differ, it panics and says what of.

use liant_convention::{
    Channel, Consent, Consents, Convention, Decision, FlowQuery, Gate, Limit, Limited, People, Query, Reach,
    RecipientRule, SHIPPED, UseKind,
};
use liant_guard::{Limits, Plan, Standing, Standings, Subject};
use liant_model::{
    Actor, Date, Field, FieldSet, IdentityId, Instant, Party, PersonId, Purpose, Role, Source, Territory,
};
use oracle::{Asked, Judge, Slice, Verdict};

/// What people can agree to.
pub(crate) const CONSENTS: [&[&str]; 4] = [&[], &["form"], &["email"], &["form", "email"]];

/// Both evaluators of the same files.
pub(crate) struct Court {
    pub(crate) texts: Vec<String>,
    pub(crate) gate: Gate,
    pub(crate) judge: Judge,
}

/// Fields that no clause of a slice tells apart: the oracle is asked about one, the gate about each.
#[derive(Clone)]
pub(crate) struct Alike {
    pub(crate) code: &'static str,
    pub(crate) fields: FieldSet,
}

impl Alike {
    pub(crate) fn of(codes: &[&'static str]) -> Self {
        Self { code: codes[0], fields: codes.iter().map(|code| Field::from_code(code).unwrap()).collect() }
    }
}

/// A register, and fields of it.
pub(crate) type Facts<'a> = (&'a str, Alike);

/// Who asks, why, of whose people, on which day.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) actor: &'a str,
    pub(crate) action: &'a str,
    pub(crate) territory: &'a str,
    pub(crate) now: Instant,
}

impl Court {
    pub(crate) fn new(texts: Vec<String>) -> Self {
        let parse = |text: &String| {
            Convention::parse("drawn", text).unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
        };
        let gate = Gate::new(texts.iter().map(parse).collect()).unwrap();
        let judge = Judge::of(&texts).unwrap();
        Self { texts, gate, judge }
    }

    pub(crate) fn slice(&self, actor: &str, action: &str) -> Slice<'_> {
        self.judge.slice(actor, action).unwrap()
    }

    /// Whether all of these fields are let out, or none, as the oracle says.
    fn agree(&self, out: FieldSet, alike: &Alike, verdict: &Verdict, asked: &Asked<'_>) {
        let of_them = out.intersection(alike.fields);
        let expected = if verdict.is_allowed() { alike.fields } else { FieldSet::EMPTY };
        assert_eq!(
            of_them,
            expected,
            "the gate, then the oracle: {asked:#?}\n{verdict:?}\n{}",
            self.texts.join("\n\n"),
        );
    }
}

/// The 30 standings that a person may have: how near, in which category, her address protected or not; and some of people whose own rights
/// close some uses.
pub(crate) fn standings() -> Vec<Standing> {
    let files = SHIPPED.iter().map(|(name, text)| Convention::parse(name, text).unwrap()).collect();
    let (gate, now) = (Gate::new(files).unwrap(), Instant::from_micros(1_772_362_800_000_000));
    let subject = Subject::Person(PersonId::new(now, [1; 10]));
    let mut all = Vec::new();
    for reach in Reach::ALL {
        for people in People::ALL {
            for protected in [false, true] {
                let rule = RecipientRule::shipped().unwrap();
                let mut standings = Standings::begin(
                    &gate,
                    rule,
                    (Territory::parse("62").unwrap(), now),
                    Limits::not_asked(),
                )
                .unwrap();
                if *people != People::Everyone {
                    let in_stock = *people == People::RsaRecipientInCourse;
                    standings.hold(subject, &Source::FRANCE_TRAVAIL, IdentityId::new(now, [9; 10]), in_stock);
                }
                standings.place(subject, *reach);
                standings.say_address(subject, protected);
                all.push(standings.of(subject));
            }
        }
    }
    all.extend(limited().into_iter().map(|limits| {
        let limits = Limits::of(limits.into_iter().map(|limit| (subject, limit)));
        let rule = RecipientRule::shipped().unwrap();
        let when = (Territory::parse("62").unwrap(), now);
        let mut standings = Standings::begin(&gate, rule, when, limits).unwrap();
        standings.hold(subject, &Source::FRANCE_TRAVAIL, IdentityId::new(now, [9; 10]), true);
        standings.place(subject, Reach::Oneself);
        standings.say_address(subject, false);
        standings.of(subject)
    }));
    all
}

/// What people's own rights close: by parties of the drawn files, and of the shipped ones.
fn limited() -> Vec<Vec<Limit>> {
    let party = |name: &str| Party::parse(name).unwrap();
    let restricted = |by: &str| Limit { by: party(by), what: Limited::Restriction };
    let objected = |by: &str, to: &[&str]| {
        let purposes = to.iter().map(|one| Purpose::parse(one).unwrap()).collect();
        Limit { by: party(by), what: Limited::Objection(purposes) }
    };
    vec![
        vec![restricted("here")],
        vec![restricted("there")],
        vec![objected("here", &["orientation"])],
        vec![objected("there", &["follow-up", "review"]), restricted("nobody")],
        vec![restricted("departement-62")],
        vec![restricted("france-travail"), objected("departement-62", &["follow-up", "person-rights"])],
    ]
}

/// The parties that restrict, and what is objected to, as the oracle is asked. The tests never ask for many.
fn closed(standing: &Standing) -> [&'static [String]; 2] {
    let (mut restricted, mut objected) = (Vec::new(), Vec::new());
    for limit in standing.limits() {
        match &limit.what {
            Limited::Restriction => restricted.push(limit.by.to_string()),
            Limited::Objection(to) => objected.extend(to.iter().map(|one| format!("{}|{one}", limit.by))),
        }
    }
    [restricted, objected].map(|words| if words.is_empty() { &[][..] } else { &*words.leak() })
}

/// The first moment of a day in France, its noon, or its last moment.
pub(crate) fn moment(day: Date, hour: usize) -> Instant {
    if hour == 0 {
        return Instant::noon_of(day);
    }
    let paris = jiff::tz::TimeZone::get("Europe/Paris").unwrap();
    let moment = if hour == 1 { day.at(0, 0, 0, 0) } else { day.at(23, 59, 59, 999_999_000) };
    Instant::from_micros(moment.to_zoned(paris).unwrap().timestamp().as_microsecond())
}

pub(crate) fn number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

pub(crate) fn actor(name: &str) -> Actor {
    let (party, role) = name.split_once('/').unwrap();
    Actor {
        name: "someone".to_owned(),
        party: Party::parse(party).unwrap(),
        role: Role::parse(role).unwrap(),
        os_user: None,
    }
}

fn consents(words: &[&str]) -> Consents {
    words.iter().fold(Consents::NONE, |all, word| all.with(word.parse::<Consent>().unwrap()))
}

fn source(name: &str) -> Source {
    Source::parse(name).unwrap()
}

/// What one actor may read, for a purpose, by a way, as far as she looks: every field of every source, clauses included.
pub(crate) struct Reading<'c> {
    court: &'c Court,
    case: Case<'c>,
    channel: Channel,
    reach: Reach,
    consents: &'c [&'c str],
    decision: Decision,
}

impl Court {
    pub(crate) fn reading<'c>(
        &'c self,
        case: Case<'c>,
        channel: Channel,
        reach: Reach,
        agreed: &'c [&'c str],
    ) -> Reading<'c> {
        let (who, purpose) = (actor(case.actor), Purpose::parse(case.action).unwrap());
        let query = query(&who, &purpose, case, channel, reach);
        let decision = self.gate.decide_of(&query, consents(agreed));
        if agreed.is_empty() {
            assert_eq!(decision, self.gate.decide(&query));
        }
        Reading { court: self, case, channel, reach, consents: agreed, decision }
    }

    /// The same through the guard, of people of these standings: nobody knows what they agreed to.
    pub(crate) fn seen(
        &self,
        slice: &Slice<'_>,
        case: Case<'_>,
        (channel, reach): (Channel, Reach),
        standings: &[Standing],
        facts: &[Facts<'_>],
    ) {
        let (who, purpose) = (actor(case.actor), Purpose::parse(case.action).unwrap());
        let plan = Plan::compile(&self.gate, &query(&who, &purpose, case, channel, reach));
        for (from, alike) in facts {
            let register = source(from);
            for standing in standings {
                let out = plan.as_ref().map_or(FieldSet::EMPTY, |plan| plan.fields(&register, standing));
                let asked = Asked { channel: channel.as_str(), reach: reach.as_str(), ..of(standing, case) };
                self.each(slice, out, alike, &Asked { source: from, ..asked });
            }
        }
    }

    /// A wider search, of people of these standings.
    pub(crate) fn searched(
        &self,
        slice: &Slice<'_>,
        case: Case<'_>,
        purpose: &str,
        standings: &[Standing],
        facts: &[Facts<'_>],
    ) {
        let (who, why) = (actor(case.actor), Purpose::parse(purpose).unwrap());
        let query = query(&who, &why, case, Channel::Screen, Reach::Caseload);
        let plan = Plan::for_wider_search(&self.gate, &query);
        for (from, alike) in facts {
            let register = source(from);
            for standing in standings {
                let out = plan.as_ref().map_or(FieldSet::EMPTY, |(plan, _)| plan.fields(&register, standing));
                self.each(slice, out, alike, &Asked { source: from, ..of(standing, case) });
            }
        }
    }

    /// Whether the actor looks over what others look up.
    pub(crate) fn overseen(&self, slice: &Slice<'_>, case: Case<'_>, purpose: &str) {
        let (who, why) = (actor(case.actor), Purpose::parse(purpose).unwrap());
        let ours = self.gate.oversee(&query(&who, &why, case, Channel::Screen, Reach::Caseload));
        let asked = Asked::of(case.actor, case.action, case.territory, number(case.now.date()));
        let verdict = slice.answer(&asked).unwrap();
        assert_eq!(ours.is_ok(), verdict.is_allowed(), "{asked:#?}\n{}", self.texts.join("\n\n"));
    }

    fn each(&self, slice: &Slice<'_>, out: FieldSet, alike: &Alike, asked: &Asked<'_>) {
        let asked = Asked { field: alike.code, ..*asked };
        self.agree(out, alike, &slice.answer(&asked).unwrap(), &asked);
    }

    /// What of a file may pass, on its way out of the actor's party or into it.
    pub(crate) fn passed(&self, slice: &Slice<'_>, case: Case<'_>, profile: &str, facts: &[Facts<'_>]) {
        let who = actor(case.actor);
        let territory = Territory::parse(case.territory).unwrap();
        let query = FlowQuery { profile, actor: &who, territory, now: case.now };
        let permit =
            if case.action == "file:send" { self.gate.send(&query) } else { self.gate.receive(&query) };
        let mut lets_something_out = false;
        for (from, alike) in facts {
            let asked = Asked {
                source: from,
                field: alike.code,
                profile,
                channel: "flow",
                ..Asked::of(case.actor, case.action, case.territory, number(case.now.date()))
            };
            let mut verdict = slice.answer(&asked).unwrap();
            lets_something_out |= verdict.is_allowed();
            if let Ok(permit) = &permit {
                // Where several flows let it pass, the file passes under the clause that is cited.
                verdict.clauses.retain(|clause| *clause == permit.clause.to_string());
            }
            let out = permit.as_ref().map_or(FieldSet::EMPTY, |permit| permit.content.fields(&source(from)));
            self.agree(out, alike, &verdict, &asked);
        }
        assert!(permit.is_ok() || !lets_something_out);
    }

    /// What the software may do by itself.
    pub(crate) fn used(&self, slice: &Slice<'_>, case: Case<'_>, kind: UseKind, facts: &[Facts<'_>]) {
        let territory = Territory::parse(case.territory).unwrap();
        for (from, alike) in facts {
            let permit = self.gate.may_use(kind, &source(from), territory, case.now);
            let out = permit.map_or(FieldSet::EMPTY, |permit| permit.fields);
            let asked = Asked::by_software(case.action, case.territory, number(case.now.date()));
            self.each(slice, out, alike, &Asked { source: from, ..asked });
        }
    }
}

fn query<'a>(
    actor: &'a Actor,
    purpose: &'a Purpose,
    case: Case<'_>,
    channel: Channel,
    reach: Reach,
) -> Query<'a> {
    let territory = Territory::parse(case.territory).unwrap();
    Query { actor, purpose, channel, territory, reach, now: case.now }
}

/// The question about someone of this standing.
fn of<'a>(standing: &Standing, case: Case<'a>) -> Asked<'a> {
    let [restricted, objected] = closed(standing);
    Asked {
        restricted,
        objected,
        near: standing.near().as_str(),
        people: standing.narrowest().as_str(),
        protected: standing.is_address_protected(),
        ..Asked::of(case.actor, case.action, case.territory, number(case.now.date()))
    }
}

impl Reading<'_> {
    /// Whether both let these fields of a source out, and cite the same clauses.
    pub(crate) fn holds(&self, slice: &Slice<'_>, (from, alike): &Facts<'_>) -> Verdict {
        let case = self.case;
        let asked = Asked {
            source: from,
            field: alike.code,
            channel: self.channel.as_str(),
            reach: self.reach.as_str(),
            consents: self.consents,
            ..Asked::of(case.actor, case.action, case.territory, number(case.now.date()))
        };
        let verdict = slice.answer(&asked).unwrap();
        let (mut out, mut cited) = (FieldSet::EMPTY, Vec::new());
        if let Decision::Granted(granted) = &self.decision {
            let from = source(from);
            out = granted.fields(&from);
            for release in granted.releases().iter().filter(|release| release.source == from) {
                let of_them = release.fields.intersection(alike.fields);
                assert!(of_them.is_empty() || of_them == alike.fields, "{release:?} {asked:#?}");
            }
            let field = Field::from_code(alike.code).unwrap();
            cited.extend(granted.clauses(&from, field).map(ToString::to_string));
            cited.sort_unstable();
            cited.dedup();
        }
        self.court.agree(out, alike, &verdict, &asked);
        assert_eq!(cited, verdict.clauses, "{asked:?}");
        verdict
    }

    /// Whether nothing at all comes out, of any source.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.decision, Decision::Refused(_))
    }

    /// The sources that something comes from.
    pub(crate) fn sources(&self) -> Vec<String> {
        match &self.decision {
            Decision::Granted(granted) => granted.sources().iter().map(ToString::to_string).collect(),
            Decision::Refused(_) => Vec::new(),
        }
    }

    /// Whether the explanation of the gate says the same of a field, source by source.
    pub(crate) fn is_explained(&self, verdict: &Verdict, from: &str, code: &str) {
        let case = self.case;
        let (who, purpose) = (actor(case.actor), Purpose::parse(case.action).unwrap());
        let query = query(&who, &purpose, case, self.channel, self.reach);
        let field = Field::from_code(code).unwrap();
        let explained = self.court.gate.explain(field, &query, consents(self.consents));
        let from = source(from);
        let lets_out =
            |one: &&liant_convention::ClauseAnswer| one.against.is_empty() && one.sources.contains(&from);
        let mut cited: Vec<_> =
            explained.clauses.iter().filter(lets_out).map(|one| one.clause.to_string()).collect();
        cited.sort_unstable();
        cited.dedup();
        assert_eq!(cited, verdict.clauses, "{}", explained.told(liant_model::Lang::En));
    }
}
