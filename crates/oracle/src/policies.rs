//! Each clause as a policy of Cedar, worded after `docs/convention.md`.
//!
//! A request is made by an `Actor` (`party/role`), for an `Action` (a purpose, `file:send`, `use:count`,
//! `wider:orientation`, `oversee:review`), on a `Source` (a register); everything else is context. Cedar denies what no
//! policy permits.

use toml::{Table, Value};

use crate::files::{File, texts, word};

/// A clause and the policy that it makes.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// How a decision cites it: `id v1, clause`.
    pub(crate) cited: String,
    /// `party/role`, as the policy names them.
    pub(crate) actors: Vec<String>,
    /// As the policy names them.
    pub(crate) actions: Vec<String>,
    /// As the policy names them.
    pub(crate) sources: Vec<String>,
    /// The patterns of its fields, for whoever asks for one field of each kind.
    pub(crate) patterns: Vec<String>,
    /// The policy.
    pub(crate) text: String,
}

/// What locates someone: hidden of a protected address, unless a grant says that its reader needs it.
pub(crate) const ADDRESS: [&str; 5] = [
    "contact.commune",
    "contact.address_line",
    "contact.address_complement",
    "contact.postcode",
    "contact.town",
];

/// From the narrowest to the widest.
pub(crate) const REACHES: [&str; 5] = ["oneself", "designated", "caseload", "service", "territory"];
/// From the widest to the narrowest.
pub(crate) const PEOPLE: [&str; 3] = ["everyone", "rsa_recipient", "rsa_recipient_in_course"];

fn rank(words: &[&str], word: &str, unsaid: usize) -> usize {
    words.iter().position(|one| *one == word).unwrap_or(unsaid)
}

/// The actor of a use: nobody is shown anything.
pub(crate) const SOFTWARE: &str = "software";
/// The register of an act that is about none.
pub(crate) const NO_SOURCE: &str = "none";

fn actions(kind: &str, clause: &Table, key: &str) -> Vec<String> {
    texts(clause, key).into_iter().map(|one| format!("{kind}:{one}")).collect()
}

fn quoted(kind: &str, ids: &[String]) -> String {
    let ids: Vec<_> = ids.iter().map(|id| format!("{kind}\"{id}\"")).collect();
    format!("[{}]", ids.join(", "))
}

/// Whether the field is one that some pattern names: `identity.*`, `identity.birth_name` or `*`.
fn named(patterns: &[String]) -> String {
    let each: Vec<_> = patterns.iter().map(|one| format!("context.field like \"{one}\"")).collect();
    if each.is_empty() { "false".to_owned() } else { format!("({})", each.join(" || ")) }
}

fn fields(clause: &Table, key: &str) -> String {
    format!("({} && !{})", named(&texts(clause, key)), named(&texts(clause, "except")))
}

fn patterns(clause: &Table, key: &str) -> Vec<String> {
    texts(clause, key).into_iter().chain(texts(clause, "except")).collect()
}

/// For whom a party acts: the party that instructs it, or itself.
fn controller(files: &[File], party: &str) -> String {
    let instructed = |party: &str| {
        let entries = files.iter().flat_map(|file| file.tables("party"));
        let acts = |entry: &&Table| {
            word(entry, "org") == party
                && ["processor", "sub_processor"].contains(&word(entry, "capacity").as_str())
        };
        entries.filter(acts).map(|entry| word(entry, "of")).find(|of| !of.is_empty())
    };
    let mut own = party.to_owned();
    for _ in files {
        match instructed(&own) {
            Some(next) => own = next,
            None => break,
        }
    }
    own
}

/// Who decides whether facts of a source go to a party.
fn deciders(files: &[File], party: &str, source: &str) -> Vec<String> {
    let own = controller(files, party);
    let flows = || files.iter().flat_map(|file| file.tables("flow"));
    if flows().any(|flow| word(flow, "from") == own && texts(flow, "sources") == [source]) {
        return vec![own];
    }
    let names = |file: &&File| {
        let clauses = ["flow", "grant", "use"].into_iter().flat_map(|name| file.tables(name));
        clauses.into_iter().any(|clause| texts(clause, "sources").iter().any(|one| one == source))
    };
    let keepers: Vec<String> =
        files.iter().filter(names).filter_map(|file| file.controller.clone()).collect();
    if keepers.contains(&own) { vec![own] } else { keepers.into_iter().chain([own]).collect() }
}

