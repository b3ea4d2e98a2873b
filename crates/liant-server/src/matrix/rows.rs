//! What the site owes to whom, written by hand beside the table of routes: a route without its row here fails the tests.

use liant_access::ProfessionalRole as Role;

use crate::Verb::{self, Get, Post};

/// Who is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// Machines, from this machine.
    Machine,
    /// Anyone, signed in or not.
    Anyone,
    /// Anyone signed in, on her own account.
    SignedIn,
    /// A person in her own space, on herself. Nobody who is signed in otherwise.
    Herself,
    /// Who manages an organisation's people.
    Admin,
    /// These roles of the organisations that the shipped conventions name. Every other is answered that there is nothing.
    Roles(&'static [Role]),
}

/// What a route is about: what stands in the braces of its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    /// Nothing, or all that the visitor may see.
    Nothing,
    /// A person.
    Person,
    /// An act on the path of a person.
    Act,
    /// The place of a social referent.
    HandOver,
    /// A question of identity.
    Review,
    /// An identity whose link was undone.
    Parted,
    /// A file that was imported.
    Batch,
    /// A file that waits.
    Upload,
    /// A person whose address is protected.
    Protected,
    /// A reason that was declared for the file of someone close.
    LookUp,
    /// A convention.
    Convention,
    /// A request of someone about her data.
    Request,
    /// A breach of personal data.
    Breach,
    /// An act of the log.
    Entry,
    /// An organisation, with its people, invitations and mandates.
    Organisation,
    /// Something of the visitor's own.
    Own,
    /// What is not there before it is made, and is not made here.
    Later,
}

/// One route, as the tests expect it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) verb: Verb,
    pub(super) path: &'static str,
    pub(super) who: Who,
    pub(super) on: On,
}

const fn row(verb: Verb, path: &'static str, who: Who, on: On) -> Row {
    Row { verb, path, who, on }
}

const TECHNICIAN: Who = Who::Roles(&[Role::Technician]);
const REVIEWERS: Who = Who::Roles(&[Role::Clerk, Role::Technician]);
const OFFICER: Who = Who::Roles(&[Role::OrientationOfficer]);
const FOLLOWERS: Who = Who::Roles(&[
    Role::OrientationOfficer,
    Role::LocalServiceHead,
    Role::SocialReferent,
    Role::PlatformAgent,
]);
const LISTERS: Who = FOLLOWERS;
/// Who follows people, and opens a space to them.
const OPENERS: Who = Who::Roles(&[Role::OrientationOfficer, Role::LocalServiceHead, Role::SocialReferent]);
const HEADS: Who = Who::Roles(&[Role::OrientationOfficer, Role::LocalServiceHead]);
/// Those whose clause needs the address of those protected.
const NEEDS_ADDRESS: Who = Who::Roles(&[Role::SocialReferent]);
const WIDER: Who = Who::Roles(&[Role::LocalServiceHead, Role::SocialReferent]);
/// Those who act on accompaniments under the shipped conventions.
const PAIR: Who = Who::Roles(&[Role::LocalServiceHead, Role::SocialReferent, Role::PlatformAgent]);
/// Those whom the act of the tests, in global accompaniment, is for: the platform has none there.
const ACTING: Who = Who::Roles(&[Role::LocalServiceHead, Role::SocialReferent]);
/// Those who name social referents.
const NAMERS: Who = Who::Roles(&[Role::LocalServiceHead]);
/// Those who are shown figures: with the pair, those to whom programmes show them.
const COUNTERS: Who = Who::Roles(&[
    Role::LocalServiceHead,
    Role::SocialReferent,
    Role::OrientationOfficer,
    Role::AgencyDirector,
    Role::Steering,
    Role::TerritorialDirection,
]);
/// Those of the Département who lead a committee or sign a review; France Travail's are of no party that the tests have.
const COMMITTEES: Who = Who::Roles(&[Role::LocalServiceHead, Role::Steering]);
/// Of those who are given people as partners, nobody is of a party that the shipped conventions name; nor has any of them a clause for
/// the fund's evidence.
const NOBODY_HERE: Who = Who::Roles(&[]);
const DPO: Who = Who::Roles(&[Role::Dpo]);
const DEPARTEMENT: Who =
    Who::Roles(&[Role::Technician, Role::OrientationOfficer, Role::LocalServiceHead, Role::Clerk, Role::Dpo]);

