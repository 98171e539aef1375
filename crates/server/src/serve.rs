//! `congkhai serve`.

use crate::cli::{DataOptions, SearchOptions, ServeOptions};
use crate::installation::variable;
use crate::search_index;
use crate::{Failure, demo, installation, seed, user};
use accounts::Accounts;
use actix_web::{HttpServer, web};
use gateway::{App, Filling, Following, Healing, Indexing, Parts, Rereading, Sending, Settings, Subjects, Sweeping, Tidying};
use jobs::{Node, Runner, Wake};
use kernel::{Clock, CursorKey, Id};
use media::{Library, Limits};
use std::fs::File;
use std::net::TcpListener;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use store::Backend;
use webhooks::{Reach, Sender, Webhooks};

const DEFAULT_LISTEN: &str = "127.0.0.1:8080";

/// Runs the server until it is told to stop.
pub fn run(data: &DataOptions, search: &SearchOptions, options: &ServeOptions) -> Result<ExitCode, Failure> {
    actix_web::rt::System::new().block_on(serve(data, search, options))
}

async fn serve(data: &DataOptions, search: &SearchOptions, options: &ServeOptions) -> Result<ExitCode, Failure> {
    let listen = options.listen.as_deref().unwrap_or(DEFAULT_LISTEN);
    // A taken port is told before anything is touched.
    let listener = TcpListener::bind(listen).map_err(|error| format!("cannot listen on {listen}: {error}"))?;

    std::fs::create_dir_all(&data.data)?;
    let _alone = alone(&data.data)?;
    let clock = Clock::System;
    let db = installation::connect(data).await?;
    installation::migrate(&db).await?;
    let secret = installation::secret(&data.data)?;
    secret.bind(&db, clock.now()).await?;
    let accounts = Accounts::new(db.clone(), clock.clone(), &secret);
    first_administrator(&accounts).await?;

    let files = installation::files(data)?;
    let library = Library::new(db.clone(), &files, clock.clone(), media_limits(options));
    let (documents, issuers) = installation::subjects(&db, &files)?;
    let id = node_id(&data.data, &clock)?;
    let consumer: &'static str = match search.url() {
        Some(_) => search_index::SHARED_CONSUMER,
        // An index of each node; one name for the life of the process.
        None => Box::leak(format!("search:{id}").into_boxed_str()),
    };
    let opened = search_index::current(data, search, &db)?;
    if opened.rebuilt {
        jobs::rewind(&db, consumer, clock.now()).await?;
    }
    let index = opened.index;
    let content = installation::content(&db, &clock);
    let reach = Reach { http: options.webhooks_allow_http, private: options.webhooks_allow_private };
    let webhooks = Webhooks::new(db.clone(), clock.clone(), &secret, reach);
    let subjects = Subjects { documents: documents.clone(), issuers, media: library.clone(), content: content.clone(), webhooks };
    let registry = Arc::new(gateway::built_in(subjects)?);
    content.serve_by(registry.clone()).await?;
    seed::content_types(&content).await?;
    if let Some(province) = options.policy.as_deref().or(options.demo.then_some("song-lam")) {
        seed::policies(&content, province).await?;
    }
    let filling = Filling::new(registry.clone(), content.clone());
    // Connections to PostgreSQL live on the thread that opened them: those of the runner must outlive the workers'.
    let own = match db.backend() {
        Backend::Sqlite => db.clone(),
        _ => installation::connect(data).await?,
    };
    let indexing = Arc::new(Indexing::new(consumer, own.clone(), index.clone(), filling.clone()));
    let node = Node { id, db: own.clone(), clock: clock.clone() };
    let mut tasks = content.tasks();
    tasks.push(Arc::new(Sweeping::new(library.clone())));
    tasks.push(Arc::new(Rereading::new(documents.clone())));
    tasks.push(Arc::new(Healing::new(index.clone(), filling, clock.clone())));
    let webhooks = Webhooks::new(own.clone(), clock.clone(), &secret, reach);
    tasks.push(Arc::new(Sending::new(Sender::new(webhooks.clone())?)));
    tasks.push(Arc::new(Tidying::new(webhooks.clone())));

    let wake = Wake::default();
    let parts = Parts {
        db: db.clone(),
        clock,
        cursors: CursorKey::new(secret.derive("cursors")),
        accounts,
        documents: documents.clone(),
        media: library,
        content: content.clone(),
        registry,
        search: index,
        search_consumer: consumer,
        wake: wake.clone(),
        settings: settings(options),
    };
    let app = web::Data::new(App::new(parts).await?);
    let following = Arc::new(Following::new(app.clone(), webhooks));
    let runner = Runner::start_with(wake, node, vec![indexing, following], tasks);
    let address = listener.local_addr()?;
    let server = HttpServer::new(move || gateway::application(app.clone()))
        .shutdown_timeout(20)
        .client_request_timeout(Duration::from_secs(30))
        .listen(listener)?
        .run();
    tracing::info!("Congkhai serves http://{address} — reference http://{address}/docs, GraphQL http://{address}/graphql");
    let filling = options.demo.then(|| tokio::spawn(demo::fill(documents, content, runner.wake())));

    server.await?;
    if let Some(filling) = filling {
        filling.abort();
    }
    runner.stop().await;
    own.close().await;
    db.close().await;
    tracing::info!("Congkhai has stopped");
    Ok(ExitCode::SUCCESS)
}

