use crate::tree::{Tree, fold_tag};

/// What a tag means in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A value: number of the element.
    Leaf(usize),
    /// A group: number of its node.
    Group(usize),
    /// Nothing the profile knows.
    Unknown,
}

/// One way of writing a tag, as met in the file.
pub(crate) struct Spelling {
    /// The tag followed by `>`: what an opening and a closing tag have in common.
    pub(crate) text: Box<str>,
    pub(crate) target: Target,
    /// The canonical tag, when this is another way of writing it.
    pub(crate) canonical: Option<Box<str>>,
}

/// The spellings met so far, and which tag usually follows which.
pub(crate) struct Book {
    spellings: Vec<Spelling>,
    by_parent: Vec<Vec<usize>>,
    after: Vec<usize>,
}

/// A hostile file may invent tags without end: past this, they are resolved and not remembered.
const REMEMBERED: usize = 512;
/// Place of the spelling that stands for every unknown tag past that.
const OTHER: usize = 0;

impl Book {
    pub(crate) fn new(tree: &Tree) -> Self {
        let other = Spelling { text: "…>".into(), target: Target::Unknown, canonical: None };
        let mut book =
            Self { spellings: vec![other], by_parent: vec![Vec::new(); tree.nodes.len()], after: vec![0; 2] };
        for (parent, node) in tree.nodes.iter().enumerate() {
            for child in &node.children {
                let name = tree.nodes.get(*child).map_or("", |child| child.name.as_str());
                book.add(parent, name, target(tree, *child), None);
            }
        }
        book
    }

    fn add(&mut self, parent: usize, raw: &str, target: Target, canonical: Option<Box<str>>) -> usize {
        let spelling = self.spellings.len();
        self.spellings.push(Spelling { text: format!("{raw}>").into(), target, canonical });
        self.after.extend([0, 0]);
        if let Some(children) = self.by_parent.get_mut(parent) {
            children.push(spelling);
        }
        spelling
    }

    /// The spelling of this number.
    pub(crate) fn get(&self, spelling: usize) -> Option<&Spelling> {
        self.spellings.get(spelling)
    }

    /// The spelling that usually follows `mark`.
    pub(crate) fn guess(&self, mark: usize) -> Option<(usize, &Spelling)> {
        let guess = *self.after.get(mark)?;
        Some((guess, self.spellings.get(guess)?))
    }

    /// Remembers that `spelling` followed `mark`.
    pub(crate) fn follow(&mut self, mark: usize, spelling: usize) {
        if let Some(after) = self.after.get_mut(mark) {
            *after = spelling;
        }
    }

    /// The spelling of the tag `raw` under `parent`; a new one is learned.
    pub(crate) fn resolve(&mut self, tree: &Tree, parent: usize, raw: &str) -> usize {
        let known = self.by_parent.get(parent).into_iter().flatten().copied();
        for spelling in known {
            let same = |found: &Spelling| found.text.strip_suffix('>') == Some(raw);
            if self.spellings.get(spelling).is_some_and(same) {
                return spelling;
            }
        }
        let child = tree.child(parent, &fold_tag(raw));
        if self.spellings.len() >= REMEMBERED || raw.len() > 128 {
            return OTHER;
        }
        let canonical = child.and_then(|child| tree.nodes.get(child)).map(|node| node.name.as_str().into());
        let target = child.map_or(Target::Unknown, |child| target(tree, child));
        self.add(parent, raw, target, canonical)
    }
}

fn target(tree: &Tree, node: usize) -> Target {
    match tree.nodes.get(node).and_then(|node| node.element) {
        Some(element) => Target::Leaf(element),
        None => Target::Group(node),
    }
}

/// The mark of having just opened `spelling` (for [`Book::guess`]).
pub(crate) const fn opened(spelling: usize) -> usize {
    spelling * 2
}

/// The mark of having just closed `spelling`.
pub(crate) const fn closed(spelling: usize) -> usize {
    spelling * 2 + 1
}
