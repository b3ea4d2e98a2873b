//! A form before it is signed: what clauses give of the person, who sends it and to whom.

use std::collections::BTreeMap;

use liant_audit::Act;
use liant_casework::{
    Code, FormAgent, FormModel, FormPerson, FormReferent, LiaisonForm, Programme, Reason, Refusal,
};
use liant_convention::{Form, notice};
use liant_guard::View;
use liant_model::{AccountId, Date, Field, FieldSet, Lang, OrganisationId, PersonId, Role, Source};
use liant_store::StoreError;

use super::super::acts::deed_of;
use super::super::sight::Seen;
use super::super::{Doing, is_mandated, register_of};
use super::Draft;
use crate::{AppError, Context, Workplace, access, press};

/// What a form may have of the person from registers. Never a tick on health: she says that, or nobody does.
const GIVEN: [Field; 14] = [
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::AddressLine,
    Field::AddressComplement,
    Field::Postcode,
    Field::TownName,
    Field::Phone,
    Field::FtIdentifier,
    Field::CafIdentifier,
    Field::FamilySituation,
    Field::DependentChildren,
    Field::RsaState,
];

/// Who someone is: what a clause gives of that is not typed.
const IDENTITY: [Field; 6] = [
    Field::BirthName,
    Field::MarriedName,
    Field::FirstName,
    Field::BirthDate,
    Field::FtIdentifier,
    Field::CafIdentifier,
];

/// What clauses give of a person.
pub(super) struct Given {
    pub(super) person: FormPerson,
    /// Of who she is.
    pub(super) identity: FieldSet,
    pub(super) is_protected: bool,
}

/// Reads what clauses give of the person, once that is on record; of several registers the actor's own speaks first.
pub(super) fn given(
    workplace: &Workplace,
    (person, seen): (PersonId, &Seen<'_>),
    (today, own): (Date, &Source),
) -> Result<Given, AppError> {
    let wanted: FieldSet = GIVEN.into_iter().collect();
    let mut views: Vec<View> = Vec::new();
    for window in &seen.windows {
        let (plan, standing) = (window.plan.narrowed(wanted), window.standing(person));
        let mut session = plan.begin();
        for fact in &seen.facts {
            session.add(&fact.facts, &standing);
        }
        views.extend(session.release(|record| {
            // What is not there was let out to nobody.
            if record.people.is_empty() {
                return Ok(());
            }
            access::write(&window.context, workplace, record, Act::Read, "liaison form")
        })?);
    }
    let mut look = workplace.criteria.look(today);
    let mut by_source: BTreeMap<(bool, String), BTreeMap<Field, String>> = BTreeMap::new();
    for view in &views {
        look.take(view.source(), &|field| view.get(field).map(str::to_owned));
        let of = by_source.entry((view.source() != own, view.source().to_string())).or_default();
        of.extend(view.iter().map(|(field, value, _)| (field, value.to_owned())));
    }
    // What registers tell, and nothing that is ticked; a category of people is no datum of hers.
    let met = look.facts(&[], &|_| false);
    let meets = |code: &str| Code::parse(code).is_ok_and(|code| met.meets(&code));
    let either = |yes: &str, no: &str| meets(yes).then_some(true).or_else(|| meets(no).then_some(false));
    let said = (either("form-in-couple", "form-alone"), either("form-rsa", "form-no-rsa"));
    let given = Given::of(&by_source, said);
    Ok(if seen.standing.is_address_protected() { given.of_protected() } else { given })
}

impl Given {
    fn of(
        registers: &BTreeMap<(bool, String), BTreeMap<Field, String>>,
        (in_couple, recipient): (Option<bool>, Option<bool>),
    ) -> Self {
        let take = |field: Field| {
            registers.values().find_map(|of| of.get(&field).filter(|value| !value.is_empty())).cloned()
        };
        let birth_name = take(Field::BirthName);
        let married = take(Field::MarriedName).filter(|name| Some(name) != birth_name.as_ref());
        let name: Vec<String> = birth_name.into_iter().chain(married).collect();
        let mut person = FormPerson {
            name: name.join(" – "),
            first_name: take(Field::FirstName).unwrap_or_default(),
            birth_date: take(Field::BirthDate).and_then(|day| day.parse().ok()),
            phone: take(Field::Phone).unwrap_or_default(),
            ft: take(Field::FtIdentifier).unwrap_or_default(),
            caf: take(Field::CafIdentifier).unwrap_or_default(),
            children: take(Field::DependentChildren).and_then(|many| many.parse().ok()),
            in_couple,
            recipient,
            ..FormPerson::default()
        };
        // A street of one register with the town of another is nobody's address.
        let address = registers.values().find_map(|of| {
            let said = |field| of.get(&field).map(String::as_str).unwrap_or_default();
            let town = format!("{} {}", said(Field::Postcode), said(Field::TownName)).trim().to_owned();
            let lines =
                [said(Field::AddressComplement).to_owned(), said(Field::AddressLine).to_owned(), town];
            let is_whole = !lines[1].is_empty() && !lines[2].is_empty();
            is_whole.then(|| lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>())
        });
        person.address = address.unwrap_or_default();
        let identity = IDENTITY.into_iter().filter(|field| take(*field).is_some()).collect();
        Self { person, identity, is_protected: false }
    }

    /// Of whom the address is protected none stands on the form, whoever gives or types it.
    fn of_protected(mut self) -> Self {
        self.is_protected = true;
        self.person.address.clear();
        self
    }
}

/// Who a form goes from, and to.
pub(in super::super) struct Ends<'a> {
    pub(in super::super) to: &'a Role,
    pub(in super::super) organisation: Option<OrganisationId>,
    pub(in super::super) account: Option<AccountId>,
    /// Telephone of the sender.
    pub(in super::super) phone: &'a str,
}

