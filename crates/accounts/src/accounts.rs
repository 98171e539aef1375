//! The verbs on accounts.

use crate::account::{is_username, username_fault};
use crate::credentials::{Credentials, make_password, password_fault};
use crate::keys::{PURPOSE, Sealer};
use crate::refresh::grant;
use crate::store::{accounts, tokens};
use crate::{Account, Created, Error, FirstAdmin, NewAccount, Session, policy};
use kernel::{Actor, Call, Clock, FieldFault, Id, Revision, Role, Text};
use store::outbox::{self, Event};
use store::{Database, Secret, WriteTxn};

/// The name of the first administrator where the operator gives none.
const FIRST: &str = "admin";

/// The accounts of the installation. Clones share the limit on hashing at the same time.
#[derive(Clone)]
pub struct Accounts {
    pub(crate) db: Database,
    clock: Clock,
    credentials: Credentials,
    pub(crate) sealer: Sealer,
}

impl Accounts {
    /// Accounts in `db`, whose signing keys are sealed under `secret`.
    pub fn new(db: Database, clock: Clock, secret: &Secret) -> Self {
        Self { db, clock, credentials: Credentials::new(), sealer: Sealer::new(secret.derive(PURPOSE)) }
    }

    /// Makes the first administrator of a database without accounts; where there are any, `None`.
    ///
    /// `given` is a user name and a password, which then need not be changed (for automation); without
    /// it the name is `admin` and the password random, to be changed at the first login.
    /// Of two nodes that start at the same moment one makes it.
    pub async fn ensure_first_admin(&self, given: Option<(String, String)>) -> Result<Option<FirstAdmin>, Error> {
        if accounts::any(self.db.reader()).await? {
            return Ok(None);
        }
        let (username, password) = given.map_or((FIRST.to_owned(), None), |(name, password)| (name, Some(password)));
        let prepared = self.prepare(NewAccount { username, role: Role::Admin, password }).await?;
        let txn = self.begin(&Call::operator()).await?;
        // Whoever else makes the first administrator waits here until this one is committed, then finds it.
        store::settings::set(&txn, "first_admin", &prepared.known.account.id.to_string()).await?;
        if accounts::any(txn.conn()).await? {
            return Ok(None);
        }
        insert(&txn, &prepared.known).await?;
        txn.commit(&()).await?;
        Ok(Some(FirstAdmin { username: prepared.known.account.username, password: prepared.made }))
    }

    /// Makes an account; only those in charge may. A name in use is
    /// [`Error::UsernameTaken`]. Under an idempotency key the id of the account is what is kept, so a
    /// repetition does not show the password again.
    pub async fn create(&self, call: &Call, new: NewAccount) -> Result<Created, Error> {
        policy::may_create(&call.actor)?;
        let prepared = self.prepare(new).await?;
        let txn = self.begin(call).await?;
        insert(&txn, &prepared.known).await?;
        txn.commit(&prepared.known.account.id).await?;
        Ok(Created { account: prepared.known.account, password: prepared.made })
    }

    /// Begins a session. A wrong name and a wrong password are one answer,
    /// [`Error::WrongCredentials`], after the same time.
    pub async fn login(&self, username: &str, password: &str) -> Result<Session, Error> {
        let known = if is_username(username) { accounts::by_username(self.db.reader(), username).await? } else { None };
        let fits = self.credentials.verify(password, known.as_ref().map(|known| known.password_hash.as_str())).await?;
        let Some(known) = known.filter(|_| fits) else { return Err(Error::WrongCredentials) };

        let txn = self.begin(&Call::of(known.account.actor())).await?;
        let now_known = accounts::lock(&txn, known.account.id).await?;
        // The password may have been changed while it was verified; then all sessions have just ended.
        let Some(now_known) = now_known.filter(|now_known| now_known.password_hash == known.password_hash) else {
            return Err(Error::WrongCredentials);
        };
        let session = grant(&txn, now_known.account, Id::new(txn.now())).await?;
        tokens::forget_expired(&txn).await?;
        txn.commit(&()).await?;
        Ok(session)
    }

