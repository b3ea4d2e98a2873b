//! What is told from the clauses: committed to be read and judged, in both languages.

use liant_convention::{
    Channel, Consent, Consents, Convention, Gate, Matrix, Page, Query, Reach, SpecialBasis, notice, register,
};
use liant_model::{Field, FieldSet, Lang};

use crate::common::{AUTONOMY, MARCH_2026, actor, all_files, pas_de_calais, purpose};

fn file(id: &str) -> Convention {
    all_files().into_iter().find(|file| *file.id == *id).unwrap()
}

fn both(write: fn(&Convention, Lang) -> Page, file: &Convention) -> String {
    [Lang::Fr, Lang::En].map(|lang| write(file, lang).markdown()).join("\n========\n\n")
}

#[test]
fn matrix_of_every_file() {
    let gate = Gate::new(all_files()).unwrap();
    insta::assert_snapshot!("matrix_fr", Matrix::of(&gate, MARCH_2026.date(), Lang::Fr).markdown());
    insta::assert_snapshot!("matrix_en", Matrix::of(&gate, MARCH_2026.date(), Lang::En).markdown());
}

#[test]
fn notices() {
    for id in ["62-echange-rsa", "62-echange-accompagnement-global", "62-metiers-autonomie", "62-departement"]
    {
        insta::assert_snapshot!(format!("notice_{id}"), both(notice, &file(id)));
    }
}

#[test]
fn registers() {
    for id in ["62-echange-rsa", "62-echange-accompagnement-global", "62-departement"] {
        insta::assert_snapshot!(format!("register_{id}"), both(register, &file(id)));
    }
}

/// What the matrix shows and what the gate decides are one thing, for whoever agreed to everything.
#[test]
fn the_matrix_shows_what_the_gate_gives() {
    let all = Consents::NONE.with(Consent::Form).with(Consent::Email);
    let gate = Gate::new(all_files()).unwrap();
    let matrix = Matrix::of(&gate, MARCH_2026.date(), Lang::En);
    let mut compared = 0;
    for row in matrix.rows.iter().filter(|row| row.flow.is_none()) {
        let actor = actor(row.party.as_str(), row.role.as_str());
        for (why, channel) in
            row.purposes.iter().flat_map(|why| row.channels.iter().map(move |way| (why, *way)))
        {
            let query = Query {
                actor: &actor,
                purpose: why,
                channel,
                territory: pas_de_calais(),
                reach: row.reach,
                now: MARCH_2026,
            };
            let granted = gate.decide_of(&query, all).granted();
            let patterns = row.fields.iter().map(|code| FieldSet::matching(code).unwrap());
            let fields = patterns.fold(FieldSet::EMPTY, FieldSet::union);
            for source in &row.sources {
                let given = granted.as_ref().map_or(FieldSet::EMPTY, |all| all.fields(source));
                assert_eq!(given.covers(fields), row.unmet.is_empty(), "{row:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 50, "{compared}");
}

#[test]
fn a_notice_says_everything_that_passes() {
    for file in all_files() {
        for lang in [Lang::Fr, Lang::En] {
            let page = notice(&file, lang).markdown().to_lowercase();
            for field in Field::all().filter(|field| passes(&file, *field)) {
                assert!(page.contains(&field.label(lang).to_lowercase()), "{}: {field}", file.id);
            }
        }
    }
}

/// Whether a clause gives the field to anyone but herself, by another way than a flow that does not carry it.
fn passes(file: &Convention, field: Field) -> bool {
    let carried = file.flows.iter().any(|flow| flow.carries.contains(field));
    file.grants.iter().any(|grant| {
        let read = grant.channels.iter().any(|way| *way != Channel::Flow);
        let is_hers = grant.special_basis == Some(SpecialBasis::RightOfAccess);
        grant.fields.contains(field) && (read || carried) && !is_hers
    })
}

#[test]
fn no_named_data_no_data_in_the_notice() {
    let file = Convention::parse("autonomy", AUTONOMY).unwrap();
    let page = notice(&file, Lang::En).markdown();
    assert!(page.contains("No data that names you passes"));
    assert!(!page.contains("received by"));
}

#[test]
fn why_in_french() {
    let gate = Gate::new(all_files()).unwrap();
    let (actor, why) = (actor("structure-mandatee-62", "social_referent"), purpose("lifting-barriers"));
    let query = Query {
        actor: &actor,
        purpose: &why,
        channel: Channel::Screen,
        territory: pas_de_calais(),
        reach: Reach::Designated,
        now: MARCH_2026,
    };
    let told = |field, consents| gate.explain(field, &query, consents).told(Lang::Fr);
    let page = [
        told(Field::RecognisedDisabled, Consents::NONE),
        told(Field::RecognisedDisabled, Consents::NONE.with(Consent::Form)),
        told(Field::HealthDetail, Consents::NONE),
        told(Field::BarrierHealth, Consents::NONE.with(Consent::Form)),
    ];
    insta::assert_snapshot!(page.join("\n\n"));
}
