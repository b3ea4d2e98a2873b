//! Any bytes as a date of a flow. What is read is written back as it came.
#![no_main]

use liant_model::{DateForm, parse_flow_date};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok((date, form)) = parse_flow_date(bytes) {
        let written = match form {
            DateForm::Standard => date.to_string(),
            DateForm::Compact => date.to_string().replace('-', ""),
        };
        assert_eq!(written.as_bytes(), bytes);
    }
});
