//! What waits among people: whom to orient, who has no referent, what the last files brought.

use liant_app::people::{Count, Desk, Happening, News, Reach, Test};

use liant_model::{Date, Source};

use super::{Group, Line, figure, tile};
use crate::components::{SourceMark, Tag, Tile, Tone};
use crate::pages::people_address::people;
use crate::words::Words;
use crate::{Page, SignedIn};

/// Figures that lead to their lists, the most pressing first.
pub(super) fn tiles(page: &Page, who: &SignedIn, desk: &Desk) -> Vec<Tile> {
    let w = page.w;
    let mut tiles = Vec::new();
    if let Some((day, count)) = desk.waiting.first() {
        let text = w.say("desk-waiting").with("days", days_since(w, *day)).with("count", count.number);
        tiles.push(tile(count.number, to_orient(page, Some(*day)), text, Tone::Late));
    }
    if let Some(count) = desk.to_orient {
        tiles.push(tile(
            count.number,
            to_orient(page, None),
            w.say("desk-to-orient").with("count", count.number),
            Tone::Soon,
        ));
    }
    if let Some(count) = desk.without_referent {
        let address = people(&[Test::WithoutReferent]);
        let text = w.say("desk-without-referent").with("count", count.number);
        tiles.push(tile(count.number, address, text, Tone::Soon));
    }
    if let Some(count) = desk.mine.filter(|count| count.number > 0 || desk.reach == Reach::Caseload) {
        let address = people(&[Test::Referent(who.account)]);
        let text = w.say("desk-mine").with("count", count.number);
        tiles.push(tile(count.number, address, text, Tone::Fine));
    }
    tiles
}

/// Where those to orient are listed: on the queue of whoever decides, else among people.
fn to_orient(page: &Page, since: Option<Date>) -> String {
    match (page.open_path("/orientation"), since) {
        (Some(path), Some(day)) => format!("{path}?days={}", days_since(page.w, day)),
        (Some(path), None) => path.to_owned(),
        (None, Some(day)) => people(&[Test::ToOrientSince(day)]),
        (None, None) => people(&[Test::ToOrient]),
    }
}

fn days_since(w: Words, day: Date) -> i64 {
    i64::from(-w.delay(day).0)
}

pub(super) fn groups(page: &Page, desk: &Desk) -> Vec<Group> {
    let w = page.w;
    let mut groups: Vec<Group> = desk.news.iter().map(|news| of_news(w, news)).collect();
    if let Some(all) = desk.to_orient {
        groups.push(of_waiting(page, desk, all));
    }
    groups
}

/// What happened since the last file of a source.
fn of_news(w: Words, news: &News) -> Group {
    let source = SourceMark::of(w, &news.source);
    let since = news.since();
    // What calls for someone's help comes first.
    let rank = |kind: Happening| match kind {
        Happening::Registered => 0,
        Happening::Ceased => 1,
        Happening::Radiated => 2,
        Happening::Entered => 3,
        Happening::Back => 4,
        Happening::Left => 5,
    };
    let mut happenings = news.happened.clone();
    happenings.sort_by_key(|one| rank(one.kind));
    let lines = happenings.iter().map(|one| {
        let test = Test::Happened(one.kind, news.source.clone(), since);
        let alone = one.without_referent.filter(|alone| alone.number > 0);
        Line {
            figure: Some(figure(w, one.count.number, one.count.and_more)),
            text: happened(w, one.kind, &news.source, one.count),
            address: Some(people(&[test])),
            sub: alone.map(|alone| w.say("desk-alone").with("count", alone.number).into()),
            ..Line::default()
        }
    });
    Group {
        id: if news.source == Source::FRANCE_TRAVAIL { "france-travail" } else { "caf" },
        title: w.say("desk-news").into(),
        source: Some(source),
        sub: Some(w.say("desk-news-since").text("day", w.day(since)).into()),
        lines: lines.collect(),
        nothing: w.say("desk-news-nothing").into(),
        act: None,
    }
}

/// What happened, in words that agree with how many.
fn happened(w: Words, kind: Happening, source: &Source, count: Count) -> String {
    let key = match (kind, *source == Source::FRANCE_TRAVAIL) {
        (Happening::Registered, _) => "desk-registered",
        (Happening::Ceased, _) => "desk-ceased",
        (Happening::Radiated, _) => "desk-radiated",
        (Happening::Entered, true) => "desk-entered",
        (Happening::Entered, false) => "desk-entered-caf",
        (Happening::Back, true) => "desk-back",
        (Happening::Back, false) => "desk-back-caf",
        (Happening::Left, true) => "desk-left",
        (Happening::Left, false) => "desk-left-caf",
    };
    w.say(key).with("count", count.number).into()
}

/// Whom to orient, by how long they have waited.
fn of_waiting(page: &Page, desk: &Desk, all: Count) -> Group {
    let w = page.w;
    let mut before = 0;
    // An age that adds nobody to the one before says nothing more.
    let mut adds = |number: u64| std::mem::replace(&mut before, number) < number;
    let aged: Vec<_> = desk.waiting.iter().filter(|(_, count)| adds(count.number)).collect();
    let aged = aged.into_iter().map(|(day, count)| {
        let days = days_since(w, *day);
        let (tone, key) =
            if days >= 60 { (Tone::Late, "desk-tag-late") } else { (Tone::Soon, "desk-tag-soon") };
        Line {
            figure: Some(figure(w, count.number, count.and_more)),
            text: w.say("desk-waits").with("days", days).with("count", count.number).into(),
            address: Some(to_orient(page, Some(*day))),
            tag: Some(Tag::new(tone, w.say(key))),
            ..Line::default()
        }
    });
    let total = (all.number > 0).then(|| Line {
        figure: Some(figure(w, all.number, all.and_more)),
        text: w.say("desk-waits-all").with("count", all.number).into(),
        address: Some(to_orient(page, None)),
        ..Line::default()
    });
    Group {
        id: "to-orient",
        title: w.say("desk-orientation").into(),
        source: None,
        sub: Some(w.say("desk-orientation-sub").into()),
        lines: aged.chain(total).collect(),
        nothing: w.say("desk-orientation-nothing").into(),
        act: None,
    }
}

/// Whose people the figures are about, and why they are seen.
pub(super) fn why(w: Words, who: &SignedIn, desk: Option<&Desk>) -> Vec<String> {
    let Some(desk) = desk else { return vec![w.say("desk-why-figures").into()] };
    let reach = match desk.reach {
        Reach::Territory => w.say("desk-reach-territory"),
        Reach::Service => w.say("desk-reach-service").text("service", &who.seat.organisation_name),
        Reach::Caseload => w.say("desk-reach-caseload"),
        Reach::Designated | Reach::Oneself => w.say("desk-reach-designated"),
    };
    vec![reach.into(), w.say("desk-why-people").into()]
}
