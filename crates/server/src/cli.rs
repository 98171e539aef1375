//! The command line. Every option is also an environment variable.

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Congkhai, a headless CMS for provincial portals.
#[derive(Parser)]
#[command(name = "congkhai", version, about)]
pub struct Cli {
    #[command(flatten)]
    pub data: DataOptions,
    #[command(flatten)]
    pub search: SearchOptions,
    #[command(flatten)]
    pub serve: ServeOptions,
    /// What to do; without a command the server starts.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Where the data is.
#[derive(Args, Clone)]
pub struct DataOptions {
    /// Folder of the data.
    #[arg(long, env = "CONGKHAI_DATA", default_value = "./data", global = true)]
    pub data: PathBuf,
    /// sqlite://PATH or postgres://…; an SQLite file in the folder when not given.
    #[arg(long, env = "CONGKHAI_DATABASE", global = true, hide_env_values = true)]
    pub database: Option<String>,
    /// Folder of the files, or s3://BUCKET/PREFIX; the folder `files` in that of the data when not given.
    #[arg(long, env = "CONGKHAI_FILES", value_name = "FOLDER|URL", global = true)]
    pub files: Option<String>,
}

/// Where texts are searched.
#[derive(Args, Clone, Default)]
pub struct SearchOptions {
    /// meilisearch://HOST:PORT, or meilisearchs://… for TLS; the embedded index in the data folder when not given.
    #[arg(long = "search", env = "CONGKHAI_SEARCH", value_name = "URL", global = true)]
    url: Option<String>,
    /// The key of the Meilisearch server.
    #[arg(long = "search-key", env = "CONGKHAI_SEARCH_KEY", value_name = "KEY", global = true, hide_env_values = true)]
    pub key: Option<String>,
    /// A file with that key.
    #[arg(long = "search-key-file", env = "CONGKHAI_SEARCH_KEY_FILE", value_name = "FILE", global = true)]
    pub key_file: Option<PathBuf>,
    /// What the names of the indexes on the server begin with: one for each installation.
    #[arg(
        long = "search-prefix",
        env = "CONGKHAI_SEARCH_PREFIX",
        value_name = "NAME",
        default_value = "congkhai",
        global = true
    )]
    pub prefix: String,
    /// A JSON file of abbreviations and what they stand for, instead of the built-in ones: `{"UBND": "ủy ban nhân dân"}`.
    #[arg(long = "search-abbreviations", env = "CONGKHAI_SEARCH_ABBREVIATIONS", value_name = "FILE", global = true)]
    pub abbreviations: Option<PathBuf>,
}

impl SearchOptions {
    /// The address of the server; an empty variable counts as not set, as container files leave them.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref().filter(|url| !url.is_empty())
    }
}

/// How the server runs.
#[derive(Args, Clone, Default)]
pub struct ServeOptions {
    /// Address to listen on [default: 127.0.0.1:8080].
    #[arg(long, env = "CONGKHAI_LISTEN", value_name = "ADDR:PORT")]
    pub listen: Option<String>,
    /// The largest uploaded file, in MiB [default: 20].
    #[arg(long, env = "CONGKHAI_MAX_UPLOAD", value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub max_upload: Option<u32>,
    /// The largest file of media, in MiB [default: 2048].
    #[arg(long, env = "CONGKHAI_MAX_MEDIA", value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=40_960))]
    pub max_media: Option<u32>,
    /// Password attempts that one address may make in a minute [default: 30].
    #[arg(long, env = "CONGKHAI_LOGINS_PER_MINUTE", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub logins_per_minute: Option<u32>,
    /// Reports of violations and other public writes that one address may make in a minute [default: 10].
    #[arg(long, env = "CONGKHAI_PUBLIC_WRITES_PER_MINUTE", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub public_writes_per_minute: Option<u32>,
    /// The province whose dated rules are entered: lai-chau, quang-ngai, son-la, ha-giang, lang-son, or a file of the same form.
    #[arg(long, env = "CONGKHAI_POLICY", value_name = "PROVINCE|FILE")]
    pub policy: Option<String>,
    /// Scheme and host under which the server is reached from outside, for absolute addresses in feeds, pages and
    /// sitemaps: `https://api.example.gov.vn` [default: http and the host that a request names].
    #[arg(long, env = "CONGKHAI_PUBLIC_URL", value_name = "ORIGIN", value_parser = gateway::public_origin)]
    pub public_url: Option<String>,
    /// Reads that one address may make in a minute; unlimited when not given.
    #[arg(long, env = "CONGKHAI_READS_PER_MINUTE", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub reads_per_minute: Option<u32>,
    /// Webhooks may send to `http://` addresses, over which everybody on the way reads along.
    #[arg(long, env = "CONGKHAI_WEBHOOKS_ALLOW_HTTP", value_parser = FalseyValueParser::new())]
    pub webhooks_allow_http: bool,
    /// Webhooks may send to private addresses: to this machine and the networks it stands in.
    #[arg(long, env = "CONGKHAI_WEBHOOKS_ALLOW_PRIVATE", value_parser = FalseyValueParser::new())]
    pub webhooks_allow_private: bool,
    /// Fill an installation with sample content of a fictional province.
    #[arg(long)]
    pub demo: bool,
}