/// Every route of the site in production.
pub(super) const ROWS: &[Row] = &[
    row(Get, "/", Who::Anyone, On::Nothing),
    row(Get, "/accessibility", Who::Anyone, On::Nothing),
    row(Get, "/legal", Who::Anyone, On::Nothing),
    row(Get, "/assets/{name}", Who::Anyone, On::Own),
    row(Get, "/healthz", Who::Machine, On::Nothing),
    row(Get, "/readyz", Who::Machine, On::Nothing),
    row(Get, "/metrics", Who::Machine, On::Nothing),
    // Files and the month.
    row(Get, "/files", TECHNICIAN, On::Nothing),
    row(Get, "/files/new", TECHNICIAN, On::Nothing),
    row(Post, "/files/new", TECHNICIAN, On::Nothing),
    row(Get, "/files/uploads/{upload}", TECHNICIAN, On::Upload),
    row(Post, "/files/uploads/{upload}/check", TECHNICIAN, On::Upload),
    row(Post, "/files/uploads/{upload}/import", TECHNICIAN, On::Upload),
    row(Post, "/files/uploads/{upload}/give-up", TECHNICIAN, On::Upload),
    row(Get, "/files/received/{batch}", TECHNICIAN, On::Batch),
    row(Get, "/files/received/{batch}/rejects", TECHNICIAN, On::Batch),
    row(Get, "/files/received/{batch}/rejects.csv", TECHNICIAN, On::Batch),
    row(Get, "/month", TECHNICIAN, On::Nothing),
    row(Post, "/month/build", TECHNICIAN, On::Nothing),
    row(Get, "/month/held-back", TECHNICIAN, On::Nothing),
    row(Get, "/month/file", TECHNICIAN, On::Nothing),
    row(Post, "/month/deposited", TECHNICIAN, On::Nothing),
    row(Get, "/calendar", DEPARTEMENT, On::Nothing),
    row(Post, "/calendar/feed", DEPARTEMENT, On::Nothing),
    row(Get, "/calendar/feed/{secret}", Who::Anyone, On::Own),
    // Identity.
    row(Get, "/review", REVIEWERS, On::Nothing),
    row(Get, "/review/{review}", REVIEWERS, On::Review),
    row(Post, "/review/{review}/accept", REVIEWERS, On::Review),
    row(Post, "/review/{review}/refuse", REVIEWERS, On::Review),
    row(Post, "/review/{review}/undo", REVIEWERS, On::Review),
    row(Get, "/identities/{identity}/undone", REVIEWERS, On::Parted),
    row(Get, "/people/{person}/identity", REVIEWERS, On::Person),
    row(Post, "/people/{person}/identity", REVIEWERS, On::Person),
    // People.
    row(Get, "/people", LISTERS, On::Nothing),
    row(Get, "/people/filters", LISTERS, On::Nothing),
    row(Post, "/people/filters", LISTERS, On::Nothing),
    row(Post, "/people/filters/{filter}/rename", LISTERS, On::Later),
    row(Post, "/people/filters/{filter}/remove", LISTERS, On::Later),
    row(Get, "/people/referent", HEADS, On::Nothing),
    row(Post, "/people/referent", HEADS, On::Nothing),
    row(Get, "/people/referent/end", HEADS, On::Nothing),
    row(Post, "/people/referent/end", HEADS, On::Nothing),
    row(Get, "/people/export", HEADS, On::Nothing),
    row(Post, "/people/export", HEADS, On::Nothing),
    row(Get, "/people/{person}", FOLLOWERS, On::Person),
    row(Get, "/people/{person}/space", OPENERS, On::Person),
    row(Post, "/people/{person}/space", OPENERS, On::Person),
    row(Get, "/audit/people/{person}/space", DPO, On::Person),
    row(Post, "/audit/people/{person}/space", DPO, On::Person),
    // People's own spaces.
    row(Get, "/me", Who::Herself, On::Nothing),
    row(Get, "/me/data", Who::Herself, On::Nothing),
    row(Get, "/me/readers", Who::Herself, On::Nothing),
    row(Get, "/me/rights", Who::Herself, On::Nothing),
    row(Get, "/me/rights/new", Who::Herself, On::Nothing),
    row(Post, "/me/rights/new", Who::Herself, On::Nothing),
    row(Post, "/me/rights/{request}/withdraw", Who::Herself, On::Own),
    row(Get, "/me/copy", Who::Herself, On::Nothing),
    row(Get, "/me/copy.pdf", Who::Herself, On::Nothing),
    row(Get, "/me/print", Who::Herself, On::Nothing),
    row(Get, "/me/forms/{form}", Who::Herself, On::Later),
    row(Get, "/me/forms/{form}/paper", Who::Herself, On::Later),
    row(Get, "/me/papers/{paper}", Who::Herself, On::Later),
    row(Get, "/me/contact", Who::Herself, On::Nothing),
    row(Post, "/me/contact", Who::Herself, On::Nothing),
    row(Post, "/me/leave", Who::Herself, On::Later),
    row(Get, "/me/sign-in", Who::Anyone, On::Nothing),
    row(Post, "/me/sign-in", Who::Anyone, On::Nothing),
    row(Get, "/me/sign-in/code", Who::Anyone, On::Nothing),
    row(Post, "/me/sign-in/code", Who::Anyone, On::Nothing),
    row(Get, "/me/sign-in/password", Who::Anyone, On::Nothing),
    row(Post, "/me/sign-in/password", Who::Anyone, On::Nothing),
    row(Get, "/me/sign-in/telephone", Who::Anyone, On::Nothing),
    row(Post, "/me/sign-in/telephone", Who::Anyone, On::Nothing),
    row(Get, "/me/sign-in/check", Who::Anyone, On::Nothing),
    row(Post, "/me/sign-in/check", Who::Anyone, On::Nothing),
    row(Post, "/me/sign-in/provider/{place}", Who::Anyone, On::Own),
    row(Get, "/me/sign-in/answer", Who::Anyone, On::Nothing),
    row(Get, "/me/left", Who::Anyone, On::Nothing),
    row(Get, "/orientation", OFFICER, On::Nothing),
    row(Get, "/people/{person}/orientation", OFFICER, On::Person),
    row(Post, "/people/{person}/orientation", OFFICER, On::Person),
    row(Get, "/people/{person}/reason", FOLLOWERS, On::Person),
    row(Post, "/people/{person}/reason", FOLLOWERS, On::Person),
    row(Get, "/people/{person}/identity/reason", REVIEWERS, On::Person),
    row(Post, "/people/{person}/identity/reason", REVIEWERS, On::Person),
    row(Get, "/people/{person}/contact", OPENERS, On::Person),
    row(Post, "/people/{person}/contact", OPENERS, On::Person),
    row(Get, "/people/{person}/address", OPENERS, On::Person),
    row(Post, "/people/{person}/address", OPENERS, On::Person),
    row(Post, "/people/{person}/address/end", NEEDS_ADDRESS, On::Protected),
    row(Get, "/people/wider", WIDER, On::Nothing),
    row(Post, "/people/wider", WIDER, On::Nothing),
    // Accompaniments.
    row(Get, "/people/{person}/accompaniment", FOLLOWERS, On::Person),
    row(Get, "/people/{person}/accompaniment/{programme}/{act}", ACTING, On::Act),
    row(Post, "/people/{person}/accompaniment/{programme}/{act}", ACTING, On::Act),
    row(Get, "/people/{person}/accompaniment/forms/{form}", PAIR, On::Later),
    row(Get, "/people/{person}/accompaniment/forms/{form}/paper", PAIR, On::Later),
    row(Get, "/people/{person}/accompaniment/forms/{form}/archive", PAIR, On::Later),
    row(Post, "/people/{person}/accompaniment/forms/{form}/archive", PAIR, On::Later),
    row(Get, "/people/{person}/accompaniment/record", PAIR, On::Person),
    row(Get, "/people/{person}/accompaniment/record/{programme}/papers/{paper}", PAIR, On::Later),
    row(Get, "/people/{person}/accompaniment/record/{programme}/{entry}", PAIR, On::Later),
    row(Post, "/people/{person}/accompaniment/record/{programme}/{entry}", PAIR, On::Later),
    row(Get, "/forms/blank/{model}", PAIR, On::Later),
    row(Get, "/forms", PAIR, On::Nothing),
    row(Get, "/forms/sent", PAIR, On::Nothing),
    row(Get, "/caseload", PAIR, On::Nothing),
    row(Get, "/caseload/agenda", PAIR, On::Nothing),
    row(Get, "/caseload/people", NOBODY_HERE, On::Nothing),
    row(Get, "/caseload/workers", PAIR, On::Nothing),
    row(Get, "/caseload/letters", PAIR, On::Nothing),
    row(Post, "/caseload/letters", PAIR, On::Later),
    row(Get, "/caseload/letters/{letter}", PAIR, On::Later),
    row(Get, "/caseload/hand-over", NAMERS, On::HandOver),
    row(Post, "/caseload/hand-over", NAMERS, On::Later),
    row(Get, "/figures", COUNTERS, On::Nothing),
    row(Get, "/committee", COUNTERS, On::Nothing),
    row(Get, "/committee.csv", COUNTERS, On::Nothing),
    row(Get, "/committee.xlsx", COUNTERS, On::Nothing),
    // What committees write: each has her own, and none is written here.
    row(Get, "/committee/papers", COMMITTEES, On::Nothing),
    row(Get, "/committee/papers/{paper}", COMMITTEES, On::Later),
    row(Get, "/committee/papers/{paper}/csv", COMMITTEES, On::Later),
    row(Get, "/committee/papers/{paper}/xlsx", COMMITTEES, On::Later),
    row(Get, "/committee/papers/{paper}/json", COMMITTEES, On::Later),
    row(Get, "/committee/papers/{paper}/sign", COMMITTEES, On::Later),
    row(Post, "/committee/papers/{paper}/sign", COMMITTEES, On::Later),
    row(Get, "/committee/minutes/{programme}/{committee}/{place}/draft", COMMITTEES, On::Later),
    row(Post, "/committee/minutes/{programme}/{committee}/{place}/draft", COMMITTEES, On::Later),
    row(Get, "/committee/reviews/{programme}/{year}", COMMITTEES, On::Later),
    row(Post, "/committee/reviews/{programme}/{year}", COMMITTEES, On::Later),
    // Lists of evidence: no clause that ships gives one.
    row(Get, "/evidence", NOBODY_HERE, On::Nothing),
    row(Get, "/evidence/{programme}/{half}/freeze", NOBODY_HERE, On::Later),
    row(Post, "/evidence/{programme}/{half}/freeze", NOBODY_HERE, On::Later),
    row(Get, "/evidence/lists/{list}/sign", NOBODY_HERE, On::Later),
    row(Post, "/evidence/lists/{list}/sign", NOBODY_HERE, On::Later),
    row(Get, "/evidence/lists/{list}/copy", NOBODY_HERE, On::Later),
    row(Post, "/evidence/lists/{list}/copy", NOBODY_HERE, On::Later),
    // What is looked over.
    row(Get, "/look-ups", DPO, On::Nothing),
    row(Post, "/look-ups/{look_up}/accept", DPO, On::LookUp),
    row(Post, "/look-ups/{look_up}/refuse", DPO, On::LookUp),
    row(Get, "/wider-searches", DPO, On::Nothing),
    row(Post, "/wider-searches/{search}/review", DPO, On::Later),
    row(Get, "/stops", DPO, On::Nothing),
    row(Post, "/stops/{stop}/lift", DPO, On::Later),
    // What is destroyed.
    row(Get, "/retention", DPO, On::Nothing),
    row(Get, "/retention/{run}", DPO, On::Later),
    // The DPO's console.
    row(Get, "/conventions", DPO, On::Nothing),
    row(Get, "/conventions/{convention}", DPO, On::Convention),
    row(Get, "/conventions/{convention}/step", DPO, On::Convention),
    row(Post, "/conventions/{convention}/step", DPO, On::Convention),
    row(Get, "/rights", DPO, On::Nothing),
    row(Get, "/rights/{request}", DPO, On::Request),
    row(Post, "/rights/{request}/parts", DPO, On::Request),
    row(Post, "/rights/{request}/copy", DPO, On::Request),
    row(Post, "/rights/{request}/copy.pdf", DPO, On::Request),
    row(Get, "/rights/{request}/answer", DPO, On::Request),
    row(Post, "/rights/{request}/answer", DPO, On::Request),
    row(Get, "/rights/{request}/limit", DPO, On::Request),
    row(Post, "/rights/{request}/limit", DPO, On::Request),
    row(Get, "/rights/{request}/limits/{limit}/lift", DPO, On::Later),
    row(Post, "/rights/{request}/limits/{limit}/lift", DPO, On::Later),
    row(Post, "/rights/{request}/limits/{limit}/free", DPO, On::Later),
    row(Get, "/rights/{request}/erasure", DPO, On::Request),
    row(Post, "/rights/{request}/erasure", DPO, On::Request),
    row(Get, "/rights/{request}/erasure/check", DPO, On::Request),
    row(Post, "/rights/{request}/erasure/check", DPO, On::Request),
    row(Get, "/rights/{request}/erasure/refusal", DPO, On::Request),
    row(Post, "/rights/{request}/erasure/refusal", DPO, On::Request),
    row(Post, "/rights/{request}/erasure/admit", DPO, On::Request),
    row(Get, "/rights/shared/{request}", DPO, On::Later),
    row(Post, "/rights/shared/{request}", DPO, On::Later),
    row(Get, "/audit/people/{person}/request", DPO, On::Person),
    row(Post, "/audit/people/{person}/request", DPO, On::Person),
    row(Get, "/register", DPO, On::Nothing),
    row(Get, "/sub-processors", DPO, On::Nothing),
    row(Get, "/sub-processors/new", DPO, On::Nothing),
    row(Post, "/sub-processors/new", DPO, On::Nothing),
    row(Post, "/sub-processors/{processor}/end", DPO, On::Later),
    row(Post, "/sub-processors/lists", DPO, On::Nothing),
    row(Get, "/access-review", DPO, On::Nothing),
    row(Post, "/access-review/{membership}", DPO, On::Later),
    row(Get, "/breaches", DPO, On::Nothing),
    row(Get, "/breaches/new", DPO, On::Nothing),
    row(Post, "/breaches/new", DPO, On::Nothing),
    row(Get, "/breaches/{breach}", DPO, On::Breach),
    row(Post, "/breaches/{breach}/people", DPO, On::Breach),
    row(Get, "/breaches/{breach}/deed", DPO, On::Breach),
    row(Post, "/breaches/{breach}/deed", DPO, On::Breach),
    row(Get, "/breaches/{breach}/notice", DPO, On::Breach),
    // The log.
    row(Get, "/audit", DPO, On::Nothing),
    row(Get, "/audit/entries/{act}", DPO, On::Entry),
    row(Get, "/audit/people/{person}", DPO, On::Person),
    row(Get, "/audit/verification", DPO, On::Nothing),
    row(Get, "/audit/checkpoint", DPO, On::Later),
    // Coming in.
    row(Get, "/sign-in", Who::Anyone, On::Nothing),
    row(Post, "/sign-in", Who::Anyone, On::Nothing),
    row(Get, "/sign-in/forgotten", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/forgotten", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/provider/{place}", Who::Anyone, On::Own),
    row(Get, "/sign-in/answer", Who::Anyone, On::Nothing),
    row(Get, "/sign-in/code", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/code", Who::Anyone, On::Nothing),
    row(Get, "/sign-in/recovery-code", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/recovery-code", Who::Anyone, On::Nothing),
    row(Get, "/sign-in/second-factor", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/second-factor", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/second-factor/confirm", Who::Anyone, On::Nothing),
    row(Get, "/sign-in/seat", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/seat", Who::Anyone, On::Nothing),
    row(Get, "/sign-in/seat/choose", Who::Anyone, On::Nothing),
    row(Post, "/sign-in/seat/invitation", Who::Anyone, On::Nothing),
    row(Post, "/sign-out", Who::SignedIn, On::Nothing),
    row(Get, "/signed-out", Who::Anyone, On::Nothing),
    row(Get, "/new-password/{token}", Who::Anyone, On::Own),
    row(Get, "/new-password", Who::Anyone, On::Nothing),
    row(Post, "/new-password", Who::Anyone, On::Nothing),
    row(Get, "/invitation/{token}", Who::Anyone, On::Own),
    row(Get, "/invitation", Who::Anyone, On::Nothing),
    row(Post, "/invitation", Who::Anyone, On::Nothing),
    row(Post, "/invitation/accept", Who::SignedIn, On::Nothing),
    // Her account.
    row(Get, "/account", Who::SignedIn, On::Nothing),
    row(Get, "/account/profile", Who::SignedIn, On::Nothing),
    row(Post, "/account/profile", Who::SignedIn, On::Nothing),
    row(Get, "/account/particulars", Who::SignedIn, On::Nothing),
    row(Post, "/account/particulars", Who::SignedIn, On::Nothing),
    row(Get, "/account/password", Who::SignedIn, On::Nothing),
    row(Post, "/account/password", Who::SignedIn, On::Nothing),
    row(Get, "/account/second-factor", Who::SignedIn, On::Nothing),
    row(Post, "/account/second-factor", Who::SignedIn, On::Nothing),
    row(Post, "/account/second-factor/confirm", Who::SignedIn, On::Nothing),
    row(Get, "/account/recovery-codes", Who::SignedIn, On::Nothing),
    row(Post, "/account/recovery-codes", Who::SignedIn, On::Nothing),
    row(Post, "/account/sessions/{session}/end", Who::SignedIn, On::Own),
    row(Post, "/account/sessions/end-others", Who::SignedIn, On::Nothing),
    row(Post, "/account/seat", Who::SignedIn, On::Nothing),
    // Organisations and their people.
    row(Get, "/organisations", Who::Admin, On::Nothing),
    row(Get, "/organisations/{organisation}", Who::Admin, On::Organisation),
    row(Get, "/organisations/{organisation}/invite", Who::Admin, On::Organisation),
    row(Post, "/organisations/{organisation}/invite", Who::Admin, On::Organisation),
    row(Get, "/organisations/{organisation}/invitations/{invitation}/withdraw", Who::Admin, On::Organisation),
    row(
        Post,
        "/organisations/{organisation}/invitations/{invitation}/withdraw",
        Who::Admin,
        On::Organisation,
    ),
    row(Get, "/organisations/{organisation}/people/{membership}", Who::Admin, On::Organisation),
    row(Post, "/organisations/{organisation}/people/{membership}", Who::Admin, On::Organisation),
    row(Get, "/organisations/{organisation}/people/{membership}/password", Who::Admin, On::Organisation),
    row(Post, "/organisations/{organisation}/people/{membership}/password", Who::Admin, On::Organisation),
    row(Get, "/organisations/{organisation}/people/{membership}/{act}", Who::Admin, On::Organisation),
    row(Post, "/organisations/{organisation}/people/{membership}/{act}", Who::Admin, On::Organisation),
    row(Get, "/organisations/{organisation}/mandates", Who::Admin, On::Organisation),
    row(Post, "/organisations/{organisation}/mandates", Who::Admin, On::Organisation),
    row(Get, "/organisations/{organisation}/mandates/{mandate}/end", Who::Admin, On::Organisation),
    row(Post, "/organisations/{organisation}/mandates/{mandate}/end", Who::Admin, On::Organisation),
];
