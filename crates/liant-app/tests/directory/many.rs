//! One act on many people, and many people in one file.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failure here is a failed test")]

use liant_access::password::{HashCost, Password};
use liant_access::{AccountRules, Email, OrganisationKind, ProfessionalRole};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people::{self as colleagues, NewColleague};
use liant_app::accounts::{Authority, Office};
use liant_app::people::{
    self, Count, ExportRequest, Filters, Format, LeftAside, ListRequest, Look, ManyAssignment, ManyEnding,
    Outcome, PageSize, Report, Seat, Selection, Test, Whom,
};
use liant_app::{AppError, trail};
use liant_model::{Actor, Date, FixedClock, Lang, Party, PersonId};

use crate::scope::place;
use crate::world::{NOW, Place, act, every_engine, officer, territory};

const DAY: Date = Date::constant(2025, 6, 20);

/// A social referent with an account.
fn referent(test: &Place, name: &str) -> people::Follower {
    let operator = Actor {
        name: "operator".to_owned(),
        party: Party::parse("departement-62").unwrap(),
        role: "technician".parse().unwrap(),
        os_user: None,
    };
    let rules = AccountRules { hash: HashCost { memory_kib: 64, passes: 1 }, ..AccountRules::default() };
    let clock = FixedClock(NOW);
    let office = Office::new(&test.workplace, &rules, territory(), &clock).unwrap();
    let known = organisations::list(&office, territory()).unwrap();
    let organisation = known.first().map_or_else(
        || {
            let new = NewOrganisation {
                territory: territory(),
                kind: OrganisationKind::Departement,
                name: "Département",
                party: Some(Party::parse("departement-62").unwrap()),
                parent: None,
            };
            organisations::add(&office, Authority::Operator(&operator), &new).unwrap()
        },
        |row| row.id,
    );
    let new = NewColleague {
        email: &Email::parse(&format!("{}@office.example", name.to_lowercase())).unwrap(),
        name,
        lang: Lang::Fr,
        password: &Password::new("brume tuile gant sorbier nef ocre"),
        organisation,
        role: ProfessionalRole::SocialReferent,
        is_admin: false,
        term: None,
    };
    colleagues::add(&office, &operator, &new).unwrap();
    let all = officer(|context| people::referents(context, &test.workplace)).unwrap();
    all.into_iter().find(|one| one.name == name).unwrap()
}

fn looked(test: &Place, whom: &Whom) -> Selection {
    match officer(|context| people::look(context, &test.workplace, &Seat::default(), whom)).unwrap() {
        Look::At(selection) => selection,
        Look::TooMany => panic!("too many"),
    }
}

fn wanted(whom: &Whom, who: &people::Follower, (replaces, seen): (bool, &Selection)) -> ManyAssignment {
    ManyAssignment {
        whom: whom.clone(),
        account: who.account,
        organisation: who.organisation,
        from: DAY,
        replaces,
        seen: seen.seen.clone(),
    }
}

fn assign(test: &Place, wanted: &ManyAssignment) -> Option<Report> {
    let done =
        officer(|context| people::assign_many(context, &test.workplace, &Seat::default(), wanted, Lang::En));
    match done.unwrap() {
        Outcome::Done(report) => Some(*report),
        Outcome::Changed => None,
    }
}

#[test]
fn what_is_left_aside_is_told_with_why() {
    for test in every_engine() {
        let engine = test.test.engine;
        let all = place(&test);
        let (zoe, lou) = (referent(&test, "Zoe"), referent(&test, "Lou"));
        let some = Whom::These(all[..4].to_vec());
        let report = assign(&test, &wanted(&some, &zoe, (false, &looked(&test, &some)))).unwrap();
        assert_eq!((report.done, report.replaced, report.aside.len()), (4, 0, 0), "{engine}");
        // Someone who never was, four who have another referent, two who have none.
        let nobody = PersonId::new(NOW, [9; 10]);
        let more = Whom::These(all[..6].iter().copied().chain([nobody]).collect());
        let seen = looked(&test, &more);
        assert_eq!((seen.count, seen.followed, seen.gone), (6, 4, 1), "{engine}");
        let report = assign(&test, &wanted(&more, &lou, (false, &seen))).unwrap();
        assert_eq!((report.done, report.replaced), (2, 0), "{engine}");
        let aside: Vec<_> = report.aside.into_iter().collect();
        assert_eq!(aside, [(LeftAside::Gone, 1), (LeftAside::HasReferent, 4)], "{engine}");
        assert_eq!(report.lines.len(), 4, "{engine}: those there are named");
        // All of a list: those of Zoe change, those of Lou stay.
        let lou_has = Whom::Passing(vec![Test::Commune("62041".to_owned())]);
        let report = assign(&test, &wanted(&lou_has, &lou, (true, &looked(&test, &lou_has)))).unwrap();
        assert_eq!(report.done + report.aside[&LeftAside::Unchanged], 40, "{engine}");
        assert!(report.replaced > 0, "{engine}");
        // The end of them, but for who has none.
        let whole = Whom::These(all.clone());
        let seen = looked(&test, &whole);
        let ending = ManyEnding { whom: whole.clone(), to: DAY, seen: seen.seen.clone() };
        let ended = officer(|context| {
            people::end_many(context, &test.workplace, &Seat::default(), &ending, Lang::En)
        });
        let Outcome::Done(report) = ended.unwrap() else { panic!("{engine}: changed") };
        assert_eq!(report.done, seen.followed, "{engine}");
        assert_eq!(report.aside[&LeftAside::HasNone], 60 - seen.followed, "{engine}");
        assert_eq!(looked(&test, &whole).followed, 0, "{engine}");
    }
}

