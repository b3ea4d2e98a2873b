use std::sync::Arc;

use liant_model::{Block, Field, FieldType, Sensitivity, Source};

use crate::diagnostic::{Bilingual, Severity};
use crate::encoding::Encoding;
use crate::profile_text::{ElementText, ProfileText, RuleText, SectionText};
use crate::tree::Tree;

/// A flow, as data: its tags, lengths, required values, code lists, rules, header and trailer.
///
/// Cheap to clone. The profiles that ship with the binary are [`Profile::shipped`]; an operator's own is read by
/// [`Profile::parse`] from a text in the same grammar (`profiles/*.toml` of this crate are the examples).
#[derive(Clone)]
pub struct Profile(Arc<Compiled>);

impl std::ops::Deref for Profile {
    type Target = Compiled;
    fn deref(&self) -> &Compiled {
        &self.0
    }
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Profile({})", self.id)
    }
}

/// Why a text is no flow profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("flow profile {name}: {cause}")]
pub struct ProfileError {
    /// File or profile at fault.
    pub name: String,
    /// What is wrong, with its place where known.
    pub cause: String,
}

/// How the records of a flow are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// An XML document of one header, records, and one trailer.
    Xml,
    /// Lines of cells under a line of column names.
    Csv,
}

/// A profile whose names are resolved: what [`Profile`] gives access to.
pub struct Compiled {
    pub(crate) id: String,
    pub(crate) format: Format,
    pub(crate) source: Source,
    pub(crate) label: Bilingual,
    pub(crate) article: Bilingual,
    pub(crate) encoding: Encoding,
    pub(crate) root: String,
    pub(crate) record: String,
    pub(crate) header: Option<Section>,
    pub(crate) trailer: Option<Section>,
    pub(crate) elements: Vec<Element>,
    pub(crate) places: [u8; 128],
    pub(crate) required: u128,
    pub(crate) tree: Tree,
    pub(crate) key: Vec<usize>,
    pub(crate) key_digest: Vec<usize>,
    pub(crate) key_required: bool,
    pub(crate) household_key: Vec<usize>,
    pub(crate) first_column: Option<usize>,
    pub(crate) partial: bool,
    pub(crate) reroutes: Vec<Reroute>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) block_fields: Vec<Vec<(Field, usize)>>,
}

/// What a value must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Check {
    Text,
    Date,
    Nir,
    Digits,
    Count,
    Flag,
    Code,
    Commune,
    FtIdentifier,
    Telephone,
    Email,
    Territory,
}

/// One element (or column) of a record.
pub(crate) struct Element {
    pub(crate) path: String,
    pub(crate) field: Option<Field>,
    pub(crate) max: usize,
    pub(crate) check: Check,
    pub(crate) list: Option<&'static str>,
    /// Severity of a wrong form, a value too long, an unknown code, a name not in plain capitals.
    pub(crate) form: Severity,
    pub(crate) length: Severity,
    pub(crate) code: Severity,
    pub(crate) upper: Option<Severity>,
    pub(crate) cut: bool,
    pub(crate) nir_key: bool,
    /// The rule's code up to its kind, `PECGM-NIR`.
    pub(crate) rule: String,
    /// Whether the value tells nothing of the person and may be shown as it is.
    pub(crate) ordinary: bool,
}

/// The header or the trailer.
pub(crate) struct Section {
    pub(crate) element: String,
    pub(crate) article: Bilingual,
    pub(crate) items: Vec<Item>,
}

/// What a header value means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ItemRole {
    Flow,
    Periodicity,
    Territory,
    ReferenceDate,
    FabricationDate,
    Version,
    Count,
    AnomalyCount,
    Other,
}

/// One value of the header or trailer.
pub(crate) struct Item {
    pub(crate) tag: String,
    pub(crate) role: ItemRole,
    /// Values accepted; the first is the one written. Empty: any.
    pub(crate) values: Vec<String>,
    pub(crate) optional: bool,
    /// For a count: severity of more records than declared.
    pub(crate) more: Severity,
}

/// Codes made of letters found in one element belong to another.
pub(crate) struct Reroute {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) with: Option<(usize, usize)>,
}

/// A rule across fields.
pub(crate) struct Rule {
    /// Full code, `CGPEM-NIR-REQUIRED`.
    pub(crate) code: String,
    pub(crate) severity: Severity,
    pub(crate) kind: RuleKind,
    pub(crate) element: usize,
    pub(crate) article: Bilingual,
    pub(crate) message: Bilingual,
    pub(crate) help: Bilingual,
}

/// What a rule across fields asks. Masks are sets of element numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleKind {
    /// `element` is required unless every one of these is given.
    RequiredUnless(u128),
    /// `element` is required when any of these is given.
    RequiredWhenAny(u128),
    /// The date must not be after today.
    NotAfterToday,
    /// At least one of these is required.
    AnyOf(u128),
    /// Breaks when none of these is given: something will be lost.
    NoneOf(u128),
}

macro_rules! shipped {
    ($($name:literal),* $(,)?) => { &[$(($name, include_str!(concat!("../profiles/", $name, ".toml")))),*] };
}

