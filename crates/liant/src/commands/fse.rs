use liant_app::casework::{self, EvidenceList};
use liant_app::people::Format;
use liant_app::{AppError, Context};
use liant_model::Lang;
use serde_json::{Value, json as object};

use super::{Call, casework::context};
use crate::casework_arguments::{AtSeat, Fse};
use crate::output::{Outcome, either, json, line};

/// The half-yearly list that both parties sign.
pub(super) fn run(call: &Call, fse: &Fse) -> anyhow::Result<Outcome> {
    let seat = match fse {
        Fse::Lists { seat, .. }
        | Fse::Freeze { seat, .. }
        | Fse::Sign { seat, .. }
        | Fse::Export { seat, .. } => seat,
    };
    let workshop = call.workshop(seat.place.territory)?;
    let context: Context<'_> = context(&workshop, Some(seat))?;
    let lists = match fse {
        Fse::Lists { programme, .. } => {
            casework::evidence_lists(&context, &workshop.workplace, &programme.programme)?
        }
        Fse::Freeze { half, programme, .. } => {
            vec![casework::freeze_evidence(&context, &workshop.workplace, (&programme.programme, *half))?]
        }
        Fse::Sign { list, hash, .. } => {
            vec![casework::sign_evidence(&context, &workshop.workplace, (*list, hash))?]
        }
        Fse::Export { list, to, .. } => {
            let is_book = to.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
            let format = if is_book { Format::Xlsx } else { Format::Csv };
            let file = casework::export_evidence(&context, &workshop.workplace, (*list, format), call.lang)?;
            super::audit::write_private(to, &file.bytes).map_err(|error| AppError::file(to, error))?;
            line(match call.lang {
                Lang::Fr => format!("{} personnes : {}", file.people, to.display()),
                Lang::En => format!("{} people: {}", file.people, to.display()),
            });
            return Ok(Outcome::Done);
        }
    };
    show(call, seat, &lists)?;
    Ok(Outcome::Done)
}

fn show(call: &Call, seat: &AtSeat, lists: &[EvidenceList]) -> anyhow::Result<()> {
    if seat.place.json {
        return json(&lists.iter().map(told).collect::<Vec<_>>());
    }
    for list in lists {
        line(format!("{}  {}  {}  {}", list.half, list.id, list.people, list.hash));
        for one in &list.signatures {
            line(format!(
                "  {} {} / {}, {}",
                either(call.lang, "signée :", "signed:"),
                one.party,
                one.role,
                one.at
            ));
        }
        for party in &list.awaited {
            line(format!("  {} {party}", either(call.lang, "attendue :", "awaited:")));
        }
    }
    Ok(())
}

fn told(list: &EvidenceList) -> Value {
    object!({
        "id": list.id, "programme": list.programme, "half": list.half.to_string(), "made_at": list.made_at,
        "people": list.people, "hash": list.hash, "kept_until": list.kept_until, "awaited": list.awaited,
        "signatures": list.signatures.iter().map(|one| object!({ "party": one.party, "role": one.role, "at": one.at })).collect::<Vec<_>>(),
    })
}
