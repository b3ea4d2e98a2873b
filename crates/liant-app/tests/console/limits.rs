//! Restriction and objection, carried out: by which ways someone whose data are limited would still leave, and how that ends.

use liant_app::people::{self, Exactly, ExportRequest, Format, ListRequest, Seat};
use liant_app::rights::limits::{self, Carry, Closed, Lift, LiftReason, LimitGround, Telling};
use liant_app::rights::shared::{self, PartStep};
use liant_app::rights::{self, NewRequest, RequestState, Right};
use liant_app::{AppError, Context, cgpem, deposit, person, review, trail};
use liant_model::{ActId, Date, Instant, Lang, PersonId, Purpose, RightsRequestId, Span};
use liant_store::StoreError;

use crate::world::{NOW, Place, TODAY, act, act_at, dpo, every_engine, minutes, officer};

fn days(count: i32) -> Date {
    TODAY.checked_add(Span::new().days(count)).unwrap()
}

/// So many days after [`NOW`].
fn later(count: i64) -> Instant {
    minutes(count * 24 * 60)
}

fn request(place: &Place, person: PersonId, right: Right) -> RightsRequestId {
    let new = NewRequest { right, about: None, statement: None };
    dpo(|context| rights::record(context, &place.served, person, &new, NOW)).unwrap()
}

fn carry_out(place: &Place, request: RightsRequestId, carry: &Carry) -> Result<ActId, AppError> {
    let version = dpo(|context| rights::one(context, &place.served, request)).unwrap().version;
    dpo(|context| limits::carry_out(context, &place.served, (request, version), (carry, days(90))))
}

fn restrict(place: &Place, person: PersonId) -> ActId {
    let request = request(place, person, Right::Restriction);
    carry_out(place, request, &Carry::Restriction(LimitGround::Claims)).unwrap()
}

fn lift(place: &Place, limit: ActId, told_on: Date, on: Date) -> Result<(), AppError> {
    let lift = Lift { reason: LiftReason::ClaimsOver, told: (Telling::Letter, told_on), on };
    dpo(|context| limits::lift(context, &place.served, limit, &lift))
}

fn all(place: &Place) -> Vec<Closed> {
    dpo(|context| limits::all(context, &place.served)).unwrap()
}