/// The profiles that ship with the binary.
const SHIPPED: &[(&str, &str)] = shipped!["pecgm", "pecdh", "cgpem", "rsabem", "personnes", "orientations"];

impl Profile {
    /// The profile that ships under this name, in any case: `PECGM`, `PECDH`, `CGPEM`, `RSABEM`, `PERSONNES`,
    /// `ORIENTATIONS`.
    ///
    /// # Errors
    /// [`ProfileError`] when no profile has the name.
    pub fn shipped(name: &str) -> Result<Self, ProfileError> {
        let lower = name.to_lowercase();
        let found = SHIPPED.iter().find(|(shipped, _)| *shipped == lower);
        let (name, text) = found.ok_or_else(|| ProfileError {
            name: name.to_owned(),
            cause: "no profile of this name ships with the program".to_owned(),
        })?;
        Self::parse(name, text)
    }

    /// The names of the profiles that ship with the binary.
    pub fn shipped_names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// Reads a profile. `name` is what an error calls it: the path it comes from.
    ///
    /// # Errors
    /// [`ProfileError`] when the text is no TOML, names an unknown field, element or role, or contradicts itself.
    pub fn parse(name: &str, text: &str) -> Result<Self, ProfileError> {
        let fault = |cause: String| ProfileError { name: name.to_owned(), cause };
        let parsed: ProfileText = toml::from_str(text).map_err(|error| fault(error.to_string()))?;
        compile(parsed).map(|compiled| Self(Arc::new(compiled))).map_err(fault)
    }

    /// Flow code, `PECGM`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether records are XML elements or lines of cells.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The register whose identifiers the flow carries.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// What the flow is, in words.
    pub fn label(&self, lang: liant_model::Lang) -> &str {
        self.label.get(lang)
    }

    /// The blocks of data the flow carries, by number.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Whether the people of a file are a stock, in which each has one record. Decisions of orientation are nobody's stock.
    pub fn is_stock(&self) -> bool {
        !self.blocks.contains(&Block::Orientation)
    }

    /// The fields the flow carries, in the order of its elements.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.elements.iter().filter_map(|element| element.field)
    }

    /// The fields that the source's own key is written from.
    pub fn key_fields(&self) -> impl Iterator<Item = Field> {
        self.key.iter().filter_map(|place| self.elements.get(*place)?.field)
    }
}

impl Compiled {
    /// Number of the element that carries `field`.
    pub(crate) fn element_of(&self, field: Field) -> Option<usize> {
        match self.places.get(usize::from(field.number())) {
            Some(&u8::MAX) | None => None,
            Some(&place) => Some(usize::from(place)),
        }
    }
}

fn compile(text: ProfileText) -> Result<Compiled, String> {
    let elements: Vec<Element> =
        text.element.iter().map(|element| compile_element(&text.id, element)).collect::<Result<_, _>>()?;
    if elements.len() > 127 {
        return Err("a profile has 127 elements at most".to_owned());
    }
    for (index, element) in elements.iter().enumerate() {
        if elements.iter().take(index).any(|before| before.rule == element.rule) {
            return Err(format!(
                "element {}: give it a `rule` of its own, {} is taken",
                element.path, element.rule
            ));
        }
    }
    let places = field_places(&elements)?;
    let by_code = |code: &String| element_by_code(&elements, code);
    let numbers = |codes: &[String]| codes.iter().map(by_code).collect::<Result<Vec<_>, _>>();
    let required = text
        .element
        .iter()
        .enumerate()
        .filter(|(_, element)| element.required)
        .fold(0_u128, |set, (index, _)| set | 1 << index);
    let reroutes = text
        .reroute
        .iter()
        .map(|reroute| {
            let with = match &reroute.with {
                Some([from, to]) => Some((by_code(from)?, by_code(to)?)),
                None => None,
            };
            Ok(Reroute { from: by_code(&reroute.from)?, to: by_code(&reroute.to)?, with })
        })
        .collect::<Result<_, String>>()?;
    let rules = text
        .rule
        .iter()
        .map(|rule| compile_rule(&text.id, rule, &elements))
        .collect::<Result<_, String>>()?;
    let (blocks, block_fields) = blocks_of(&elements);
    let tree = match text.format {
        Format::Xml => Tree::build(&text)?,
        Format::Csv => Tree::columns(&text)?,
    };
    let encoding =
        Encoding::named(&text.encoding).ok_or_else(|| format!("unknown encoding {}", text.encoding))?;
    Ok(Compiled {
        key: numbers(&text.key)?,
        key_digest: numbers(&text.key_digest)?,
        key_required: text.key_required,
        household_key: numbers(&text.household_key)?,
        first_column: text.first_column.as_ref().map(by_code).transpose()?,
        partial: text.partial,
        header: text.header.map(section),
        trailer: text.trailer.map(section),
        id: text.id,
        format: text.format,
        source: Source::parse(&text.source).map_err(|error| error.to_string())?,
        label: text.label,
        article: text.article,
        encoding,
        root: text.root,
        record: text.record,
        elements,
        places,
        required,
        tree,
        reroutes,
        rules,
        blocks,
        block_fields,
    })
}

