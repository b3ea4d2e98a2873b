//! A bar for each month, drawn by the server. The table beside it says the same; a chart is never the only way to a figure.

use std::collections::BTreeSet;

use askama::Template;

/// How high the whole is drawn, in units of its own.
const HEIGHT: u32 = 100;
/// How wide the column of a month is, and how wide its bar.
const COLUMN: u32 = 10;
const BAR: u32 = 6;

/// Bars, month by month, each of one or more parts.
#[derive(Template, Clone, Debug)]
#[template(path = "casework/chart.html")]
pub(super) struct Chart {
    caption: String,
    legend: Vec<(usize, String)>,
    hidden: Option<String>,
    width: u32,
    height: u32,
    bars: Vec<Bar>,
    months: Vec<Label>,
}

impl askama::filters::HtmlSafe for Chart {}

#[derive(Clone, Debug)]
struct Bar {
    part: usize,
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

/// What stands below and above a bar.
#[derive(Clone, Debug)]
struct Label {
    month: String,
    value: String,
}

/// A month: its name, and its parts from the bottom up; none when they are hidden.
pub(super) struct Stack {
    pub(super) month: String,
    pub(super) parts: Option<Vec<u32>>,
    /// What stands above it.
    pub(super) value: String,
}

impl Chart {
    /// Bars of these parts, as high as the highest of them; `most`, when it is given, is the height of the whole. `hidden` says what an asterisk
    /// means.
    pub(super) fn new(
        caption: String,
        parts: Vec<String>,
        hidden: String,
        (stacks, most): (Vec<Stack>, Option<u32>),
    ) -> Self {
        let sum = |stack: &Stack| stack.parts.iter().flatten().sum::<u32>();
        let most = most.unwrap_or_else(|| stacks.iter().map(sum).max().unwrap_or(0)).max(1);
        let (mut bars, mut x) = (Vec::new(), (COLUMN - BAR) / 2);
        let has_hidden = stacks.iter().any(|stack| stack.parts.is_none());
        for stack in &stacks {
            let mut below = 0;
            for (part, count) in stack.parts.iter().flatten().enumerate() {
                // From sums, so that parts meet.
                let top = (below + count) * HEIGHT / most;
                let height = top.saturating_sub(below * HEIGHT / most);
                if height > 0 {
                    bars.push(Bar { part, x, y: HEIGHT.saturating_sub(top), width: BAR, height });
                }
                below += count;
            }
            x += COLUMN;
        }
        let drawn: BTreeSet<usize> = bars.iter().map(|bar| bar.part).collect();
        Self {
            caption,
            // A part is named where some bar has it.
            legend: parts
                .into_iter()
                .enumerate()
                .filter(|(part, _)| *part == 0 || drawn.contains(part))
                .collect(),
            hidden: has_hidden.then_some(hidden),
            width: u32::try_from(stacks.len()).unwrap_or(1).max(1) * COLUMN,
            height: HEIGHT,
            bars,
            months: stacks
                .into_iter()
                .map(|stack| Label { month: stack.month, value: stack.value })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_high_as_they_count_and_what_is_hidden_has_none() {
        let stack = |parts: Option<Vec<u32>>| Stack { month: "nov".into(), parts, value: "4".into() };
        let stacks =
            vec![stack(Some(vec![3, 1])), stack(None), stack(Some(vec![8, 0])), stack(Some(vec![0, 0]))];
        let parts = vec!["in time".to_owned(), "late".to_owned()];
        let chart = Chart::new("Entries".into(), parts, "hidden".into(), (stacks, None));
        let drawn: Vec<_> = chart.bars.iter().map(|bar| (bar.part, bar.x, bar.y, bar.height)).collect();
        assert_eq!(drawn, [(0, 2, 63, 37), (1, 2, 50, 13), (0, 22, 0, 100)]);
        assert_eq!((chart.width, chart.months.len(), chart.hidden.is_some()), (40, 4, true));
        let text = chart.render().unwrap();
        assert!(!text.contains("style="), "the policy refuses inline style");
    }
}
