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

/// `liant-e511f85bb33f5516.css`
pub(crate) const STYLE: Asset = Asset {
    name: "liant-e511f85bb33f5516.css",
    path: "/assets/liant-e511f85bb33f5516.css",
    mime: "text/css; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-e511f85bb33f5516.css"),
    brotli: Some(include_bytes!("../../assets/built/liant-e511f85bb33f5516.css.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-e511f85bb33f5516.css.gz")),
};

/// `liant-6cfed309a325a77e.js`
pub(crate) const SCRIPT: Asset = Asset {
    name: "liant-6cfed309a325a77e.js",
    path: "/assets/liant-6cfed309a325a77e.js",
    mime: "text/javascript; charset=utf-8",
    plain: include_bytes!("../../assets/built/liant-6cfed309a325a77e.js"),
    brotli: Some(include_bytes!("../../assets/built/liant-6cfed309a325a77e.js.br")),
    gzip: Some(include_bytes!("../../assets/built/liant-6cfed309a325a77e.js.gz")),
};

/// All of them.
pub(crate) const ALL: [&Asset; 4] = [&FONT, &ICON, &STYLE, &SCRIPT];

/// The SHA-256 of the sources they were built from.
#[cfg(test)]
pub(super) const SOURCES: &str = "d592c121a40b13eeeae2d87711e0d1adafa135bf374f848b553acbd41a374d02";
