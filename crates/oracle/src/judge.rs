//! Cedar's answers.

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityId, EntityTypeName, EntityUid, Policy, PolicyId,
    PolicySet, Request, RestrictedExpression,
};

use crate::classes::{Classes, boundaries};
use crate::files::{File, Unreadable};
use crate::policies::{ADDRESS, Clause, NO_SOURCE, PEOPLE, REACHES, SOFTWARE, clauses};

/// One question: may this field of this register go out?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    /// `party/role`.
    pub actor: &'a str,
    /// A purpose; `file:send`, `file:receive`, `use:count`, `wider:orientation`, `oversee:review`.
    pub action: &'a str,
    /// The register.
    pub source: &'a str,
    /// The code of the field.
    pub field: &'a str,
    /// By what way.
    pub channel: &'a str,
    /// The profile of the file; empty for anything else.
    pub profile: &'a str,
    /// Whose people.
    pub territory: &'a str,
    /// How far the actor looks.
    pub reach: &'a str,
    /// How near the person stands to her.
    pub near: &'a str,
    /// The narrowest category that she belongs to.
    pub people: &'a str,
    /// Whether her address is protected.
    pub protected: bool,
    /// What she agreed to.
    pub consents: &'a [&'a str],
    /// The parties by which the use of her data is restricted.
    pub restricted: &'a [String],
    /// To what she objects, as `party|purpose`.
    pub objected: &'a [String],
    /// The day, 20260301.
    pub day: i64,
}

impl<'a> Asked<'a> {
    /// A question about someone of whom nothing is held back: herself, in course, no protected address.
    pub const fn of(actor: &'a str, action: &'a str, territory: &'a str, day: i64) -> Self {
        Self {
            actor,
            action,
            source: NO_SOURCE,
            field: "",
            channel: "screen",
            profile: "",
            territory,
            reach: "oneself",
            near: "oneself",
            people: "rsa_recipient_in_course",
            protected: false,
            consents: &[],
            restricted: &[],
            objected: &[],
            day,
        }
    }

    /// The same of a use: the software itself asks.
    pub const fn by_software(action: &'a str, territory: &'a str, day: i64) -> Self {
        Self::of(SOFTWARE, action, territory, day)
    }
}

/// The answer: the clauses that let the field out, as decisions cite them. None: it stays in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// `id v1, clause`, each once.
    pub clauses: Vec<String>,
}

impl Verdict {
    /// Whether it goes out.
    pub fn is_allowed(&self) -> bool {
        !self.clauses.is_empty()
    }
}

/// The files, as policies.
#[derive(Clone, Debug)]
pub struct Judge {
    files: Vec<File>,
    clauses: Vec<(Clause, Policy)>,
    types: Types,
}

/// The types of Cedar's entities, read once.
#[derive(Clone, Debug)]
struct Types {
    actor: EntityTypeName,
    action: EntityTypeName,
    source: EntityTypeName,
}

impl Types {
    fn new() -> Result<Self, Unreadable> {
        let name = |name: &str| {
            let read = name.parse::<EntityTypeName>();
            read.map_err(|error| Unreadable(format!("`{name}`: {error}")))
        };
        Ok(Self { actor: name("Actor")?, action: name("Action")?, source: name("Source")? })
    }
}

/// The policies that name an actor and an action. Cedar goes through every policy that it is given; the others say
/// nothing of this actor and action, since their scope names neither.
#[derive(Debug)]
pub struct Slice<'j> {
    judge: &'j Judge,
    clauses: Vec<usize>,
    classes: Option<Classes>,
    policies: PolicySet,
    authorizer: Authorizer,
    entities: Entities,
}

impl Judge {
    /// Reads files.
    ///
    /// # Errors
    /// [`Unreadable`], for a file that has an error or a policy that Cedar does not take.
    pub fn of(texts: &[String]) -> Result<Self, Unreadable> {
        let files = texts.iter().map(|text| File::read(text)).collect::<Result<Vec<_>, _>>()?;
        let policy = |(number, clause): (usize, Clause)| {
            let id = Some(PolicyId::new(number.to_string()));
            let policy = Policy::parse(id, &clause.text)
                .map_err(|error| Unreadable(format!("{}: {error}", clause.text)))?;
            Ok((clause, policy))
        };
        let clauses = clauses(&files).into_iter().enumerate().map(policy).collect::<Result<_, _>>()?;
        Ok(Self { files, clauses, types: Types::new()? })
    }

