use liant_model::Field;
use serde::Deserialize;

/// Who is an RSA recipient under rights and duties (*bénéficiaire soumis aux droits et devoirs*, CASF L.262-28), told from
/// the fields of the CNAF flow: a rule in data, because Départements read it differently. It is what a clause about
/// [`People::RsaRecipient`](crate::People::RsaRecipient) and those in course rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecipientRule {
    all: Vec<Condition>,
    narrowing: Vec<(Condition, Condition)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition {
    field: Field,
    among: Vec<String>,
}

/// Which conditions of a rule someone's facts meet. No value of hers is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Met(u64);

impl Met {
    const MOST: usize = u64::BITS as usize;

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    const fn has(self, place: usize) -> bool {
        self.0 >> place & 1 == 1
    }
}

/// Why a text is no recipient rule.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("recipient rule: {0}")]
pub struct RecipientRuleError(pub String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    all: Vec<ConditionText>,
    #[serde(default)]
    when: Vec<WhenText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionText {
    field: String,
    among: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenText {
    field: String,
    among: Vec<String>,
    require: ConditionText,
}

const SHIPPED: &str = include_str!("../data/recipient.toml");

impl RecipientRule {
    /// The rule that ships with the binary: RSA, asker or spouse, file open, under rights and duties.
    ///
    /// # Errors
    /// Never for a tested build.
    pub fn shipped() -> Result<Self, RecipientRuleError> {
        Self::parse(SHIPPED)
    }

    /// Reads a rule; `data/recipient.toml` of this crate is the example.
    ///
    /// # Errors
    /// [`RecipientRuleError`] when the text is no TOML, names an unknown field, or asks for nothing.
    pub fn parse(text: &str) -> Result<Self, RecipientRuleError> {
        let parsed: RuleText = toml::from_str(text).map_err(|error| RecipientRuleError(error.to_string()))?;
        let condition = |field: &str, among: Vec<String>| {
            let field = Field::from_code(field).map_err(|error| RecipientRuleError(error.to_string()))?;
            Ok(Condition { field, among })
        };
        let all: Vec<Condition> = parsed
            .all
            .into_iter()
            .map(|text| condition(&text.field, text.among))
            .collect::<Result<_, _>>()?;
        if all.is_empty() {
            return Err(RecipientRuleError("`all` is empty: everyone would be a recipient".to_owned()));
        }
        if all.len() + 2 * parsed.when.len() > Met::MOST {
            return Err(RecipientRuleError(format!("more than {} conditions", Met::MOST)));
        }
        let narrow = |text: WhenText| {
            Ok((condition(&text.field, text.among)?, condition(&text.require.field, text.require.among)?))
        };
        Ok(Self { all, narrowing: parsed.when.into_iter().map(narrow).collect::<Result<_, _>>()? })
    }

    /// Whether the person whose stored fields `value` gives is a recipient.
    pub fn applies<'v>(&self, value: &dyn Fn(Field) -> Option<&'v str>) -> bool {
        let values = self.fields().filter_map(|field| Some((field, value(field)?)));
        self.holds(values.fold(Met::default(), |met, (field, value)| met.and(self.met(field, value))))
    }

    /// Which of its conditions this value of this field meets. A person's facts may come block by block: each block
    /// adds to what was met.
    pub fn met(&self, field: Field, value: &str) -> Met {
        let meets = |condition: &Condition| {
            condition.field == field && condition.among.iter().any(|one| one == value)
        };
        let met = self.conditions().enumerate().filter(|(_, condition)| meets(condition));
        Met(met.fold(0, |bits, (place, _)| bits | 1 << place))
    }

    /// Whether someone whose facts meet these conditions is a recipient.
    pub fn holds(&self, met: Met) -> bool {
        let among_all = self.all.len();
        let narrowed = (0..self.narrowing.len()).map(|pair| among_all + 2 * pair);
        (0..among_all).all(|place| met.has(place))
            && narrowed.into_iter().all(|when| !met.has(when) || met.has(when + 1))
    }

    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.all.iter().chain(self.narrowing.iter().flat_map(|(when, required)| [when, required]))
    }

    /// Whether the rule would take this value of this field: what it asks of the field by itself.
    pub fn admits(&self, field: Field, value: &str) -> bool {
        let asked = self.all.iter().filter(|condition| condition.field == field);
        asked.into_iter().all(|condition| condition.among.iter().any(|wanted| wanted == value))
    }

    /// The fields the rule reads.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.conditions().map(|condition| condition.field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_is_no_recipient_whatever_the_file_says() {
        let rule = RecipientRule::shipped().unwrap();
        for (role, taken) in [("DEM", true), ("CJT", true), ("ENF", false), ("AUT", false), ("", false)] {
            assert_eq!(rule.admits(Field::HouseholdRole, role), taken, "{role}");
        }
        assert!(rule.admits(Field::BirthName, "whatever"), "the rule asks nothing of a name");
    }

    fn person(
        state: &'static str,
        role: &'static str,
        duties: &'static str,
        reason: &'static str,
    ) -> impl Fn(Field) -> Option<&'static str> {
        move |field| match field {
            Field::BenefitNature => Some("RSA"),
            Field::HouseholdRole => Some(role),
            Field::RsaState => Some(state),
            Field::UnderRightsAndDuties => Some(duties),
            Field::PaymentSuspensionReason => Some(reason),
            _ => None,
        }
    }

    #[test]
    fn who_is_a_recipient() {
        let rule = RecipientRule::shipped().unwrap();
        for (state, role, duties, expected) in [
            ("2", "DEM", "1", true),
            ("3", "CJT", "1", true),
            ("4", "DEM", "1", true),
            ("5", "DEM", "1", false),
            ("0", "DEM", "1", false),
            ("2", "ENF", "1", false),
            ("2", "DEM", "0", false),
        ] {
            assert_eq!(rule.applies(&person(state, role, duties, "70")), expected, "{state} {role} {duties}");
        }
        assert!(!rule.applies(&|_| None));
    }

    #[test]
    fn state_4_may_be_narrowed() {
        let narrowing = "[[when]]\nfield = \"rights.state\"\namong = [\"4\"]\nrequire = { field = \"rights.payment_suspension_reason\", among = [\"01\", \"05\"] }\n";
        let rule = RecipientRule::parse(&format!("{SHIPPED}\n{narrowing}")).unwrap();
        assert!(rule.applies(&person("4", "DEM", "1", "05")));
        assert!(!rule.applies(&person("4", "DEM", "1", "70")));
        assert!(rule.applies(&person("2", "DEM", "1", "70")));
        // Block by block, as the store keeps them, it says the same.
        for (state, reason) in [("4", "05"), ("4", "70"), ("2", "70")] {
            let person = person(state, "DEM", "1", reason);
            let block = |fields: &[Field]| {
                let known = fields.iter().filter_map(|field| Some((*field, person(*field)?)));
                known.fold(Met::default(), |met, (field, value)| met.and(rule.met(field, value)))
            };
            let rights = block(&[
                Field::BenefitNature,
                Field::RsaState,
                Field::UnderRightsAndDuties,
                Field::PaymentSuspensionReason,
            ]);
            let household = block(&[Field::HouseholdRole]);
            assert!(!rule.holds(rights) && !rule.holds(household));
            assert_eq!(rule.holds(rights.and(household)), rule.applies(&person), "{state} {reason}");
        }
    }

    #[test]
    fn rules_that_are_none() {
        for text in ["", "all = []", "all = [{ field = \"x\", among = [] }]", "all = 3", "alle = []"] {
            assert!(RecipientRule::parse(text).is_err(), "{text}");
        }
    }
}
