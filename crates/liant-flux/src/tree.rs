use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::profile_text::{GroupText, ProfileText, Repeat};

/// The tags of a record as a tree: node 0 is the record itself.
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) groups: Vec<Group>,
}

/// A tag in its place.
pub(crate) struct Node {
    /// Canonical spelling.
    pub(crate) name: String,
    /// Lower case, no accents.
    pub(crate) folded: String,
    pub(crate) children: Vec<usize>,
    /// Number of the element, when it holds a value.
    pub(crate) element: Option<usize>,
    /// Number of the group, when it may repeat or is kept on a condition.
    pub(crate) group: Option<usize>,
    /// Whether it stands for one person of the household.
    pub(crate) person: bool,
}

/// What happens when a group closes.
pub(crate) struct Group {
    /// Element and value that the group must have to count.
    pub(crate) when: Option<(usize, String)>,
    pub(crate) repeat: Repeat,
}

impl Tree {
    /// The tree of an XML profile.
    pub(crate) fn build(text: &ProfileText) -> Result<Self, String> {
        let mut tree = Self { nodes: vec![Node::new(&text.record)], groups: Vec::new() };
        for (index, element) in text.element.iter().enumerate() {
            let mut paths: Vec<String> = vec![element.path.clone()];
            paths.extend(element.also.iter().cloned());
            for path in &paths.clone() {
                paths.extend(text.group.iter().flat_map(|group| elsewhere(group, path)));
            }
            for path in paths {
                let node = tree.node(&path);
                let place = &mut tree.nodes[node].element;
                if place.is_some_and(|before| before != index) {
                    return Err(format!("two elements are read at {path}"));
                }
                *place = Some(index);
            }
        }
        if let Some(person) = &text.person {
            let node = tree.node(person);
            tree.nodes[node].person = true;
        }
        for group in &text.group {
            tree.add_group(group, text)?;
        }
        if let Some(node) = tree.nodes.iter().find(|node| node.element.is_some() && !node.children.is_empty())
        {
            return Err(format!("`{}` is both an element and a group", node.name));
        }
        Ok(tree)
    }

    /// The columns of a CSV profile: children of the record.
    pub(crate) fn columns(text: &ProfileText) -> Result<Self, String> {
        Self::build(text)
    }

    fn add_group(&mut self, group: &GroupText, text: &ProfileText) -> Result<(), String> {
        if group.repeat.is_none() && group.when.is_none() {
            return Ok(());
        }
        let when = match &group.when {
            Some(when) => {
                let element = text.element.iter().position(|element| element.path == when.element);
                Some((element.ok_or_else(|| format!("no element {}", when.element))?, when.equals.clone()))
            }
            None => None,
        };
        let node = self.node(&group.path);
        self.nodes[node].group = Some(self.groups.len());
        self.groups.push(Group { when, repeat: group.repeat.unwrap_or(Repeat::First) });
        Ok(())
    }

    /// The node at `path`, made where it is missing.
    fn node(&mut self, path: &str) -> usize {
        let mut at = 0;
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let folded = fold_tag(name);
            at = if let Some(child) = self.child(at, &folded) {
                child
            } else {
                let child = self.nodes.len();
                self.nodes.push(Node::new(name));
                self.nodes[at].children.push(child);
                child
            };
        }
        at
    }

    /// The child of `parent` of this folded name.
    pub(crate) fn child(&self, parent: usize, folded: &str) -> Option<usize> {
        let children = &self.nodes.get(parent)?.children;
        children
            .iter()
            .copied()
            .find(|child| self.nodes.get(*child).is_some_and(|node| node.folded == folded))
    }
}

impl Node {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            folded: fold_tag(name),
            children: Vec::new(),
            element: None,
            group: None,
            person: false,
        }
    }
}

fn elsewhere<'a>(group: &'a GroupText, path: &'a str) -> impl Iterator<Item = String> + 'a {
    let rest = path.strip_prefix(group.path.as_str()).and_then(|rest| rest.strip_prefix('/'));
    rest.into_iter().flat_map(|rest| {
        group
            .also
            .iter()
            .map(move |other| if other.is_empty() { rest.to_owned() } else { format!("{other}/{rest}") })
    })
}

/// A tag in lower case without accents, without the prefix of a namespace.
pub(crate) fn fold_tag(name: &str) -> String {
    let local = name.rsplit(':').next().unwrap_or(name);
    local.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_fold() {
        for (raw, folded) in [
            ("certification-identité", "certification-identite"),
            ("Rome-v3", "rome-v3"),
            ("Date-dernier-ent", "date-dernier-ent"),
            ("ns:NIR", "nir"),
        ] {
            assert_eq!(fold_tag(raw), folded);
        }
    }
}
