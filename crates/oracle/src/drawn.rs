//! Files drawn from a seed: sound ones, in which everything that decides is at work.

use std::fmt::Write as _;

use crate::random::Random;

/// The parties and roles of drawn files, as `party/role`. `hand` works through an agent of `here`.
pub const PARTIES: [&str; 7] = [
    "here/head",
    "here/clerk",
    "there/adviser",
    "there/clerk",
    "hand/referent",
    "here/person",
    "nobody/clerk",
];
/// Whoever reads what is held about herself: she has no other reach, and nobody else has hers.
const PERSON: &str = "here/person";
/// The purposes.
pub const PURPOSES: [&str; 3] = ["orientation", "follow-up", "review"];
/// The registers.
pub const SOURCES: [&str; 4] = ["departement", "cnaf", "france-travail", "mission-locale"];
/// The profiles of files: the first from `here` to `there`, the second back.
pub const PROFILES: [&str; 2] = ["CGPEM", "PECGM"];
/// What the software does by itself.
pub const USES: [&str; 6] = ["recognise", "update", "clocks", "count", "index", "retain"];

/// Patterns of fields, with what may be excepted of each.
const PATTERNS: [(&str, &[&str]); 12] = [
    ("identity.*", &["identity.first_name"]),
    ("identity.birth_name", &[]),
    ("identifiers.*", &["identifiers.ft"]),
    ("identifiers.nir", &[]),
    ("registration.*", &["registration.start", "registration.category"]),
    ("contact.*", &["contact.commune", "contact.email"]),
    ("contact.commune", &[]),
    ("rights.state", &[]),
    ("health.*", &["health.detail"]),
    ("accompaniment.*", &["accompaniment.barrier.health"]),
    ("orientation.*", &[]),
    ("*", &["contact.*", "identity.*", "identity.birth_name", "rights.state"]),
];
const CHANNELS: [&str; 6] = ["flow", "screen", "export", "api", "email", "hand"];
const REACHES: [&str; 4] = ["designated", "caseload", "service", "territory"];
const PEOPLE: [&str; 3] = ["everyone", "rsa_recipient", "rsa_recipient_in_course"];
/// Days on which things begin and end, in order: a leap day, both ends of a year, a day without an hour.
const DAYS: [&str; 9] = [
    "2024-02-29",
    "2024-03-01",
    "2024-12-31",
    "2025-01-01",
    "2025-03-30",
    "2025-07-01",
    "2026-02-28",
    "2026-03-01",
    "2026-10-25",
];
const BASES: [&str; 4] = ["law", "GDPR art. 6 (1) (c)", "GDPR art. 6 (1) (e)", "GDPR art. 6 (1) (f)"];
const DESPITE: [&str; 4] = ["consent", "legal_claims", "protection_of_another", "public_interest"];
const CONDITIONS: [&str; 5] = ["told", "mail", "law", "never", "pair"];

/// The files of one world.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Their texts.
    pub texts: Vec<String>,
}

impl Drawn {
    /// Draws files: one or two conventions in one to three versions, of which one may carry out the other, and a register
    /// entry.
    pub fn new(random: &mut Random) -> Self {
        let mut texts = Vec::new();
        let carries_out = random.chance(60);
        let in_a_ring = random.chance(10);
        for (id, under) in
            [("frame", in_a_ring.then_some("exchange")), ("exchange", carries_out.then_some("frame"))]
        {
            if id == "frame" && random.chance(15) {
                continue; // what carries it out stands on nothing
            }
            for version in 1..=1 + random.below(3) {
                let under = under.filter(|_| random.chance(90));
                texts.push(convention(random, id, version, under));
            }
        }
        texts.push(register(random));
        Self { texts }
    }
}