/// What a person's own rights close of a clause, actor by actor, source by source and purpose by purpose.
fn limits(
    (files, file): (&[File], &File),
    (actors, purposes, sources): (&[String], &[(String, String)], &[String]),
    despite: &str,
) -> Vec<String> {
    let mut parts = Vec::new();
    for actor in actors {
        let party = actor.split('/').next().unwrap_or_default();
        for source in sources {
            let who = deciders(files, party, source);
            let scope = format!("principal == Actor::\"{actor}\" && resource == Source::\"{source}\"");
            if despite.is_empty() {
                let any = quoted("", &who);
                parts.push(format!("!({scope} && context.restricted.containsAny({any}))"));
            }
            for (action, purpose) in
                purposes.iter().filter(|_| !["consent", "legal_claims"].contains(&despite))
            {
                if file.is_open_to_objection(purpose) {
                    let any: Vec<String> = who.iter().map(|one| format!("{one}|{purpose}")).collect();
                    let any = quoted("", &any);
                    parts.push(format!(
                        "!({scope} && action == Action::\"{action}\" && context.objected.containsAny({any}))"
                    ));
                }
            }
        }
    }
    parts
}

fn condition(parts: &[String]) -> String {
    parts.iter().map(|part| format!("when {{ {part} }}\n")).collect::<Vec<_>>().concat()
}

fn scope(actors: &[String], actions: &[String], sources: &[String]) -> Vec<String> {
    vec![
        format!("{}.contains(principal)", quoted("Actor::", actors)),
        format!("{}.contains(action)", quoted("Action::", actions)),
        format!("{}.contains(resource)", quoted("Source::", sources)),
    ]
}

/// Whether the file is in force: between its dates, before any later version, not suspended, and while the one that
/// it carries out is. Files that carry out each other in a ring stand on nothing.
fn in_force(files: &[File], place: usize, within: &mut Vec<usize>) -> String {
    let Some(file) = files.get(place).filter(|_| !within.contains(&place)) else { return "false".to_owned() };
    let mut parts = vec![format!("context.day >= {}", file.from)];
    parts.extend(file.over.map(|over| format!("context.day < {over}")));
    let later = files.iter().filter(|other| other.id == file.id && other.version > file.version);
    parts.extend(later.map(|other| format!("context.day < {}", other.from)));
    if let Some((since, until)) = file.suspended {
        let over = until.map(|until| format!(" || context.day > {until}")).unwrap_or_default();
        parts.push(format!("(context.day < {since}{over})"));
    }
    if let Some(under) = &file.under {
        within.push(place);
        let is_parent = |parent: &&usize| {
            files.get(**parent).is_some_and(|one| one.id == *under && one.territory == file.territory)
        };
        let all: Vec<usize> = (0..files.len()).collect();
        let parents: Vec<_> = all.iter().filter(is_parent).map(|one| in_force(files, *one, within)).collect();
        within.pop();
        parts.push(if parents.is_empty() {
            "false".to_owned()
        } else {
            format!("({})", parents.join(" || "))
        });
    }
    format!("({})", parts.join(" && "))
}

/// Every policy of the files.
pub(crate) fn clauses(files: &[File]) -> Vec<Clause> {
    let mut all = Vec::new();
    for (place, file) in files.iter().enumerate() {
        let here =
            [format!("context.territory == \"{}\"", file.territory), in_force(files, place, &mut Vec::new())];
        let peers: Vec<File> = files.iter().filter(|one| one.territory == file.territory).cloned().collect();
        all.extend(file.tables("grant").into_iter().map(|grant| read((&peers, file), grant, &here)));
        for flow in file.tables("flow") {
            all.extend(["send", "receive"].map(|way| pass(file, flow, way, &here)));
        }
        all.extend(file.tables("use").into_iter().map(|used| work(file, used, &here)));
        all.extend(file.tables("wider_search").into_iter().map(|one| search((&peers, file), one, &here)));
        all.extend(file.tables("oversight").into_iter().map(|one| oversee(file, one, &here)));
    }
    all
}

fn clause(
    file: &File,
    table: &Table,
    actors: Vec<String>,
    actions: Vec<String>,
    sources: Vec<String>,
) -> Clause {
    let cited = format!("{} v{}, {}", file.id, file.version, word(table, "clause"));
    Clause { cited, actors, actions, sources, patterns: Vec::new(), text: String::new() }
}

impl Clause {
    fn permits(mut self, parts: &[String], patterns: Vec<String>) -> Self {
        let scope = scope(&self.actors, &self.actions, &self.sources);
        self.text =
            format!("permit (principal, action, resource)\n{}{};", condition(&scope), condition(parts));
        self.patterns = patterns;
        self
    }
}

/// What a grant asks beside its scope, its channel and its reach: about whom, which fields, on what conditions.
fn given(file: &File, grant: &Table) -> Vec<String> {
    let people = rank(&PEOPLE, &word(grant, "people"), 0);
    let mut parts = vec![fields(grant, "fields"), format!("context.people >= {people}")];
    parts.extend(texts(grant, "requires").iter().map(|id| file.met(id)));
    parts
}