/// The figures that the operator has set, the others as they are by default.
fn settings(options: &ServeOptions) -> Settings {
    let default = Settings::default();
    let max_file = options.max_upload.and_then(|mib| usize::try_from(mib).ok()).map_or(default.max_file, |mib| mib << 20);
    Settings {
        max_file,
        // A form has room for one file of the size that is allowed.
        max_form: default.max_form.max(max_file),
        logins_per_minute: options.logins_per_minute.unwrap_or(default.logins_per_minute),
        public_writes_per_minute: options.public_writes_per_minute.unwrap_or(default.public_writes_per_minute),
        public_url: options.public_url.clone(),
        reads_per_minute: options.reads_per_minute,
        ..default
    }
}

/// How much is taken as media.
fn media_limits(options: &ServeOptions) -> Limits {
    let default = Limits::default();
    Limits { file: options.max_media.map_or(default.file, |mib| u64::from(mib) << 20), ..default }
}

/// Takes the data folder for this process: its index has one writer. The lock ends with the process.
fn alone(folder: &Path) -> Result<File, Failure> {
    let lock = File::create(folder.join("serve.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(_) => Err(format!("another server runs on the data folder {}", folder.display()).into()),
    }
}

/// Who this node is: an id kept in its data folder, under which it holds leases and its index has a
/// place in the events. A node that comes back takes both up again at once; `alone` sees to it that
/// no two processes are the same node.
fn node_id(folder: &Path, clock: &Clock) -> Result<Id, Failure> {
    let path = folder.join("node");
    if let Ok(text) = std::fs::read_to_string(&path)
        && let Some(id) = Id::parse(text.trim())
    {
        return Ok(id);
    }
    let id = Id::new(clock.now());
    std::fs::write(&path, id.to_string())?;
    Ok(id)
}

/// Makes the first administrator; a password made here is printed once and never again.
async fn first_administrator(accounts: &Accounts) -> Result<(), Failure> {
    let given = match (variable("CONGKHAI_ADMIN_USER"), variable("CONGKHAI_ADMIN_PASSWORD")) {
        (Some(user), Some(password)) => Some((user, password)),
        (None, None) => None,
        _ => return Err("set both CONGKHAI_ADMIN_USER and CONGKHAI_ADMIN_PASSWORD, or neither".into()),
    };
    if let Some(first) = accounts.ensure_first_admin(given).await.map_err(|error| user::told(&error))?
        && let Some(password) = first.password
    {
        println!("First administrator / Quản trị viên đầu tiên");
        println!("  user / tên đăng nhập:  {}", first.username);
        println!("  password / mật khẩu:   {password}");
        println!("It is shown once and has to be changed at the first login (POST /v1/auth/password).");
        println!("Mật khẩu chỉ hiện một lần và phải đổi ở lần đăng nhập đầu tiên.");
    }
    Ok(())
}
