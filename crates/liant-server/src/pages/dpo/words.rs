//! The words of the convention language, for its readers.

use liant_access::ProfessionalRole;
use liant_app::conventions::Held;
use liant_convention::{
    Capacity, Channel, ClockStart, Contact, Ground, Length, People, Reach, Recipient, RetentionStart, Rhythm,
    Silence, Step, Text, Unit, UseKind, Validity,
};
use liant_model::{Category, Lang, Role};

use crate::components::{Tag, Tone};
use crate::pages::space;
use crate::words::Words;

/// A text of a convention in the language of the page.
pub(super) fn text(w: Words, text: &Text) -> String {
    w.typeset(match w.lang() {
        Lang::Fr => &text.fr,
        Lang::En => &text.en,
    })
}

/// How it stands, in a tag.
pub(super) fn standing(w: Words, held: &Held) -> Tag {
    match held.validity {
        Validity::InForce => Tag::new(Tone::Done, w.say("conv-in-force")),
        Validity::NotYet(_) => Tag::new(Tone::Fine, w.say("conv-not-yet")),
        Validity::Ended(_) => Tag::new(Tone::Fine, w.say("conv-ended")),
        Validity::Suspended(_) => Tag::new(Tone::Late, w.say("conv-suspended")),
        Validity::WithoutParent => Tag::new(Tone::Late, w.say("conv-without-parent")),
    }
}

/// The same in a sentence.
pub(super) fn standing_text(w: Words, held: &Held) -> String {
    let (key, day) = match held.validity {
        Validity::InForce => return w.say("conv-in-force-text").into(),
        Validity::WithoutParent => return w.say("conv-without-parent-text").into(),
        Validity::NotYet(day) => ("conv-not-yet-text", day),
        Validity::Ended(day) => ("conv-ended-text", day),
        Validity::Suspended(day) => ("conv-suspended-text", day),
    };
    w.say(key).text("day", w.date(day)).into()
}

pub(in crate::pages) fn role(w: Words, one: &Recipient) -> String {
    format!("{}, {}", function(w, &one.role), space::party(w, one.party.as_str()))
}

/// A role in words, whether or not anyone signs in with it.
pub(super) fn function(w: Words, role: &Role) -> String {
    w.typeset(&match ProfessionalRole::from_code(role.as_str()) {
        Some(known) => known.label(w.lang()),
        None => liant_convention::role(role, w.lang()),
    })
}

pub(in crate::pages) fn length(w: Words, length: Length) -> String {
    let key = match length.unit {
        Unit::Hours => "length-hours",
        Unit::Days => "length-days",
        Unit::Months => "length-months",
        Unit::Years => "length-years",
    };
    w.say(key).with("count", i64::from(length.count)).into()
}

pub(super) const fn step(step: Step) -> &'static str {
    match step {
        Step::Suspended => "step-suspended",
        Step::Resumed => "step-resumed",
        Step::Notice => "step-notice",
        Step::Answered => "step-answered",
    }
}

pub(super) const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::Breach => "ground-breach",
        Ground::Flaw => "ground-flaw",
        Ground::Default => "ground-default",
        Ground::Authority => "ground-authority",
        Ground::Remedied => "ground-remedied",
        Ground::Mistake => "ground-mistake",
    }
}

pub(super) const fn capacity(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Controller => "capacity-controller",
        Capacity::Joint => "capacity-joint",
        Capacity::SubProcessor => "capacity-sub-processor",
        Capacity::Processor => "capacity-processor",
    }
}

pub(super) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "channel-email",
        Channel::Hand => "channel-hand",
        Channel::Flow => "channel-flow",
        Channel::Screen => "channel-screen",
        Channel::Export => "channel-export",
        Channel::Api => "channel-api",
    }
}

pub(super) const fn people(people: People) -> &'static str {
    match people {
        People::Everyone => "people-of-everyone",
        People::RsaRecipient => "people-of-recipients",
        People::RsaRecipientInCourse => "people-of-in-course",
    }
}

pub(super) const fn reach(reach: Reach) -> &'static str {
    match reach {
        Reach::Oneself => "reach-oneself",
        Reach::Designated => "reach-designated",
        Reach::Caseload => "reach-caseload",
        Reach::Service => "reach-service",
        Reach::Territory => "reach-territory",
    }
}

pub(super) const fn rhythm(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Daily => "rhythm-daily",
        Rhythm::Weekly => "rhythm-weekly",
        Rhythm::Monthly => "rhythm-monthly",
        Rhythm::OnRequest => "rhythm-on-request",
    }
}

pub(super) const fn used_for(kind: UseKind) -> &'static str {
    match kind {
        UseKind::Recognise => "use-recognise",
        UseKind::Update => "use-update",
        UseKind::Clocks => "use-clocks",
        UseKind::Count => "use-count",
        UseKind::Index => "use-index",
        UseKind::Retain => "use-retain",
    }
}

pub(super) const fn starts(start: ClockStart) -> &'static str {
    match start {
        ClockStart::BreachDiscovered => "starts-breach",
        ClockStart::ComplaintReceived => "starts-complaint",
        ClockStart::FlawDiscovered => "starts-flaw",
        ClockStart::RightsRequestReceived => "starts-rights",
        ClockStart::NoticeReceived => "starts-notice",
    }
}

pub(super) const fn kept_from(start: RetentionStart) -> &'static str {
    match start {
        RetentionStart::Deposit => "kept-from-deposit",
        RetentionStart::Receipt => "kept-from-receipt",
        RetentionStart::EndOfConvention => "kept-from-end",
        RetentionStart::EndOfRight => "kept-from-right",
        RetentionStart::Recorded => "kept-from-recorded",
        RetentionStart::LastUse => "kept-from-last-use",
        RetentionStart::Signature => "kept-from-signature",
    }
}

pub(super) const fn contact(contact: Contact) -> &'static str {
    match contact {
        Contact::Governance => "contact-governance",
        Contact::Operations => "contact-operations",
        Contact::Security => "contact-security",
        Contact::Dpo => "contact-dpo",
    }
}

pub(super) const fn silence(silence: Silence) -> &'static str {
    match silence {
        Silence::Refusal => "silence-refusal",
        Silence::Renewal => "silence-renewal",
    }
}

/// A family of data, as a notice names it.
pub(super) const fn category(category: Category) -> &'static str {
    match category {
        Category::Accompaniment => "data-accompaniment",
        Category::Health => "data-health",
        Category::Consent => "data-consent",
        Category::WorkingRecord => "data-working-record",
        Category::Identity => "data-identity",
        Category::Identifiers => "data-identifiers",
        Category::Registration => "data-registration",
        Category::FollowUp => "data-follow-up",
        Category::Training => "data-training",
        Category::Orientation => "data-orientation",
        Category::Rights => "data-rights",
        Category::Household => "data-household",
        Category::Contact => "data-contact",
    }
}
