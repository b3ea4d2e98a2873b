//! QR codes, drawn as one path of an inline SVG: no image to fetch, no script, nothing for a policy to refuse.

use std::fmt::Write as _;

use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

/// A QR code, ready to print in a page.
#[derive(Template)]
#[template(
    source = r##"<svg class="qr" viewBox="0 0 {{ side }} {{ side }}" width="{{ side * 5 }}" height="{{ side * 5 }}" aria-hidden="true" focusable="false" shape-rendering="crispEdges"><rect width="{{ side }}" height="{{ side }}" fill="#fff"/><path fill="#000" d="{{ path }}"/></svg>"##,
    ext = "html"
)]
pub(crate) struct Drawing {
    side: usize,
    path: String,
}

impl askama::filters::HtmlSafe for Drawing {}

impl Drawing {
    /// The light margin that readers ask for.
    const MARGIN: usize = 4;

    /// The code of this text; `None` when it is too long for one.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
        let width = code.width();
        let mut path = String::new();
        for (row, line) in code.to_colors().chunks(width).enumerate() {
            for (column, _) in line.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
                // A String takes all that is written to it.
                let _ = write!(path, "M{} {}h1v1h-1z", column + Self::MARGIN, row + Self::MARGIN);
            }
        }
        Some(Self { side: width + 2 * Self::MARGIN, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_its_margin() {
        let drawing = Drawing::of("otpauth://totp/Liant:a@b.example?secret=AAAA&issuer=Liant").unwrap();
        let html = drawing.to_string();
        assert!(html.starts_with("<svg class=\"qr\"") && !html.contains("style="));
        let far = drawing.side - Drawing::MARGIN - 1;
        for (column, row) in [(4, 4), (far, 4), (4, far)] {
            assert!(drawing.path.contains(&format!("M{column} {row}h1")), "{column} {row}");
        }
        assert!(!drawing.path.contains("M3 ") && !drawing.path.contains(&format!("M{} ", far + 1)));
        assert!(Drawing::of(&"x".repeat(5_000)).is_none());
    }
}