    /// Changes a password by its holder, who proves it by the current one; ends all his sessions.
    ///
    /// A wrong current password is a refusal, not the end of the session.
    /// The new one must differ from it, for an initial password must not stay.
    pub async fn change_password(&self, account: Id, current: &str, new: &str) -> Result<(), Error> {
        let known = accounts::by_id(self.db.reader(), account).await?.ok_or(Error::NoSuchAccount(account))?;
        if !self.credentials.verify(current, Some(&known.password_hash)).await? {
            return Err(Error::WrongPassword);
        }
        if let Some(fault) = password_fault(new, &known.account.username, "/new_password").or_else(|| unchanged(current, new)) {
            return Err(Error::field(fault));
        }
        let hash = self.credentials.hash(new).await?;

        let txn = self.begin(&Call::of(known.account.actor())).await?;
        let now_known = accounts::lock(&txn, account).await?.ok_or(Error::NoSuchAccount(account))?;
        if now_known.password_hash != known.password_hash {
            return Err(Error::WrongPassword);
        }
        let revision = now_known.revision.next();
        accounts::set_password(&txn, account, &hash, revision).await?;
        tokens::revoke_account(&txn, account).await?;
        outbox::record(&txn, event(account, "updated", revision)).await?;
        Ok(txn.commit(&()).await?)
    }

    /// The account of this id: one indexed read, for every request of a person.
    pub async fn find(&self, id: Id) -> Result<Option<Account>, Error> {
        accounts::find(self.db.reader(), id).await
    }

    pub(crate) async fn begin(&self, call: &Call) -> Result<WriteTxn, Error> {
        Ok(self.db.begin(call, self.clock.now()).await?)
    }

    /// Checks a new account and hashes its password, before any lock is taken.
    async fn prepare(&self, new: NewAccount) -> Result<Prepared, Error> {
        let NewAccount { username, role, password } = new;
        let password_fault = password.as_ref().and_then(|given| password_fault(given, &username, "/password"));
        let faults: Vec<FieldFault> = username_fault(&username).into_iter().chain(password_fault).collect();
        if !faults.is_empty() {
            return Err(Error::Invalid(faults));
        }
        let made = password.is_none().then(make_password);
        let password_hash = self.credentials.hash(password.as_ref().or(made.as_ref()).map_or("", String::as_str)).await?;
        let now = self.clock.now();
        let account = Account { id: Id::new(now), username, role, must_change_password: made.is_some(), created_at: now };
        Ok(Prepared { known: accounts::Known { account, password_hash, revision: Revision::FIRST }, made })
    }
}

/// A new account that is ready to be written.
struct Prepared {
    known: accounts::Known,
    /// The password, when it was made here.
    made: Option<String>,
}

impl Account {
    /// Its holder as the caller of a verb.
    pub fn actor(&self) -> Actor {
        Actor::Person { account: self.id, role: self.role }
    }
}

async fn insert(txn: &WriteTxn, known: &accounts::Known) -> Result<(), Error> {
    let account = &known.account;
    accounts::insert(txn, known).await.map_err(|error| match error {
        Error::Store(error) if error.is_unique_violation() => Error::UsernameTaken { username: account.username.clone() },
        other => other,
    })?;
    Ok(outbox::record(txn, event(account.id, "created", known.revision)).await?)
}

fn event(id: Id, action: &'static str, revision: Revision) -> Event<'static> {
    Event { resource_type: "account", id, action, revision }
}

fn unchanged(current: &str, new: &str) -> Option<FieldFault> {
    (kernel::text::nfc(current) == kernel::text::nfc(new)).then(|| {
        let text = Text::new("Mật khẩu mới phải khác mật khẩu hiện tại.", "The new password must differ from the current one.");
        FieldFault::new("/new_password", "unchanged", text)
    })
}
