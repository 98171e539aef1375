//! The binary `congkhai`: reads the settings, chooses the adapters, runs one command.

mod cli;
mod demo;
mod export;
mod import;
mod import_issuers;
mod installation;
mod late;
mod legal_text;
mod reindex;
mod search_index;
mod seed;
mod serve;
mod user;

use clap::Parser;
use cli::{Cli, Command, ExportWhat, ImportWhat, LegalTextAction, UserAction};
use std::io::IsTerminal;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A child that reads one file does nothing else: it has to limit itself first.
    if std::env::args_os().nth(1).is_some_and(|argument| argument == installation::CHILD) {
        return source_text::child::child_main();
    }
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("CONGKHAI_LOG").unwrap_or_else(|_| EnvFilter::new(LOG));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        .init();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("congkhai: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What is logged unless the operator says otherwise. The dispatcher calls a request line that a stranger mistypes an error;
/// what goes wrong with answers is logged where they are made.
const LOG: &str = "info,tantivy=warn,sqlx=warn,sea_orm_migration=warn,actix_server=warn,actix_http::h1::dispatcher=off";

/// What stops a command.
type Failure = Box<dyn std::error::Error>;

fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let data = cli.data.clone();
    match cli.command {
        None => serve::run(&data, &cli.search, &cli.serve),
        Some(Command::Serve(options)) => serve::run(&data, &cli.search, &options.or(cli.serve)),
        Some(Command::Reindex(options)) => blocking(reindex::run(&data, &cli.search, &options)),
        Some(Command::Migrate) => blocking(async {
            let db = installation::connect(&data).await?;
            installation::migrate(&db).await?;
            db.close().await;
            println!("The database is at {}.", migrations::newest());
            Ok(ExitCode::SUCCESS)
        }),
        Some(Command::Import(ImportWhat::Documents(options))) => blocking(import::run(&data, &options)),
        Some(Command::Import(ImportWhat::Issuers(options))) => blocking(import_issuers::run(&data, &options)),
        Some(Command::Export(ExportWhat::Documents(options))) => blocking(export::run(&data, &options)),
        Some(Command::LegalText(LegalTextAction::Parse(options))) => legal_text::parse(&options),
        Some(Command::User(UserAction::Create(options))) => blocking(user::create(&data, &options)),
        Some(Command::Openapi) => blocking(printed(&data, Print::Openapi)),
        Some(Command::Sdl) => blocking(printed(&data, Print::Sdl)),
        Some(Command::Problems) => {
            print!("{}", gateway::catalogue_markdown());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn blocking(command: impl Future<Output = Result<ExitCode, Failure>>) -> Result<ExitCode, Failure> {
    // Each thread keeps the memory of the largest text that it ever read: few of them read many texts.
    let reading = std::thread::available_parallelism().map_or(2, usize::from) + 2;
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(2).max_blocking_threads(reading).enable_all().build()?.block_on(command)
}

#[derive(Clone, Copy)]
enum Print {
    Openapi,
    Sdl,
}

/// Prints what the built-in resources and content types look like, without touching the data of an installation.
async fn printed(_: &cli::DataOptions, what: Print) -> Result<ExitCode, Failure> {
    let folder = std::env::temp_dir().join(format!("congkhai-{}", kernel::Id::new(kernel::Clock::System.now())));
    let db = store::Database::connect(&store::DatabaseUrl::Sqlite(folder.join("empty.db"))).await?;
    let files = store::Files::in_folder(&folder.join("files"))?;
    let (documents, issuers) = installation::subjects(&db, &files)?;
    let content = installation::content(&db, &kernel::Clock::System);
    let library = media::Library::new(db.clone(), &files, kernel::Clock::System, media::Limits::default());
    installation::migrate(&db).await?;
    // No webhook is entered here.
    let secret = store::Secret::given("nothing is sealed with it");
    let webhooks = webhooks::Webhooks::new(db.clone(), kernel::Clock::System, &secret, webhooks::Reach::default());
    let subjects = gateway::Subjects { documents, issuers, media: library, content: content.clone(), webhooks };
    let registry = std::sync::Arc::new(gateway::built_in(subjects)?);
    content.serve_by(registry.clone()).await?;
    seed::content_types(&content).await?;
    let text = match what {
        Print::Openapi => {
            let document: serde_json::Value = serde_json::from_str(registry.now().openapi())?;
            format!("{document:#}\n")
        }
        Print::Sdl => registry.now().sdl().to_owned(),
    };
    db.close().await;
    std::fs::remove_dir_all(&folder)?;
    print!("{text}");
    Ok(ExitCode::SUCCESS)
}
