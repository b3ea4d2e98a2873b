//! The organisations of the invented territory, and someone in each role: accounts made as an operator makes them, signed in as
//! anyone does.

use std::collections::BTreeMap;

use anyhow::Context as _;
use liant_access::membership::Term;
use liant_access::password::Password;
use liant_access::{Email, OrganisationKind, ProfessionalRole};
use liant_app::accounts::organisations::{self, NewOrganisation};
use liant_app::accounts::people::{self as colleagues, NewColleague};
use liant_app::accounts::{Authority, SignedIn};
use liant_app::demo::{DemoAccount, Roster, come_in};
use liant_app::people::{self, Assignment, FollowRole, ListRequest, PageSize, Seat, Test};
use liant_app::{AppError, Workplace};
use liant_model::{Lang, OrganisationId, Party, PersonId, Purpose, Span};
use liant_sample::World;

use super::accompaniments::{self, Pair};
use super::{committees, rsa};
use crate::commands::accounts::told;
use crate::workshop::Workshop;

/// The password of everyone. Shown to whoever runs the demo; it opens nothing else.
const PASSWORD: &str = "Sorbier-Brume-Tuile-2026";
const DEPARTEMENT: &str = "Département de démonstration";
const AGENCY: &str = "Agence France Travail de Valbruyère";
const CAF: &str = "CAF de Valbruyère";
const DIRECTION: &str = "Direction territoriale France Travail";

/// The local services, by their place in the invented land.
const SERVICES: [&str; 5] = [
    "SLAI de Valbruyère",
    "SLAI de Montorme",
    "SLAI de Saint-Aubret",
    "SLAI de Clairlys",
    "SLAI de Hautebise",
];

/// Someone of the demo, before she has an account.
struct Invented {
    name: &'static str,
    email: &'static str,
    organisation: &'static str,
    role: ProfessionalRole,
    is_admin: bool,
}

const fn invented(
    name: &'static str,
    email: &'static str,
    organisation: &'static str,
    role: ProfessionalRole,
) -> Invented {
    Invented { name, email, organisation, role, is_admin: false }
}

const HEAD: &str = "claire.delattre@demo.example";
const REFERENT: &str = "hugo.leroux@demo.example";
const OFFICER: &str = "ines.bouvard@demo.example";
const ADVISER: &str = "yanis.marchal@demo.example";
const CAF_WORKER: &str = "salome.dubart@demo.example";
const PLATFORM: &str = "rania.costal@demo.example";
const DIRECTOR: &str = "omar.caron@demo.example";
const TERRITORIAL: &str = "elise.warin@demo.example";
const STEERING: &str = "solene.marchand@demo.example";
const EVIDENCE: &str = "nora.lemaire@demo.example";

fn everyone() -> Vec<Invented> {
    let [first, ..] = SERVICES;
    vec![
        invented("Claire Delattre", HEAD, first, ProfessionalRole::LocalServiceHead),
        invented("Hugo Leroux", REFERENT, first, ProfessionalRole::SocialReferent),
        invented("Inès Bouvard", OFFICER, DEPARTEMENT, ProfessionalRole::OrientationOfficer),
        Invented {
            is_admin: true,
            ..invented("Malik Sorel", "malik.sorel@demo.example", DEPARTEMENT, ProfessionalRole::Technician)
        },
        invented("Lou Fournet", "lou.fournet@demo.example", DEPARTEMENT, ProfessionalRole::Clerk),
        invented("Agathe Nivelle", "agathe.nivelle@demo.example", DEPARTEMENT, ProfessionalRole::Dpo),
        invented("Yanis Marchal", ADVISER, AGENCY, ProfessionalRole::Adviser),
        invented("Rania Costal", PLATFORM, DEPARTEMENT, ProfessionalRole::PlatformAgent),
        invented("Salomé Dubart", CAF_WORKER, CAF, ProfessionalRole::CafWorker),
        invented("Solène Marchand", STEERING, DEPARTEMENT, ProfessionalRole::Steering),
        invented("Omar Caron", DIRECTOR, AGENCY, ProfessionalRole::AgencyDirector),
        invented("Élise Warin", TERRITORIAL, DIRECTION, ProfessionalRole::TerritorialDirection),
        invented("Nora Lemaire", EVIDENCE, AGENCY, ProfessionalRole::EvidenceOfficer),
        invented("Paul Vasseur", "paul.vasseur@demo.example", DEPARTEMENT, ProfessionalRole::EvidenceOfficer),
    ]
}

