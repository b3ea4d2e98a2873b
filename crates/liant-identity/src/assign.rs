//! From weighed pairs to links: each dossier to one person, each person to one dossier (or to duplicates of it).

use crate::candidates::Pair;
use crate::known::Known;
use crate::names::NamesView;
use crate::person::Person;
use crate::{Decision, Link, Options};

/// No pair.
const NONE: u32 = u32::MAX;

/// Who claims each known person: the strongest claim, and the odds of the others. A person is named by her first record.
struct Claims {
    strongest: Vec<(u32, f32)>,
    others: Vec<f32>,
}

/// Decides. `chunks` hold the pairs of the dossiers in order.
pub(crate) fn assign(
    known: &Known,
    left: &[Person],
    names: NamesView<'_>,
    chunks: Vec<Vec<Pair>>,
    options: &Options,
) -> Vec<Link> {
    let claims = claims(known, left, names, &chunks);
    let mut links = Vec::new();
    let mut weighed = Vec::new();
    // Each chunk is given back as soon as it is decided.
    for chunk in chunks {
        for pairs in chunk.chunk_by(|a, b| a.left == b.left) {
            weighed.clear();
            weighed.extend(pairs.iter().map(|pair| {
                let rivals = rival_odds(&claims, known, left, names, pair);
                (*pair, f64::from(pair.log_odds).exp2() / (1.0 + rivals))
            }));
            decide(known, names, &weighed, options, &mut links);
        }
    }
    links
}

/// First pass: odds of each pair against the other candidates of its dossier, gathered by known person.
fn claims(known: &Known, left: &[Person], names: NamesView<'_>, chunks: &[Vec<Pair>]) -> Claims {
    let mut claims = Claims { strongest: vec![(NONE, 0.0); known.len()], others: vec![0.0; known.len()] };
    let by_dossier = || chunks.iter().flat_map(|chunk| chunk.chunk_by(|a, b| a.left == b.left));
    let odds_of = |pairs: &[Pair], pair: &Pair| {
        let total: f64 = pairs.iter().map(|other| f64::from(other.log_odds).exp2()).sum();
        let own = f64::from(pair.log_odds).exp2();
        (own / (1.0 + (total - own).max(0.0))) as f32
    };
    for pairs in by_dossier() {
        for pair in pairs {
            let odds = odds_of(pairs, pair);
            let strongest = &mut claims.strongest[known.owners.first(pair.right) as usize];
            if strongest.0 == NONE || odds > strongest.1 {
                *strongest = (pair.left, odds);
            }
        }
    }
    for pairs in by_dossier() {
        for pair in pairs {
            let person = known.owners.first(pair.right) as usize;
            let strongest = claims.strongest[person].0;
            if strongest != pair.left && !one_person(left, names, pair.left, strongest) {
                claims.others[person] += odds_of(pairs, pair);
            }
        }
    }
    claims
}

/// The odds of the other dossiers that claim the same known person.
fn rival_odds(claims: &Claims, known: &Known, left: &[Person], names: NamesView<'_>, pair: &Pair) -> f64 {
    let person = known.owners.first(pair.right) as usize;
    let (strongest, odds) = claims.strongest[person];
    f64::from(if strongest == pair.left {
        claims.others[person]
    } else if one_person(left, names, pair.left, strongest) {
        0.0
    } else {
        odds
    })
}

/// Whether two dossiers of the file are plainly one person's: same NIR and first name or date; or, no NIR opposing, the
/// same names, birth date and commune.
fn one_person(left: &[Person], names: NamesView<'_>, a: u32, b: u32) -> bool {
    let (Some(a), Some(b)) = (left.get(a as usize), left.get(b as usize)) else { return false };
    plainly_one(a, b, names)
}

pub(crate) fn plainly_one(a: &Person, b: &Person, names: NamesView<'_>) -> bool {
    let first = names.joined(a.first_name) == names.joined(b.first_name);
    let date = a.date == b.date && !a.date.absent();
    if !a.nir.absent() && !b.nir.absent() {
        return a.nir == b.nir && (first || date);
    }
    first
        && date
        && names.joined(a.birth_name) == names.joined(b.birth_name)
        && a.commune == b.commune
        && (a.caf == b.caf || a.caf == 0 || b.caf == 0)
}

/// Second pass: the odds of each candidate against the others and against rival dossiers, and the decision.
fn decide(
    known: &Known,
    names: NamesView<'_>,
    weighed: &[(Pair, f64)],
    options: &Options,
    links: &mut Vec<Link>,
) {
    let total: f64 = weighed.iter().map(|(_, odds)| odds).sum();
    let Some((best, best_odds)) =
        weighed.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.right.cmp(&a.0.right)))
    else {
        return;
    };
    let person = |pair: &Pair| known.people.0.get(pair.right as usize);
    // Known people who are plainly one (recorded twice) do not compete.
    let twice = |pair: &Pair| match (person(best), person(pair)) {
        (Some(a), Some(b)) => pair.right != best.right && plainly_one(a, b, names),
        _ => false,
    };
    let doubles: f64 = weighed.iter().filter(|(pair, _)| twice(pair)).map(|(_, odds)| odds).sum();
    let score_of = |odds: f64, aside: f64| (odds / (1.0 + (total - odds - aside).max(0.0))).log2() as f32;
    let score = score_of(*best_odds, doubles);
    let link = |pair: &Pair, score: f32, decision| Link {
        left: pair.left,
        right: pair.right,
        score: score.clamp(-60.0, 60.0),
        decision,
        evidence: pair.evidence,
    };
    if score >= options.least_automatic(best.evidence.band) {
        links.push(link(best, score, Decision::Match));
        return;
    }
    let first = links.len();
    // A dossier goes to review when one candidate deserves it, or when several together do.
    let together = total.log2() as f32;
    if score < options.review && together < options.review {
        return;
    }
    links.push(link(best, score, Decision::Review));
    for (pair, odds) in weighed.iter().filter(|(pair, _)| pair.right != best.right) {
        let score = score_of(*odds, 0.0);
        if score >= options.shown {
            links.push(link(pair, score, Decision::Review));
        }
    }
    links[first..].sort_by(|a, b| b.score.total_cmp(&a.score).then(a.right.cmp(&b.right)));
    links.truncate(first + options.most_shown);
}
