//! What waits in accompaniments: forms received, forms sent, the people beside whom one stands. Figures alone, each that of the list to
//! which it leads.

use liant_app::casework::{self, Listing};
use liant_app::{AppError, Context, Workplace};

use super::{Group, Line, figure, tile};
use crate::SignedIn;
use crate::components::{Link, Tile, Tone};
use crate::pages::casework::{ACTORS, CASELOAD, FORMS, SENT};
use crate::words::Words;

/// How many lines each list has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct UnderWay {
    received: u64,
    sent: u64,
    mine: u64,
}

/// Counts what is under way; none for whom no clause shows a path.
pub(super) fn count(
    context: &Context<'_>,
    workplace: &Workplace,
    who: &SignedIn,
) -> Result<Option<UnderWay>, AppError> {
    let leads =
        ACTORS.is_for(&who.actor.role) && casework::is_shown_paths(workplace, who.seat.territory, &who.actor);
    if !leads {
        return Ok(None);
    }
    let context = who.context(casework::purpose(&who.actor)?, context.clock)?;
    let many = |listing| casework::how_many(&context, workplace, listing);
    let received = many(Listing::Received);
    let known = received.and_then(|received| {
        Ok(UnderWay { received, sent: many(Listing::Sent)?, mine: many(Listing::Mine)? })
    });
    match known {
        // What the gate refuses is not there.
        Err(AppError::Gate(_) | AppError::Absent(_)) => Ok(None),
        known => known.map(Some),
    }
}

pub(super) fn tiles(w: Words, known: &UnderWay) -> Vec<Tile> {
    let of = |count, address: &str, key, tone| tile(count, address, w.say(key).with("count", count), tone);
    let received = of(known.received, FORMS, "desk-forms-waiting", Tone::Soon);
    let sent = of(known.sent, SENT, "desk-forms-sent", Tone::Fine);
    let beside = of(known.mine, CASELOAD, "desk-beside", Tone::Fine);
    // Forms are received by some, and sent by others; who names others stands beside nobody herself.
    std::iter::once(received)
        .filter(|_| known.received > 0 || known.sent == 0)
        .chain((known.sent > 0).then_some(sent))
        .chain((known.mine > 0).then_some(beside))
        .collect()
}

pub(super) fn group(w: Words, known: &UnderWay) -> Group {
    let lines = [
        (known.received, FORMS, "desk-casework-received"),
        (known.sent, SENT, "desk-casework-sent"),
        (known.mine, CASELOAD, "desk-casework-mine"),
    ];
    let lines = lines.into_iter().filter(|(count, ..)| *count > 0).map(|(count, address, key)| Line {
        figure: Some(figure(w, count, false)),
        text: w.say(key).with("count", count).into(),
        address: Some(address.to_owned()),
        ..Line::default()
    });
    Group {
        id: "casework",
        title: w.say("desk-casework").into(),
        source: None,
        sub: Some(w.say("desk-casework-sub").into()),
        lines: lines.collect(),
        nothing: w.say("desk-casework-nothing").into(),
        act: Some(Link::new("/caseload/agenda", w.say("desk-casework-due"))),
    }
}
