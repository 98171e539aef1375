//! `congkhai user create`.

use crate::cli::{DataOptions, UserOptions};
use crate::installation::variable;
use crate::{Failure, installation};
use accounts::{Accounts, NewAccount};
use kernel::{Call, Clock, Fault, Lang, Role};
use std::process::ExitCode;
use store::Secret;

/// Makes an account beside a running server or without one.
pub async fn create(data: &DataOptions, options: &UserOptions) -> Result<ExitCode, Failure> {
    let role = Role::parse(&options.role).ok_or("the role has to be admin or editor")?;
    let db = installation::connect(data).await?;
    installation::must_be_current(&db).await?;
    // Making an account seals nothing: the master secret, which only the server needs, stays where it is.
    let accounts = Accounts::new(db.clone(), Clock::System, &Secret::given(""));
    let given = variable("CONGKHAI_USER_PASSWORD");
    let new = NewAccount { username: options.name.clone(), role, password: given };
    let created = accounts.create(&Call::operator(), new).await.map_err(|error| told(&error))?;
    println!("created {} ({})", created.account.username, role.as_str());
    if let Some(password) = created.password {
        println!("password, shown once: {password}");
        println!("It has to be changed at the first login.");
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A fault with the fields it concerns, in one line.
pub fn told(error: &accounts::Error) -> String {
    let fields: Vec<String> = error
        .fields()
        .iter()
        .map(|field| format!("{}: {}", field.pointer.trim_start_matches('/'), field.text.get(Lang::En)))
        .collect();
    if fields.is_empty() { error.text().get(Lang::En).to_owned() } else { fields.join("; ") }
}