#[test]
fn nothing_is_done_to_a_list_that_is_not_what_was_seen() {
    for test in every_engine() {
        let engine = test.test.engine;
        let all = place(&test);
        let (zoe, lou) = (referent(&test, "Zoe"), referent(&test, "Lou"));
        let here = Whom::Passing(vec![Test::Commune("62193".to_owned())]);
        let before = looked(&test, &here);
        // Someone else gives one of them a referent meanwhile.
        let listed = test.list("orientation_officer", Seat::default(), &[Test::Commune("62193".to_owned())]);
        let one = Whom::These(vec![listed.unwrap().people[0].person]);
        assign(&test, &wanted(&one, &lou, (false, &looked(&test, &one)))).unwrap();
        assert!(assign(&test, &wanted(&here, &zoe, (true, &before))).is_none(), "{engine}");
        assert_eq!(looked(&test, &here).followed, 1, "{engine}: nobody changed");
        // Seen again, it is done.
        let report = assign(&test, &wanted(&here, &zoe, (true, &looked(&test, &here)))).unwrap();
        assert_eq!((report.done, report.replaced), (20, 1), "{engine}");
        // Only a referent is given people, by who may see who follows whom.
        let stranger = people::Follower { account: crate::world::account(7), ..zoe.clone() };
        let wanted = wanted(&one, &stranger, (true, &looked(&test, &one)));
        let refused = officer(|context| {
            people::assign_many(context, &test.workplace, &Seat::default(), &wanted, Lang::En)
        });
        assert!(matches!(refused, Err(AppError::Absent("referent"))), "{engine}");
        let technician = act("technician", "file-handling", |context| {
            people::look(context, &test.workplace, &Seat::default(), &Whom::These(all.clone()))
        });
        assert!(technician.is_err(), "{engine}");
    }
}

fn request(tests: Vec<Test>, format: Format) -> ExportRequest {
    ExportRequest {
        seat: Seat::default(),
        tests,
        order: people::Order::Name,
        format,
        filters: "commune=62041".to_owned(),
        sheets: ["People".to_owned(), "Origin".to_owned()],
        about: Vec::new(),
    }
}

#[test]
fn a_file_holds_what_its_clauses_let_out_and_is_on_record() {
    for mut test in every_engine() {
        let engine = test.test.engine;
        place(&test);
        let arras = vec![Test::Commune("62041".to_owned())];
        let take = |test: &Place, role: &str, tests: &[Test]| {
            act(role, "follow-up", |context| {
                people::export(context, &test.workplace, &request(tests.to_vec(), Format::Csv), Lang::En)
            })
        };
        let file = take(&test, "orientation_officer", &arras).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        let mut lines = text.lines();
        let head = lines.next().unwrap();
        assert!(head.contains("Birth name") && !head.contains("(France Travail)"), "{engine}: {head}");
        assert_eq!((lines.count(), file.people), (40, 40), "{engine}");
        let log = act("dpo", "person-rights", |context| {
            let filter =
                trail::EntryFilter { act: Some("export".to_owned()), ..trail::EntryFilter::default() };
            trail::entries(context, &test.workplace, &filter, Lang::En)
        });
        let log = log.unwrap();
        let entry = log.entries[0].content.as_ref().unwrap();
        assert!(entry.subject.contains("csv (commune=62041)"), "{engine}: {}", entry.subject);
        // What no clause lets out in a file can choose nobody for it.
        let by_ft = [Test::WithFranceTravail(true)];
        assert!(
            matches!(take(&test, "orientation_officer", &by_ft), Err(AppError::Absent("filter"))),
            "{engine}"
        );
        let offer = officer(|context| people::offer(context, &test.workplace, &Seat::default(), &by_ft));
        assert_eq!(offer.unwrap().refused, by_ft, "{engine}");
        assert!(matches!(take(&test, "technician", &arras), Err(AppError::Gate(_))), "{engine}");
        test.workplace = test.workplace.with_most_exported(39);
        assert!(matches!(take(&test, "orientation_officer", &arras), Err(AppError::Value(_))), "{engine}");
    }
}

#[test]
fn a_search_goes_with_filters_and_pages_have_numbers() {
    for test in every_engine() {
        let engine = test.test.engine;
        let all = place(&test);
        let found = officer(|context| {
            let tests = [Test::Commune("62193".to_owned())];
            people::search_among(context, &test.workplace, &Seat::default(), ("anne noma", &tests), Lang::En)
        });
        let found = found.unwrap();
        let said = |line: &people::Line| {
            line.said(liant_model::Field::ResidenceCommune).map(|(_, code)| code.to_owned())
        };
        assert!(!found.people.is_empty(), "{engine}");
        assert!(found.people.iter().all(|line| said(line).as_deref() == Some("62193")), "{engine}");
        let mut by_number = Vec::new();
        for skip in [0, 25, 50, 75] {
            let request = ListRequest { skip, size: PageSize::Short, ..ListRequest::default() };
            let page = officer(|context| people::list(context, &test.workplace, &request, Lang::En)).unwrap();
            assert_eq!(page.count, Count { number: 60, and_more: false }, "{engine}");
            by_number.extend(page.people.iter().map(|line| line.person));
        }
        assert_eq!(by_number, all, "{engine}");
        assert!(Filters::default().is_empty());
    }
}