fn technician<T>(work: impl FnOnce(&Context<'_>) -> T) -> T {
    act("technician", "file-handling", work)
}

/// Someone whom the monthly file holds.
fn someone_sent(place: &Place) -> PersonId {
    let output = place.folder.path().join("first.xml");
    technician(|context| cgpem::export(context, &place.served, &output, None, Lang::En)).unwrap();
    let was_sent = |person: &PersonId| {
        let read = dpo(|context| trail::who_read(context, &place.served, *person, Instant::from_micros(0)));
        read.is_ok_and(|acts| acts.iter().any(|one| one.what.starts_with("CGPEM")))
    };
    place.everyone(NOW).into_iter().find(was_sent).unwrap()
}

fn seen(place: &Place, person: PersonId, at: Instant) -> bool {
    act_at(at, ("orientation_officer", "orientation"), |context| {
        person::show(context, &place.served, person, Lang::En).is_ok_and(|origins| !origins.is_empty())
    })
}

/// What the officer's list says of someone.
fn line(place: &Place, person: PersonId) -> people::Line {
    let mut request = ListRequest { seat: Seat::default(), ..ListRequest::default() };
    loop {
        let page = officer(|context| people::list(context, &place.served, &request, Lang::En)).unwrap();
        if let Some(line) = page.people.iter().find(|line| line.person == person) {
            return line.clone();
        }
        request.after = page.next;
        assert!(request.after.is_some(), "she is on the list");
    }
}

fn value(line: &people::Line, field: &str) -> String {
    let values = line.origins.iter().flat_map(|origin| &origin.values);
    values.into_iter().find(|value| value.field == field).unwrap().value.clone()
}

#[test]
fn by_no_way_does_someone_leave_whose_data_are_restricted() {
    for place in every_engine() {
        let engine = place.engine();
        let served = &place.served;
        let hers = someone_sent(&place);
        let everyone = place.everyone(NOW);
        let known = line(&place, hers);
        let typed = value(&known, "identity.birth_name");
        let exactly = Exactly::Named {
            name: typed.clone(),
            first_name: value(&known, "identity.first_name"),
            born: value(&known, "identity.birth_date").parse().unwrap(),
        };
        let finds = || {
            let found =
                officer(|context| people::search(context, served, &Seat::default(), &typed, Lang::En));
            found.unwrap().people.iter().any(|line| line.person == hers)
        };
        let finds_wider = || {
            let found = act("social_referent", "follow-up", |context| {
                people::wider_search(context, served, &exactly, "call", Lang::En)
            });
            found.unwrap().people.iter().any(|line| line.person == hers)
        };
        let counted = || {
            let request = ListRequest { seat: Seat::default(), ..ListRequest::default() };
            officer(|context| people::list(context, served, &request, Lang::En)).unwrap().count.number
        };
        let exported = || {
            let request = ExportRequest {
                seat: Seat::default(),
                tests: Vec::new(),
                order: people::Order::Name,
                format: Format::Csv,
                filters: String::new(),
                sheets: [String::new(), String::new()],
                about: Vec::new(),
            };
            officer(|context| people::export(context, served, &request, Lang::En)).unwrap().people
        };
        let forecast = || technician(|context| deposit::forecast(context, served)).unwrap().recipients;
        let build = |at| {
            let built = act_at(at, ("technician", "file-handling"), |context| {
                deposit::build(context, served, Lang::En)
            });
            built.unwrap()
        };
        let path = place.folder.path().join("new.xml");
        let export = || {
            technician(|context| cgpem::export(context, served, &path, None, Lang::En)).unwrap().recipients
        };
        assert!(finds() && finds_wider() && seen(&place, hers, NOW), "{engine}");
        let before = (counted(), exported(), forecast(), export(), build(NOW).written);

        let limit = restrict(&place, hers);
        assert!(!seen(&place, hers, NOW), "{engine}: a page");
        assert!(!finds(), "{engine}: a search");
        assert!(!finds_wider(), "{engine}: a wider search");
        assert!(!place.everyone(NOW).contains(&hers), "{engine}: a list");
        assert_eq!(place.everyone(NOW).len() + 1, everyone.len(), "{engine}: nobody else");

        // The file that was built before is neither fetched nor handed over, and says so.
        let out_of_date = |done: Result<(), AppError>| matches!(done, Err(AppError::OutOfDate));
        assert!(technician(|context| deposit::built(context, served)).unwrap().unwrap().is_out_of_date);
        assert!(out_of_date(technician(|context| deposit::fetch(context, served).map(drop))), "{engine}");
        assert!(out_of_date(technician(|context| deposit::mark(context, served, TODAY))), "{engine}");
        assert!(!technician(|context| deposit::built(context, served)).unwrap().unwrap().may_be_marked);

        let after = (counted(), exported(), forecast(), export(), build(minutes(2)).written);
        assert_eq!(after.0 + 1, before.0, "{engine}: a count");
        assert_eq!(after.1 + 1, before.1, "{engine}: a file that is taken away");
        assert_eq!(after.2 + 1, before.2, "{engine}: a forecast");
        assert_eq!((after.3 + 1, after.4 + 1), (before.3, before.4), "{engine}: the file of the exchange");
        technician(|context| deposit::fetch(context, served)).unwrap();

        // Who sees to it sees her, and so does what she asked: nothing of it is lost.
        dpo(|context| person::show(context, served, hers, Lang::En)).unwrap();
        assert_eq!(all(&place).len(), 1);

        // It ends on a day of which she was told before, and not sooner.
        for (told, on) in [(TODAY, TODAY), (days(1), days(2))] {
            assert!(matches!(lift(&place, limit, told, on), Err(AppError::State(_))), "{engine} {told} {on}");
        }
        lift(&place, limit, TODAY, days(3)).unwrap();
        let again = lift(&place, limit, TODAY, days(4));
        assert!(matches!(again, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}: said once");
        assert!(!seen(&place, hers, later(2)), "{engine}: she was told, and it holds");
        assert!(seen(&place, hers, later(3)), "{engine}: it is over");
        assert!(place.everyone(later(3)).contains(&hers), "{engine}");
    }
}

/// What somebody had in hand while it could be sent is marked as handed over: the record is true. A file built since is not that one.
#[test]
fn a_file_that_went_before_is_marked_as_handed_over() {
    for (is_built_again, place) in
        [false, true].into_iter().flat_map(|one| every_engine().into_iter().map(move |place| (one, place)))
    {
        let (engine, served) = (place.engine(), &place.served);
        let hers = someone_sent(&place);
        let sender = ("technician", "file-handling");
        let build =
            |at| act_at(minutes(at), sender, |context| deposit::build(context, served, Lang::En)).unwrap();
        let fetch = || technician(|context| deposit::fetch(context, served).map(drop));
        let mark = || technician(|context| deposit::mark(context, served, TODAY));
        build(-20);
        act_at(minutes(-15), sender, |context| deposit::fetch(context, served)).unwrap();
        if is_built_again {
            build(-10);
        }
        restrict(&place, hers);
        let built = technician(|context| deposit::built(context, served)).unwrap().unwrap();
        assert_eq!((built.is_out_of_date, built.may_be_marked), (true, !is_built_again), "{engine}");
        assert!(matches!(fetch(), Err(AppError::OutOfDate)), "{engine}");
        assert_eq!(matches!(mark(), Err(AppError::OutOfDate)), is_built_again, "{engine}");
        let marked = technician(|context| deposit::history(context, served)).unwrap().len();
        assert_eq!(marked, usize::from(!is_built_again), "{engine}");
    }
}

/// It is carried out by whoever keeps watch over rights, for a request that asks for it, once.
#[test]
fn a_restriction_carries_out_a_request() {
    for place in every_engine() {
        let engine = place.engine();
        let person = place.everyone(NOW)[0];
        let other = place.everyone(NOW)[1];
        let carry = Carry::Restriction(LimitGround::Accuracy);
        let access = request(&place, person, Right::Access);
        assert!(matches!(carry_out(&place, access, &carry), Err(AppError::State(_))), "{engine}");
        let corrected = request(&place, person, Right::Rectification);
        let first = carry_out(&place, corrected, &carry).unwrap();
        let case = dpo(|context| shared::case(context, &place.served, corrected)).unwrap();
        assert_eq!(case.request.state, RequestState::UnderWay, "{engine}: the correction is still owed");
        assert_eq!(case.limits.iter().map(|one| one.limit).collect::<Vec<_>>(), [first], "{engine}");

        let asked = request(&place, other, Right::Restriction);
        let by = |role: &str, purpose: &str| {
            act(role, purpose, |context| {
                limits::carry_out(context, &place.served, (asked, 1), (&carry, days(30)))
            })
        };
        assert!(by("orientation_officer", "orientation").is_err(), "{engine}: not hers to do");
        let stale = dpo(|context| limits::carry_out(context, &place.served, (asked, 7), (&carry, days(30))));
        assert!(matches!(stale, Err(AppError::Store(StoreError::Conflict { .. }))), "{engine}");
        let unending =
            dpo(|context| limits::carry_out(context, &place.served, (asked, 1), (&carry, days(400))));
        assert!(matches!(unending, Err(AppError::State(_))), "{engine}: somebody looks at it again");
        assert!(seen(&place, other, NOW), "{engine}: nothing was done by half");
        carry_out(&place, asked, &carry).unwrap();
        assert!(!seen(&place, other, NOW) && !seen(&place, person, NOW), "{engine}");
        let done = dpo(|context| rights::one(context, &place.served, asked)).unwrap();
        assert_eq!(done.state, RequestState::Answered, "{engine}");
        assert!(matches!(carry_out(&place, asked, &carry), Err(AppError::State(_))), "{engine}: once");

        // Who received her data is to be told (art. 19), and learns no name.
        let case = dpo(|context| shared::case(context, &place.served, asked)).unwrap();
        let part = case.parts.iter().find(|part| part.is_owed(Right::Restriction)).unwrap();
        let told = (part.party.as_str(), PartStep::Told, 0);
        dpo(|context| shared::record(context, &place.served, asked, told)).unwrap();
    }
}

#[test]
fn an_objection_ends_what_the_legal_bases_leave_to_her() {
    for place in every_engine() {
        let engine = place.engine();
        let person = place.everyone(NOW)[0];
        let asked = request(&place, person, Right::Opposition);
        let lines = dpo(|context| limits::lines(context, &place.served)).unwrap();
        let purposes = |is_open: bool| {
            let found =
                lines.iter().filter(|line| line.is_open == is_open).map(|line| line.purpose.to_string());
            found.collect::<std::collections::BTreeSet<_>>()
        };
        assert!(purposes(true).contains("orientation") && purposes(false).contains("person-rights"));
        let to = |name: &str| Carry::Objection(vec![Purpose::parse(name).unwrap()]);
        let refused = carry_out(&place, asked, &to("person-rights"));
        assert!(matches!(refused, Err(AppError::State(_))), "{engine}: an obligation of the law");

        carry_out(&place, asked, &to("orientation")).unwrap();
        assert!(!seen(&place, person, NOW), "{engine}: she objected to it");
        assert!(!place.everyone(NOW).contains(&person), "{engine}");
        let for_another = act("orientation_officer", "follow-up", |context| {
            person::show(context, &place.served, person, Lang::En)
        });
        assert!(for_another.is_ok(), "{engine}: to this she did not");
        let done = dpo(|context| rights::one(context, &place.served, asked)).unwrap();
        assert_eq!(done.state, RequestState::Answered, "{engine}");

        let whole = request(&place, person, Right::Opposition);
        carry_out(&place, whole, &Carry::Objection(Vec::new())).unwrap();
        let for_another = act("orientation_officer", "follow-up", |context| {
            person::show(context, &place.served, person, Lang::En)
        });
        assert!(for_another.is_err(), "{engine}: to all that she may");
        dpo(|context| person::show(context, &place.served, person, Lang::En)).unwrap();
    }
}

/// Whom an open question takes for her is held too, until a human says that it is somebody else.
#[test]
fn no_twin_gets_out() {
    for place in every_engine() {
        let engine = place.engine();
        let reviewer =
            |work: &dyn Fn(&Context<'_>) -> Vec<review::Question>| act("clerk", "identity-review", work);
        let questions = || reviewer(&|context| review::list(context, &place.served, 50, Lang::En).unwrap().0);
        let both = |question: &review::Question| (question.newcomer.person, question.candidate.person);
        let open = questions();
        let (twin, hers) = open
            .iter()
            .map(both)
            .find(|(one, other)| seen(&place, *one, NOW) && seen(&place, *other, NOW))
            .unwrap();
        let limit = restrict(&place, hers);
        assert!(!seen(&place, hers, NOW) && !seen(&place, twin, NOW), "{engine}");
        assert!(!place.everyone(NOW).contains(&twin), "{engine}");
        assert!(
            questions().iter().all(|question| both(question).1 != hers),
            "{engine}: nobody is asked about her"
        );
        assert!(all(&place)[0].by_likeness.contains(&twin), "{engine}: who keeps watch is told");

        let free = |person| dpo(|context| limits::free(context, &place.served, (limit, person)));
        assert!(matches!(free(hers), Err(AppError::State(_))), "{engine}: it was set for her");
        free(twin).unwrap();
        assert!(seen(&place, twin, NOW) && !seen(&place, hers, NOW), "{engine}");
        assert!(matches!(free(twin), Err(AppError::Absent(_))), "{engine}");
    }
}
