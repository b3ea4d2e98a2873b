use liant_model::Field;
use serde::Deserialize;

/// Who is an RSA recipient under rights and duties (*bénéficiaire soumis aux droits et devoirs*, CASF L.262-28), told from
/// the fields of the CNAF flow: a rule in data, because Départements read it differently.
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

const SHIPPED: &str = include_str!("../profiles/recipient.toml");

impl RecipientRule {
    /// The rule that ships with the binary: RSA, asker or spouse, file open, under rights and duties.
    ///
    /// # Errors
    /// Never for a tested build.
    pub fn shipped() -> Result<Self, RecipientRuleError> {
        Self::parse(SHIPPED)
    }

    /// Reads a rule; `profiles/recipient.toml` of this crate is the example.
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
        let narrow = |text: WhenText| {
            Ok((condition(&text.field, text.among)?, condition(&text.require.field, text.require.among)?))
        };
        Ok(Self { all, narrowing: parsed.when.into_iter().map(narrow).collect::<Result<_, _>>()? })
    }

    /// Whether the person whose stored fields `value` gives is a recipient.
    pub fn applies<'v>(&self, value: &dyn Fn(Field) -> Option<&'v str>) -> bool {
        let holds = |condition: &Condition| {
            value(condition.field).is_some_and(|value| condition.among.iter().any(|wanted| wanted == value))
        };
        self.all.iter().all(holds)
            && self.narrowing.iter().all(|(when, required)| !holds(when) || holds(required))
    }

    /// Whether the rule would take this value of this field: what it asks of the field by itself.
    pub fn admits(&self, field: Field, value: &str) -> bool {
        let asked = self.all.iter().filter(|condition| condition.field == field);
        asked.into_iter().all(|condition| condition.among.iter().any(|wanted| wanted == value))
    }

    /// The fields the rule reads.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        let narrowing = self.narrowing.iter().flat_map(|(when, required)| [when.field, required.field]);
        self.all.iter().map(|condition| condition.field).chain(narrowing)
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
    }

    #[test]
    fn rules_that_are_none() {
        for text in ["", "all = []", "all = [{ field = \"x\", among = [] }]", "all = 3", "alle = []"] {
            assert!(RecipientRule::parse(text).is_err(), "{text}");
        }
    }
}
