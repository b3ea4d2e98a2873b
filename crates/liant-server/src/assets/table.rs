//! Written by `npm run build` in crates/liant-server/assets: do not edit.

use super::Asset;

/// `atkinson-18b2a1a39a2fa298.woff2`
pub(crate) const FONT: Asset = Asset {
    name: "atkinson-18b2a1a39a2fa298.woff2",
    path: "/assets/atkinson-18b2a1a39a2fa298.woff2",
    mime: "font/woff2",
    plain: include_bytes!("../../assets/built/atkinson-18b2a1a39a2fa298.woff2"),
    brotli: None,
    gzip: None,
};

/// `liant-f3f3054f2c8e7bd6.svg`
pub(crate) const ICON: Asset = Asset {
    name: "liant-f3f3054f2c8e7bd6.svg",
    path: "/assets/liant-f3f3054f2c8e7bd6.svg",
    mime: "image/svg+xml",
    plain: include_bytes!("../../assets/built/liant-f3f3054f2c8e7bd6.svg"),
    brotli: Some(include_bytes!("../../assets/built/liant-f3f3054f2c8e7bd6.svg.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-f3f3054f2c8e7bd6.svg.gz")),
};

/// `liant-06c53829f4567b31.css`
pub(crate) const STYLE: Asset = Asset {
    name: "liant-06c53829f4567b31.css",
    path: "/assets/liant-06c53829f4567b31.css",
    mime: "text/css; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-06c53829f4567b31.css"),
    brotli: Some(include_bytes!("../../assets/built/liant-06c53829f4567b31.css.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-06c53829f4567b31.css.gz")),
};

/// `liant-584ea6dfa5e211c7.js`
pub(crate) const SCRIPT: Asset = Asset {
    name: "liant-584ea6dfa5e211c7.js",
    path: "/assets/liant-584ea6dfa5e211c7.js",
    mime: "text/javascript; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-584ea6dfa5e211c7.js"),
    brotli: Some(include_bytes!("../../assets/built/liant-584ea6dfa5e211c7.js.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-584ea6dfa5e211c7.js.gz")),
};

/// All of them.
pub(crate) const ALL: [&Asset; 4] = [&FONT, &ICON, &STYLE, &SCRIPT];

/// The SHA-256 of the sources they were built from.
#[cfg(test)]
pub(super) const SOURCES: &str = "9f61b603c1b94b9f9ed06db7048a7b7c97761b6c097ff79d8b322d968fc6fc28";
