use liant_app::AppError;

use crate::arguments::Programme;
use crate::output::{Outcome, line};

/// Says everything that is wrong in programme files, and, when there are several, between them.
pub(super) fn run(programme: &Programme) -> anyhow::Result<Outcome> {
    let Programme::Check { paths } = programme;
    let (mut outcome, mut sound) = (Outcome::Done, Vec::new());
    for path in paths {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| AppError::file(path, error))?;
        let checked = liant_casework::check_programme(&name, &text);
        for problem in &checked.problems {
            line(problem);
        }
        match checked.programme {
            Some(programme) => sound.push(programme),
            None => outcome = Outcome::DataAtFault,
        }
    }
    if sound.len() == paths.len() && sound.len() > 1 {
        for problem in liant_casework::check_programmes_together(&sound) {
            line(problem);
            outcome = Outcome::DataAtFault;
        }
    }
    Ok(outcome)
}