    /// Every `party/role` of the files, each once.
    pub fn actors(&self) -> Vec<String> {
        sorted(self.files.iter().flat_map(File::actors))
    }

    /// Every action that some clause allows, each once.
    pub fn actions(&self) -> Vec<String> {
        sorted(self.clauses.iter().flat_map(|(clause, _)| clause.actions.clone()))
    }

    /// Every register that some clause names, each once.
    pub fn sources(&self) -> Vec<String> {
        sorted(self.clauses.iter().flat_map(|(clause, _)| clause.sources.clone()))
    }

    /// The days on which something begins or ends: 20260301, or one more than a last day.
    pub fn days(&self) -> Vec<i64> {
        boundaries(self.clauses.iter().map(|(clause, _)| clause), "day")
    }

    /// Its policies, as Cedar reads them.
    pub fn text(&self) -> String {
        let each = self.clauses.iter().map(|(clause, _)| format!("// {}\n{}\n", clause.cited, clause.text));
        each.collect::<Vec<_>>().concat()
    }

    /// All of it.
    ///
    /// # Errors
    /// [`Unreadable`], when Cedar does not take the policies together.
    pub fn whole(&self) -> Result<Slice<'_>, Unreadable> {
        self.chosen(|_| true)
    }

    /// What is about one actor and one action.
    ///
    /// # Errors
    /// [`Unreadable`], when Cedar does not take the policies together.
    pub fn slice(&self, actor: &str, action: &str) -> Result<Slice<'_>, Unreadable> {
        let names = |all: &[String], one: &str| all.iter().any(|other| other == one);
        self.chosen(|clause| names(&clause.actors, actor) && names(&clause.actions, action))
    }

    fn chosen(&self, is_in: impl Fn(&Clause) -> bool) -> Result<Slice<'_>, Unreadable> {
        let mut slice = Slice {
            judge: self,
            clauses: Vec::new(),
            classes: None,
            policies: PolicySet::new(),
            authorizer: Authorizer::new(),
            entities: Entities::empty(),
        };
        for (number, (clause, policy)) in self.clauses.iter().enumerate() {
            if is_in(clause) {
                slice.clauses.push(number);
                let added = slice.policies.add(policy.clone());
                added.map_err(|error| Unreadable(format!("{}: {error}", clause.text)))?;
            }
        }
        Ok(slice)
    }
}