/// What locates someone stays in when her address is protected.
fn spared() -> String {
    format!("!(context.protected && {}.contains(context.field))", quoted("", &ADDRESS.map(str::to_owned)))
}

/// A grant lets a page, a list, an export or an API have fields; by `flow` they leave in files alone.
fn read((peers, file): (&[File], &File), grant: &Table, here: &[String; 2]) -> Clause {
    let reach = rank(&REACHES, &word(grant, "reach"), REACHES.len() - 1);
    let mut parts = here.to_vec();
    parts.push(format!("{}.contains(context.channel)", quoted("", &texts(grant, "channels"))));
    parts.push("context.channel != \"flow\"".to_owned());
    parts.push(format!("context.asked <= {reach} && context.near <= {reach}"));
    parts.extend(given(file, grant));
    if grant.get("protected_address").and_then(Value::as_bool) != Some(true) {
        parts.push(spared());
    }
    let (actors, purposes) = (file.roles(grant, "to"), texts(grant, "purpose"));
    let of_itself = if word(grant, "reach") == "oneself" { "consent" } else { "" };
    let said = word(grant, "despite_restriction");
    let despite = if said.is_empty() { of_itself } else { said.as_str() };
    let pairs: Vec<_> = purposes.iter().map(|one| (one.clone(), one.clone())).collect();
    parts.extend(limits((peers, file), (&actors, &pairs, &texts(grant, "sources")), despite));
    clause(file, grant, actors, purposes, texts(grant, "sources")).permits(&parts, patterns(grant, "fields"))
}

/// In a file passes what its flow carries and a grant gives, by flow and for a purpose of it, to a role of its receiver.
fn pass(file: &File, flow: &Table, way: &str, here: &[String; 2]) -> Clause {
    let receiver = format!("{}/", word(flow, "to"));
    let purposes = texts(flow, "purpose");
    let passes = |grant: &&Table| {
        texts(grant, "channels").iter().any(|one| one == "flow")
            && file.roles(grant, "to").iter().any(|to| to.starts_with(&receiver))
            && texts(grant, "purpose").iter().any(|one| purposes.contains(one))
    };
    let grants = file.tables("grant");
    let each: Vec<_> = grants
        .iter()
        .copied()
        .filter(passes)
        .map(|grant| {
            let sources = format!("{}.contains(resource)", quoted("Source::", &texts(grant, "sources")));
            format!("({sources} && {})", given(file, grant).join(" && "))
        })
        .collect();
    let mut parts = here.to_vec();
    parts.push(format!("context.profile == \"{}\"", word(flow, "profile")));
    parts.push(fields(flow, "carries"));
    parts.push(if each.is_empty() { "false".to_owned() } else { each.join("\n  || ") });
    let end = format!("{}/", word(flow, if way == "send" { "from" } else { "to" }));
    let handlers = file.roles(flow, "by").into_iter().filter(|role| role.starts_with(&end)).collect();
    let patterns = grants.iter().flat_map(|grant| patterns(grant, "fields")).chain(patterns(flow, "carries"));
    let patterns = patterns.collect();
    clause(file, flow, handlers, vec![format!("file:{way}")], texts(flow, "sources"))
        .permits(&parts, patterns)
}

/// A use lets the software itself read. To destroy what was received outlives the convention: from its first day on.
fn work(file: &File, used: &Table, here: &[String; 2]) -> Clause {
    let retains = format!("action == Action::\"use:retain\" && context.day >= {}", file.from);
    let [territory, in_force] = here;
    let parts = [territory.clone(), format!("{in_force} || ({retains})"), fields(used, "fields")];
    let (kinds, sources) = (actions("use", used, "for"), texts(used, "sources"));
    clause(file, used, vec![SOFTWARE.to_owned()], kinds, sources).permits(&parts, patterns(used, "fields"))
}

/// A wider search shows what a grant of the same words would, to whoever looks farther than she reaches.
fn search((peers, file): (&[File], &File), search: &Table, here: &[String; 2]) -> Clause {
    let mut parts = here.to_vec();
    parts.extend(given(file, search));
    parts.push(spared());
    let (actors, purposes) = (file.roles(search, "to"), actions("wider", search, "purpose"));
    let pairs: Vec<_> = purposes.iter().cloned().zip(texts(search, "purpose")).collect();
    parts.extend(limits((peers, file), (&actors, &pairs, &texts(search, "sources")), ""));
    clause(file, search, actors, purposes, texts(search, "sources"))
        .permits(&parts, patterns(search, "fields"))
}

/// An oversight shows no field of a register: it is asked about none.
fn oversee(file: &File, oversight: &Table, here: &[String; 2]) -> Clause {
    let (actors, purposes) = (file.roles(oversight, "by"), actions("oversee", oversight, "purpose"));
    clause(file, oversight, actors, purposes, vec![NO_SOURCE.to_owned()]).permits(here, Vec::new())
}