/// Makes them all, and gives the referent people to follow.
pub(super) fn make(operator: &Workshop, world: &World, lang: Lang) -> anyhow::Result<Roster> {
    let places = organisations(operator, world, lang)?;
    let mut roster = Roster { password: PASSWORD.to_owned(), accounts: Vec::new() };
    let mut come: BTreeMap<&str, Box<SignedIn>> = BTreeMap::new();
    for one in everyone() {
        let place = *places.get(one.organisation).context("an organisation of the demo is missing")?;
        let (secret, signed_in) = account(operator, &one, place, lang)?;
        come.insert(one.email, signed_in);
        roster.accounts.push(DemoAccount {
            email: one.email.to_owned(),
            name: one.name.to_owned(),
            role: one.role.code().to_owned(),
            organisation: one.organisation.to_owned(),
            is_admin: one.is_admin,
            secret,
        });
    }
    if let (Some(head), Some(referent)) = (come.get(HEAD), come.get(REFERENT)) {
        assign(operator, head, referent)?;
        if let (Some(officer), Some(adviser)) = (come.get(OFFICER), come.get(ADVISER)) {
            let caf_worker = come.get(CAF_WORKER).map(AsRef::as_ref);
            accompaniments::make(operator, officer, &Pair { adviser, referent, head, caf_worker })?;
            if let Some(platform) = come.get(PLATFORM) {
                rsa::make(operator, &rsa::Steps { platform, head, referent })?;
            }
            if let Some(evidence) = come.get(EVIDENCE) {
                accompaniments::freeze(operator, evidence)?;
            }
            if let (Some(director), Some(steering), Some(territorial)) =
                (come.get(DIRECTOR), come.get(STEERING), come.get(TERRITORIAL))
            {
                committees::make(operator, &committees::Leaders { head, director, steering, territorial })?;
            }
        }
    }
    Ok(roster)
}

/// The Département, its local services with their communes, an agency of France Travail, and the CAF.
fn organisations(
    operator: &Workshop,
    world: &World,
    lang: Lang,
) -> anyhow::Result<BTreeMap<&'static str, OrganisationId>> {
    let (office, territory) = (operator.office()?, operator.territory());
    let by = Authority::Operator(operator.actor());
    let add = |name, kind, party: Option<Party>, parent| {
        let new = NewOrganisation { territory, kind, name, party, parent };
        organisations::add(&office, by, &new).map_err(|error| told(error, lang))
    };
    let mut places = BTreeMap::new();
    let own = operator.actor().party.clone();
    let departement = add(DEPARTEMENT, OrganisationKind::Departement, Some(own), None)?;
    places.insert(DEPARTEMENT, departement);
    let partner = Party::parse("france-travail")?;
    places.insert(AGENCY, add(AGENCY, OrganisationKind::FranceTravailAgency, Some(partner.clone()), None)?);
    places.insert(DIRECTION, add(DIRECTION, OrganisationKind::FranceTravailDirection, Some(partner), None)?);
    let fund = Party::parse("caf-62")?;
    places.insert(CAF, add(CAF, OrganisationKind::Caf, Some(fund), None)?);
    let context = operator.context("follow-up")?;
    for (name, communes) in SERVICES.into_iter().zip(world.services()) {
        let service = add(name, OrganisationKind::LocalService, None, Some(departement))?;
        people::set_communes(&context, &operator.workplace, service, &communes)?;
        places.insert(name, service);
    }
    Ok(places)
}

fn account(
    operator: &Workshop,
    one: &Invented,
    organisation: OrganisationId,
    lang: Lang,
) -> anyhow::Result<(String, Box<SignedIn>)> {
    let office = operator.office()?;
    let email = Email::parse(one.email)?;
    let password = Password::new(PASSWORD);
    let new = NewColleague {
        email: &email,
        name: one.name,
        lang,
        password: &password,
        organisation,
        role: one.role,
        is_admin: one.is_admin,
        // They were there when what is invented happened.
        term: Some(Term {
            from: operator.clock().now().date().saturating_sub(Span::new().years(1)),
            to: None,
        }),
    };
    colleagues::add(&office, operator.actor(), &new).map_err(|error| told(error, lang))?;
    come_in(&office, one.email, &password).map_err(|error| told(error, lang))
}

/// The head of the service gives her referent a part of its people, as she does on the site.
fn assign(operator: &Workshop, head: &SignedIn, referent: &SignedIn) -> anyhow::Result<()> {
    let context = head.context(Purpose::parse("follow-up")?, operator.clock())?;
    let seat = Seat { account: Some(head.account), organisation: Some(head.seat.organisation), reach: None };
    let people = some_of(&context, &operator.workplace, seat)?;
    if people.is_empty() {
        return Ok(());
    }
    let assignment = Assignment {
        people,
        role: FollowRole::SocialReferent,
        account: referent.account,
        organisation: referent.seat.organisation,
        from: context.now().date().saturating_sub(Span::new().days(40)),
    };
    people::assign(&context, &operator.workplace, &seat, &assignment)?;
    Ok(())
}

/// Recipients of the service, by name: a page of them, and half of them at most, so that others wait for a referent.
fn some_of(
    context: &liant_app::Context<'_>,
    workplace: &Workplace,
    seat: Seat,
) -> Result<Vec<PersonId>, AppError> {
    let request = ListRequest {
        seat,
        tests: vec![Test::InCourse(true), Test::WithoutReferent],
        size: PageSize::Long,
        ..ListRequest::default()
    };
    let page = people::list(context, workplace, &request, Lang::Fr)?;
    let half = usize::try_from(page.count.number / 2).unwrap_or_default();
    Ok(page.people.into_iter().take(half).map(|line| line.person).collect())
}