impl Slice<'_> {
    /// The same, which asks Cedar once of all questions that none of its policies tells apart, and for the others gives the
    /// answer again; of each hundred given again it asks one, and fails where Cedar does tell them apart.
    #[must_use]
    pub fn by_class(mut self) -> Self {
        let classes = Classes::of(&self.of());
        self.classes = Some(classes);
        self
    }

    /// Whether no clause is about this actor and this action.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The days on which one of its clauses begins or ceases to hold: 20260301, or one more than a last day.
    pub fn days(&self) -> Vec<i64> {
        boundaries(self.of(), "day")
    }

    /// Whether one of its clauses asks what the person agreed to.
    pub fn asks_consent(&self) -> bool {
        self.of().any(|clause| clause.text.contains("context.consents"))
    }

    /// The registers that its clauses name, each once.
    pub fn sources(&self) -> Vec<String> {
        sorted(self.of().flat_map(|clause| clause.sources.clone()))
    }

    /// The fields among `codes`, those side by side that neither a pattern of its clauses nor a protected address tells apart.
    pub fn kinds<'c>(&self, codes: &[&'c str]) -> Vec<Vec<&'c str>> {
        let patterns = self.of().flat_map(|clause| clause.patterns.clone());
        let patterns = sorted(patterns.chain(ADDRESS.map(str::to_owned)));
        let is_named = |code: &str, pattern: &String| {
            pattern.strip_suffix('*').map_or(code == pattern, |family| code.starts_with(family))
        };
        let mut kinds: Vec<(Vec<bool>, Vec<&str>)> = Vec::new();
        for code in codes {
            let told: Vec<bool> = patterns.iter().map(|pattern| is_named(code, pattern)).collect();
            match kinds.iter_mut().find(|(other, _)| *other == told) {
                Some((_, alike)) => alike.push(code),
                None => kinds.push((told, vec![code])),
            }
        }
        kinds.into_iter().map(|(_, alike)| alike).collect()
    }

    fn of(&self) -> impl Iterator<Item = &Clause> + Clone {
        self.clauses.iter().filter_map(|number| self.judge.clauses.get(*number)).map(|(clause, _)| clause)
    }

    /// Cedar's answer.
    ///
    /// # Errors
    /// [`Unreadable`], when Cedar cannot evaluate a policy: an answer would then be none.
    pub fn answer(&self, asked: &Asked<'_>) -> Result<Verdict, Unreadable> {
        match &self.classes {
            Some(classes) => classes.answer(asked, || self.ask(asked)),
            None => self.ask(asked),
        }
    }

    fn ask(&self, asked: &Asked<'_>) -> Result<Verdict, Unreadable> {
        let request = request(asked, &self.judge.types)?;
        let response = self.authorizer.is_authorized(&request, &self.policies, &self.entities);
        if let Some(error) = response.diagnostics().errors().next() {
            return Err(Unreadable(format!("{asked:?}: {error}")));
        }
        if response.decision() == Decision::Deny {
            return Ok(Verdict::default());
        }
        let cited = response.diagnostics().reason().filter_map(|id| {
            let number: usize = id.to_string().parse().ok()?;
            self.judge.clauses.get(number).map(|(clause, _)| clause.cited.clone())
        });
        Ok(Verdict { clauses: sorted(cited) })
    }
}

fn sorted(items: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut items: Vec<String> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn request(asked: &Asked<'_>, types: &Types) -> Result<Request, Unreadable> {
    let unreadable = |error: &dyn std::fmt::Display| Unreadable(format!("{asked:?}: {error}"));
    let entity =
        |name: &EntityTypeName, id: &str| EntityUid::from_type_name_and_id(name.clone(), EntityId::new(id));
    let text = |text: &str| RestrictedExpression::new_string(text.to_owned());
    let rank = |words: &[&str], word: &str| {
        let place = words.iter().position(|one| *one == word);
        let place = place.ok_or_else(|| Unreadable(format!("`{word}`")))?;
        Ok::<_, Unreadable>(RestrictedExpression::new_long(i64::try_from(place).unwrap_or(i64::MAX)))
    };
    let context = Context::from_pairs([
        ("field".to_owned(), text(asked.field)),
        ("channel".to_owned(), text(asked.channel)),
        ("profile".to_owned(), text(asked.profile)),
        ("territory".to_owned(), text(asked.territory)),
        ("asked".to_owned(), rank(&REACHES, asked.reach)?),
        ("near".to_owned(), rank(&REACHES, asked.near)?),
        ("people".to_owned(), rank(&PEOPLE, asked.people)?),
        ("protected".to_owned(), RestrictedExpression::new_bool(asked.protected)),
        ("consents".to_owned(), RestrictedExpression::new_set(asked.consents.iter().map(|one| text(one)))),
        (
            "restricted".to_owned(),
            RestrictedExpression::new_set(asked.restricted.iter().map(|one| text(one))),
        ),
        ("objected".to_owned(), RestrictedExpression::new_set(asked.objected.iter().map(|one| text(one)))),
        ("day".to_owned(), RestrictedExpression::new_long(asked.day)),
    ])
    .map_err(|error| unreadable(&error))?;
    Request::new(
        entity(&types.actor, asked.actor),
        entity(&types.action, asked.action),
        entity(&types.source, asked.source),
        context,
        None,
    )
    .map_err(|error| unreadable(&error))
}
