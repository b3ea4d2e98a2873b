//! Nobody's facts are taken in without her standing, whether few are read or a file is sent.
use liant_guard::{GuardedFacts, GuardedNir, Plan, Session, Subject};
use liant_model::{Field, Source};

fn page(session: &mut Session<'_>, facts: &GuardedFacts, nir: &GuardedNir) {
    session.add(facts);
    session.add_nir(Field::Nir, nir);
}

fn file(plan: &Plan, people: Vec<Subject>) {
    let _ = plan.begin_file(people, |_| Ok::<_, ()>(()));
}

fn filter(plan: &Plan) -> bool {
    plan.allows(&Source::CNAF, Field::BirthName) && !plan.fields(&Source::CNAF).is_empty()
}

fn main() {}