impl ServeOptions {
    /// These options, and where they say nothing, those given before the command.
    pub fn or(self, before: Self) -> Self {
        Self {
            listen: self.listen.or(before.listen),
            max_upload: self.max_upload.or(before.max_upload),
            max_media: self.max_media.or(before.max_media),
            logins_per_minute: self.logins_per_minute.or(before.logins_per_minute),
            public_writes_per_minute: self.public_writes_per_minute.or(before.public_writes_per_minute),
            policy: self.policy.or(before.policy),
            public_url: self.public_url.or(before.public_url),
            reads_per_minute: self.reads_per_minute.or(before.reads_per_minute),
            webhooks_allow_http: self.webhooks_allow_http || before.webhooks_allow_http,
            webhooks_allow_private: self.webhooks_allow_private || before.webhooks_allow_private,
            demo: self.demo || before.demo,
        }
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Starts the server (and migrates the database).
    Serve(ServeOptions),
    /// Brings the database to the newest schema.
    Migrate,
    /// Brings content in, beside a running server or without one.
    #[command(subcommand)]
    Import(ImportWhat),
    /// Writes content into a file, beside a running server or without one.
    #[command(subcommand)]
    Export(ExportWhat),
    /// Reads legal texts, without an installation.
    #[command(subcommand)]
    LegalText(LegalTextAction),
    /// Builds the search index anew beside the one that answers, and has it take its place.
    Reindex(ReindexOptions),
    /// Manages accounts.
    #[command(subcommand)]
    User(UserAction),
    /// Prints the OpenAPI document of the built-in API.
    Openapi,
    /// Prints the GraphQL schema of the built-in API.
    Sdl,
    /// Prints the catalogue of problems as Markdown.
    Problems,
}

#[derive(Subcommand)]
pub enum LegalTextAction {
    /// Prints text, header, structure, citations and warnings of a file as JSON.
    Parse(ParseOptions),
}

/// What to read.
#[derive(Args)]
pub struct ParseOptions {
    /// A text, page, DOCX or PDF file; `-` reads text from standard input.
    pub file: PathBuf,
    /// Prints it for people: with line breaks.
    #[arg(long)]
    pub pretty: bool,
}

#[derive(Subcommand)]
pub enum ImportWhat {
    /// Legal documents as published texts (.txt, .html, .docx, .pdf), of which the fields are found in the text itself, or
    /// with their fields, one a line (.ndjson).
    Documents(ImportOptions),
    /// Issuing bodies of the country's administrative units before and after 1 July 2025, from seven tables (.csv).
    Issuers(IssuerImportOptions),
}

/// Where the tables of administrative units are.
#[derive(Args)]
pub struct IssuerImportOptions {
    /// Folder with old63_provinces.csv, old63_districts.csv, old63_communes.csv, new34_provinces.csv, new34_wards.csv,
    /// map_province_old_to_new.csv and map_commune_old_to_new.csv.
    pub folder: PathBuf,
}

/// What to import.
#[derive(Args)]
pub struct ImportOptions {
    /// Files, and folders that are read recursively.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Leave the documents as drafts instead of publishing them.
    #[arg(long)]
    pub draft: bool,
    /// Write what became of every text into this file, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// What is indexed anew.
#[derive(Args)]
pub struct ReindexOptions {
    /// Only resources of this type (`document`, `article` …), which the running server reads again into the index it has.
    #[arg(long = "type", value_name = "TYPE")]
    pub only: Option<String>,
}

#[derive(Subcommand)]
pub enum ExportWhat {
    /// Legal documents: those that are published, or all working copies.
    Documents(ExportOptions),
}

/// What to export, and where to.
#[derive(Args)]
pub struct ExportOptions {
    /// The file to write; one that is there is replaced when everything is written. Its checksum is written beside it.
    pub file: PathBuf,
    /// `ndjson`: every field and text, one document a line, as `import documents` reads it; `akn`: a ZIP archive of every
    /// version of every text as Akoma Ntoso, with checksums.
    #[arg(long, value_enum, default_value = "ndjson")]
    pub format: ExportFormat,
    /// Write the working copies, drafts and what was withdrawn among them, instead of what is published.
    #[arg(long)]
    pub draft: bool,
    /// Write the original files too: into the archive, or into a folder beside the lines.
    #[arg(long)]
    pub originals: bool,
    /// The address under which the server is reached, for links in the archive.
    #[arg(long, env = "CONGKHAI_PUBLIC_URL", value_name = "ORIGIN", value_parser = gateway::public_origin, default_value = "http://localhost:8080")]
    pub public_url: String,
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    Ndjson,
    Akn,
}

#[derive(Subcommand)]
pub enum UserAction {
    /// Makes an account; its password comes from CONGKHAI_USER_PASSWORD or is printed once.
    Create(UserOptions),
}

/// The account to make.
#[derive(Args)]
pub struct UserOptions {
    /// The name to log in with.
    pub name: String,
    /// admin or editor.
    #[arg(long)]
    pub role: String,
}