/// Writes on a form who sends it, and to whom.
pub(super) fn set_ends(
    context: &Context<'_>,
    workplace: &Workplace,
    (form, ends): (&mut LiaisonForm, &Ends<'_>),
) -> Result<(), AppError> {
    let (mine, hers) = workplace.store.directory(context.territory, |directory| {
        let mut organisation = |id: Option<OrganisationId>| -> Result<Option<String>, StoreError> {
            let Some(id) = id else { return Ok(None) };
            Ok(directory.organisation(id)?.map(|one| one.name))
        };
        let places = (organisation(context.seat.organisation)?, organisation(ends.organisation)?);
        let mut agent = |id: Option<AccountId>| -> Result<Option<(String, String)>, StoreError> {
            let Some(id) = id else { return Ok(None) };
            Ok(directory.account(id)?.map(|one| (one.name, one.email.as_str().to_owned())))
        };
        Ok(((agent(context.seat.account)?, places.0), (agent(ends.account)?, places.1)))
    })?;
    let agent = |(who, place): (Option<(String, String)>, Option<String>), phone: &str| {
        let (name, email) = who.unwrap_or_default();
        FormAgent { name, function: place.unwrap_or_default(), phone: phone.to_owned(), email }
    };
    let (from, to) = (agent(mine, ends.phone), agent(hers, ""));
    let mut put = |role: &Role, agent: FormAgent| match role.as_str() {
        "adviser" => {
            form.agency.clone_from(&agent.function);
            form.adviser = FormAgent { function: String::new(), ..agent };
        }
        "social_referent" if is_mandated(&context.actor.party) => {
            form.referent = Some(FormReferent::Mandated { structure: agent.function.clone(), agent });
        }
        "social_referent" => form.referent = Some(FormReferent::Departement { agent }),
        _ => form.local_service = agent,
    };
    put(&context.actor.role, from);
    put(ends.to, to);
    Ok(())
}

/// Whether a form can be filled in here, of a proposal by somebody in the actor's role to another: a route has one, and a convention in
/// force carries it.
///
/// # Errors
/// When the conventions cannot be read.
pub fn travels_here(
    context: &Context<'_>,
    workplace: &Workplace,
    (programme, to): (&Programme, &Role),
) -> Result<bool, AppError> {
    let ways = programme.routes.iter();
    let ways = ways.filter(|route| route.from.contains(&context.actor.role) && route.to == *to);
    for model in ways.filter_map(FormModel::of_route) {
        if press::carrying(context, workplace, (model, context.now().date()))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A form to be filled in, of a proposal that the rules let leave: what clauses give of the person is on record as read. Nothing is kept.
///
/// # Errors
/// As [`super::super::act`]; [`AppError::Press`] when no convention in force carries the form.
pub fn draft(
    context: &Context<'_>,
    workplace: &Workplace,
    person: PersonId,
    doing: &Doing,
    lang: Lang,
) -> Result<Result<Draft, Refusal>, AppError> {
    deed_of(context, workplace, person, doing, |deed| {
        let Some((route, model)) = deed.leaving() else {
            let source = "".into();
            return Ok(Err(Refusal { reason: Reason::OtherForm, rule: "route.form", source, about: None }));
        };
        let today = context.now().date();
        let carried = press::carrying(context, workplace, (model, today))?;
        let (file, Form { source, .. }) =
            carried.ok_or_else(|| press::PressTrouble::NoForm(model.form_id().to_owned()))?;
        let own = register_of(&context.actor.party);
        let given = given(workplace, (person, deed.seen), (today, &own))?;
        let mut form = LiaisonForm { person: given.person, ..LiaisonForm::blank(model, today) };
        let (organisation, account) = deed.addressee().map_or((None, None), |(_, place, who)| (place, who));
        let ends = Ends { to: &route.to, organisation, account, phone: "" };
        set_ends(context, workplace, (&mut form, &ends))?;
        Ok(Ok(Draft {
            form,
            given: given.identity,
            is_protected: given.is_protected,
            notice: notice(file, lang),
            origin: format!("{} v{}, {source}", file.id, file.version),
        }))
    })
}
