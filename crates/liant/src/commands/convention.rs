use liant_app::AppError;

use crate::arguments::Convention;
use crate::output::{Outcome, line};

pub(super) fn run(convention: &Convention) -> anyhow::Result<Outcome> {
    let Convention::Check { paths } = convention;
    let mut outcome = Outcome::Done;
    for path in paths {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
        let checked = liant_convention::check(&name, &text);
        for problem in &checked.problems {
            line(problem);
        }
        if checked.convention.is_none() {
            outcome = Outcome::DataAtFault;
        }
    }
    Ok(outcome)
}