fn list<T: std::fmt::Display>(items: &[T]) -> String {
    let quoted: Vec<_> = items.iter().map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn day(random: &mut Random, from: usize) -> (usize, &'static str) {
    let place = from + random.below(DAYS.len().saturating_sub(from));
    (place, DAYS.get(place).copied().unwrap_or("2026-12-31"))
}

/// A term: by its last day or by years.
fn term(random: &mut Random) -> String {
    let (place, from) = day(random, 0);
    if random.chance(50) {
        format!("{{ from = {from}, years = {} }}", 1 + random.below(3))
    } else {
        format!("{{ from = {from}, until = {} }}", day(random, place).1)
    }
}

fn convention(random: &mut Random, id: &str, version: usize, under: Option<&str>) -> String {
    let mut text = format!(
        "[convention]\nid = \"{id}\"\nversion = {version}\ntitle = {{ fr = \"x\", en = \"x\" }}\nterritory = \"{}\"\nin_force = {}\n",
        if random.chance(90) { "62" } else { "59" },
        term(random),
    );
    if let Some(under) = under {
        let _ = writeln!(text, "under = \"{under}\"");
    }
    if random.chance(30) {
        let (place, since) = day(random, 0);
        let until = random.chance(50).then(|| format!(", until = {}", day(random, place).1));
        let _ =
            writeln!(text, "suspended = {{ since = {since}, clause = \"s\"{} }}", until.unwrap_or_default());
    }
    text.push_str(
        "[[party]]\norg = \"here\"\ncapacity = \"controller\"\nroles = [\"head\", \"clerk\", \"person\"]\n\
         [[party]]\norg = \"there\"\ncapacity = \"controller\"\nroles = [\"adviser\", \"clerk\"]\n\
         [[party]]\norg = \"hand\"\ncapacity = \"processor\"\nof = \"here\"\nthrough = \"here/head\"\nroles = [\"referent\"]\n",
    );
    common(random, &mut text);
    text.push_str("[[condition]]\nid = \"pair\"\ntext = { fr = \"x\", en = \"x\" }\nclause = \"c\"\nbetween = [\"here\", \"there\"]\n");
    for number in 1..=1 + random.below(4) {
        text.push_str(&grant(random, number, &PARTIES[..5]));
    }
    for (number, profile) in PROFILES.iter().enumerate() {
        if random.chance(70) {
            text.push_str(&flow(random, number, profile));
        }
    }
    text
}

fn register(random: &mut Random) -> String {
    let (_, from) = day(random, 0);
    let mut text = format!(
        "[register]\nid = \"own\"\ntitle = {{ fr = \"x\", en = \"x\" }}\nterritory = \"62\"\nin_force = {{ from = {from} }}\n\
         controller = \"here\"\n[[party]]\norg = \"here\"\ncapacity = \"controller\"\nroles = [\"head\", \"clerk\", \"person\"]\n",
    );
    common(random, &mut text);
    for number in 1..=1 + random.below(3) {
        text.push_str(&grant(random, number, &PARTIES[..2]));
    }
    if random.chance(70) {
        text.push_str(&wider_search(random));
    }
    text
}

/// What every file declares, and what the software may do under it.
fn common(random: &mut Random, text: &mut String) {
    for purpose in PURPOSES {
        let _ = writeln!(
            text,
            "[[purpose]]\nid = \"{purpose}\"\ntext = {{ fr = \"x\", en = \"x\" }}\nbasis = {}",
            list(&random.some(&BASES, 40)),
        );
    }
    let (place, from) = day(random, 0);
    let mut until = String::new();
    if random.chance(50) {
        until = format!("met_until = {}\n", day(random, place).1);
    }
    for (id, met) in [
        ("told", "consent = \"form\"\n".to_owned()),
        ("mail", "consent = \"email\"\n".to_owned()),
        ("law", format!("met_from = {from}\n{until}")),
        ("never", String::new()),
    ] {
        let _ = write!(
            text,
            "[[condition]]\nid = \"{id}\"\ntext = {{ fr = \"x\", en = \"x\" }}\nclause = \"c\"\n{met}"
        );
    }
    text.push_str("[[retention]]\nid = \"k\"\nclause = \"c\"\nstarts = \"receipt\"\nkeep = \"1 year\"\n");
    for number in 1..=random.below(3) {
        let (fields, except) = fields(random);
        let _ = writeln!(
            text,
            "[[use]]\nclause = \"use {number}\"\nfor = {}\nsources = {}\nfields = {}\nexcept = {}",
            list(&random.some(&USES, 40)),
            list(&random.some(&SOURCES, 40)),
            list(&fields),
            list(&except),
        );
    }
}

/// Patterns, and what of them is excepted: always less than what is named.
fn fields(random: &mut Random) -> (Vec<&'static str>, Vec<&'static str>) {
    let named = random.some(&PATTERNS, 25);
    let may: Vec<&str> = named.iter().flat_map(|(_, may)| may.iter().copied()).collect();
    let except = if may.is_empty() || random.chance(50) { Vec::new() } else { random.some(&may, 30) };
    (named.iter().map(|(pattern, _)| *pattern).collect(), except.into_iter().copied().collect())
}

/// Whether a pattern among these names some field of the family.
fn touches(patterns: &[&str], families: &[&str]) -> bool {
    patterns
        .iter()
        .any(|pattern| *pattern == "*" || families.iter().any(|family| pattern.starts_with(family)))
}

fn grant(random: &mut Random, number: usize, roles: &[&str]) -> String {
    let mut to = random.some(roles, 40);
    let (mut fields, mut except) = fields(random);
    let mut channels = random.some(&CHANNELS, 50);
    let mut reach = *random.one(&REACHES).unwrap_or(&"territory");
    let mut requires: Vec<&str> = Vec::new();
    if random.chance(40) {
        let known = if roles.len() > 2 { CONDITIONS.len() } else { CONDITIONS.len() - 1 };
        requires.extend(random.some(CONDITIONS.get(..known).unwrap_or_default(), 30));
    }
    if random.chance(15) {
        to = vec![&PERSON];
        reach = "oneself";
    }
    if requires.contains(&"pair") {
        to.retain(|role| !role.starts_with("hand/"));
        if to.is_empty() {
            to.push(&"there/adviser");
        }
    }
    if to.iter().any(|role| role.starts_with("hand/")) {
        reach = "designated";
        channels.retain(|channel| **channel != "flow");
        if channels.is_empty() {
            channels.push(&"screen");
        }
    }
    // A NIR goes by no screen, and by no API without its decree.
    if touches(&fields, &["identifiers."]) && channels.iter().any(|one| ["screen", "api"].contains(*one)) {
        fields.retain(|pattern| *pattern != "identifiers.nir");
        if fields.is_empty() {
            fields.push("identity.birth_name");
        }
        except.retain(|pattern| *pattern != "identifiers.ft");
        if touches(&fields, &["identifiers."]) {
            except.extend(["identifiers.nir", "identifiers.msa"]);
        }
    }
    let names = if random.chance(50) {
        // The role alone does where one party has it.
        to.iter().map(|role| role.strip_prefix("there/adv").map_or(**role, |_| "adviser")).collect()
    } else {
        to.iter().map(|role| **role).collect::<Vec<_>>()
    };
    let mut text = format!(
        "[[grant]]\nclause = \"grant {number}\"\nto = {}\npurpose = {}\nsources = {}\npeople = \"{}\"\nfields = {}\nexcept = {}\nchannels = {}\nkeep = \"k\"\nrequires = {}\nbasis = [\"law\"]\n",
        list(&names),
        list(&random.some(&PURPOSES, 50)),
        list(&random.some(&SOURCES, 50)),
        random.one(&PEOPLE).unwrap_or(&"everyone"),
        list(&fields),
        list(&except),
        list(&channels),
        list(&requires),
    );
    if reach != "territory" || random.chance(50) {
        let _ = writeln!(text, "reach = \"{reach}\"");
    }
    if random.chance(30) {
        let _ = writeln!(text, "protected_address = {}", random.chance(70));
    }
    if random.chance(20) {
        let _ = writeln!(text, "despite_restriction = \"{}\"", random.one(&DESPITE).unwrap_or(&"consent"));
    }
    if touches(&fields, &["health.", "accompaniment."]) {
        text.push_str("special_basis = \"right_of_access\"\n");
    }
    text
}

fn flow(random: &mut Random, number: usize, profile: &str) -> String {
    let (from, to) = if profile == PROFILES[0] { ("here", "there") } else { ("there", "here") };
    let (carries, except) = fields(random);
    format!(
        "[[flow]]\nprofile = \"{profile}\"\nclause = \"flow {number}\"\nfrom = \"{from}\"\nto = \"{to}\"\nby = {}\npurpose = {}\nsources = {}\ncarries = {}\nexcept = {}\nrhythm = \"monthly\"\n",
        list(&random.some(&PARTIES[..4], 50)),
        list(&random.some(&PURPOSES, 50)),
        list(&random.some(&SOURCES, 50)),
        list(&carries),
        list(&except),
    )
}

fn wider_search(random: &mut Random) -> String {
    let oversees = list(&random.some(&PARTIES[..2], 50));
    format!(
        "[[wider_search]]\nclause = \"wider\"\nto = {}\npurpose = {}\nsources = {}\npeople = \"{}\"\nfields = [\"identity.*\", \"contact.*\"]\nexcept = {}\nreasons = [\"r\"]\nper_hour = 1\nper_day = 2\nmost_found = 3\nkeep = \"k\"\n\
         [[oversight]]\nclause = \"oversight\"\nby = {oversees}\npurpose = {}\nreasons_hold = \"90 days\"\n",
        list(&random.some(&PARTIES[..2], 50)),
        list(&random.some(&PURPOSES, 50)),
        list(&random.some(&SOURCES, 50)),
        random.one(&PEOPLE).unwrap_or(&"everyone"),
        if random.chance(50) { "[]" } else { "[\"contact.commune\"]" },
        list(&random.some(&PURPOSES, 50)),
    )
}