fn field_places(elements: &[Element]) -> Result<[u8; 128], String> {
    let mut places = [u8::MAX; 128];
    for (index, element) in elements.iter().enumerate() {
        let Some(field) = element.field else { continue };
        let place = places.get_mut(usize::from(field.number())).ok_or("field number out of range")?;
        if *place != u8::MAX {
            return Err(format!("two elements carry {field}"));
        }
        *place = index as u8;
    }
    Ok(places)
}

fn element_by_code(elements: &[Element], code: &str) -> Result<usize, String> {
    let named =
        |element: &Element| element.path == code || element.field.is_some_and(|field| field.code() == code);
    elements
        .iter()
        .position(named)
        .ok_or_else(|| format!("`{code}` is neither an element nor a field of the profile"))
}

fn compile_element(id: &str, text: &ElementText) -> Result<Element, String> {
    let field = match &text.field {
        Some(code) => {
            Some(Field::from_code(code).map_err(|error| format!("element {}: {error}", text.path))?)
        }
        None => None,
    };
    let kind = field.map(Field::field_type);
    let check = text.check.unwrap_or(match kind {
        Some(FieldType::Date) => Check::Date,
        Some(FieldType::Nir) => Check::Nir,
        Some(FieldType::Digits) => Check::Digits,
        Some(FieldType::Count) => Check::Count,
        Some(FieldType::Flag) => Check::Flag,
        Some(FieldType::Code(_)) => Check::Code,
        Some(FieldType::Text | FieldType::Label(_)) | None => Check::Text,
    });
    let list = match kind {
        Some(FieldType::Code(list)) if check == Check::Code => Some(list),
        _ if check == Check::Code => {
            return Err(format!("element {}: its field has no code list", text.path));
        }
        _ => None,
    };
    let label = matches!(kind, Some(FieldType::Label(_)));
    let soft = matches!(check, Check::Commune | Check::FtIdentifier | Check::Telephone | Check::Email);
    let severity = |given: Option<Severity>, soft: bool| {
        given.unwrap_or(if soft { Severity::Warning } else { Severity::Error })
    };
    let tag = text.path.rsplit('/').next().unwrap_or_default();
    let name = text.rule.as_deref().unwrap_or(tag).to_uppercase();
    Ok(Element {
        path: text.path.clone(),
        field,
        max: text.max,
        check,
        list,
        form: severity(text.form, soft),
        length: severity(text.length, label),
        code: severity(text.code, true),
        upper: text.upper,
        cut: text.cut,
        nir_key: text.nir_key,
        rule: format!("{id}-{name}"),
        ordinary: field.is_some_and(|field| field.sensitivity() == Sensitivity::Ordinary),
    })
}

fn compile_rule(id: &str, text: &RuleText, elements: &[Element]) -> Result<Rule, String> {
    let mut set = 0_u128;
    for code in &text.fields {
        set |= 1 << element_by_code(elements, code)?;
    }
    let element = match &text.field {
        Some(code) => Some(element_by_code(elements, code)?),
        None => None,
    };
    let kind = match (text.kind.as_str(), element) {
        ("required-unless", Some(_)) => RuleKind::RequiredUnless(set),
        ("required-when-any", Some(_)) => RuleKind::RequiredWhenAny(set),
        ("not-after-today", Some(_)) => RuleKind::NotAfterToday,
        ("any-of", _) => RuleKind::AnyOf(set),
        ("none-of", _) => RuleKind::NoneOf(set),
        (kind, _) => return Err(format!("rule {}: unknown kind `{kind}`, or no `field`", text.name)),
    };
    Ok(Rule {
        code: format!("{id}-{}", text.name),
        severity: text.severity.unwrap_or(Severity::Error),
        kind,
        element: element.unwrap_or(set.trailing_zeros().min(127) as usize),
        article: text.article.clone(),
        message: text.message.clone(),
        help: text.help.clone(),
    })
}

fn section(text: SectionText) -> Section {
    let items = text.items.into_iter().map(|item| Item {
        tag: item.tag,
        role: item.role,
        values: item.values,
        optional: item.optional,
        more: item.more.unwrap_or(Severity::Error),
    });
    Section { element: text.element, article: text.article, items: items.collect() }
}

fn blocks_of(elements: &[Element]) -> (Vec<Block>, Vec<Vec<(Field, usize)>>) {
    let mut fields: Vec<(Field, usize)> = elements
        .iter()
        .enumerate()
        .filter_map(|(index, element)| element.field.map(|field| (field, index)))
        .filter(|(field, _)| field.sensitivity() != Sensitivity::Sealed)
        .collect();
    fields.sort_unstable_by_key(|(field, _)| field.number());
    let of = |block: Block| -> Vec<(Field, usize)> {
        fields.iter().copied().filter(|(field, _)| field.block() == block).collect()
    };
    Block::ALL.into_iter().map(|block| (block, of(block))).filter(|(_, fields)| !fields.is_empty()).unzip()
}
