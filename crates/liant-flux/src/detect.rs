use memchr::memmem;

use crate::profile::{Format, ItemRole, Profile};
use crate::tree::fold_tag;

/// Guesses the flow of a file from its first bytes (a few kilobytes), among `profiles`. A guess only: opening the
/// file with the profile checks it.
pub fn detect<'p>(start: &[u8], profiles: &'p [Profile]) -> Option<&'p Profile> {
    let text: String = start.iter().take(8 << 10).map(|byte| char::from(*byte)).collect();
    profiles
        .iter()
        .filter(|profile| profile.format() == Format::Xml)
        .find(|profile| xml(profile, &text))
        .or_else(|| {
            let line = text.lines().next().unwrap_or_default();
            let names: Vec<String> = line
                .split([',', ';', '\t'])
                .map(|name| fold_tag(name.trim_matches(['"', ' '])).replace(' ', "_"))
                .collect();
            let known = |profile: &Profile| {
                let column = |name: &&String| profile.elements.iter().any(|element| element.path == **name);
                names.iter().filter(column).count()
            };
            let csv = profiles.iter().filter(|profile| profile.format() == Format::Csv);
            csv.max_by_key(|profile| known(profile)).filter(|profile| known(profile) > 0)
        })
}

fn xml(profile: &Profile, text: &str) -> bool {
    let Some(header) = &profile.header else { return false };
    let says = |wanted: &str| memmem::find(text.as_bytes(), wanted.as_bytes()).is_some();
    match header.items.iter().find(|item| item.role == ItemRole::Flow) {
        Some(item) => item.values.iter().any(|value| says(&format!(">{value}<"))),
        None => says(&format!("<{}", header.element)),
    }
}
